"""Numbers and dates as exports of seven languages write them."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.errors import BadRecord
from monitor.sources.archive_text import number, readings, utc_time


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1275", 1275.0),
        ("5612.39990234375", 5612.39990234375),
        ("2831.800", 2831.8),
        ("4,73", 4.73),
        ("12345,678", 12345.678),
        ("1.234,5", 1234.5),
        ("1,234.5", 1234.5),
        ("1,234,567", 1234567.0),
        ("1.234.567,8", 1234567.8),
        ("1\u00a0234,5", 1234.5),
        ("1\u202f234,5", 1234.5),
        ("1'234.5", 1234.5),
        ("-60", -60.0),
        ("2.5e-05", 0.000025),
        ("", None),
    ],
)
def test_a_number_is_read_in_every_spelling(text, value):
    assert number(text) == value


@given(cents=st.integers(0, 10**9), marks=st.sampled_from([",.", ".,", " ,", "\u00a0,", "’."]))
def test_two_decimals_read_back_whatever_groups_the_thousands(cents, marks):
    thousands, decimal = marks
    written = f"{cents // 100:,}".replace(",", thousands) + f"{decimal}{cents % 100:02}"
    assert number(written) == cents / 100


def test_a_lone_comma_before_three_digits_is_never_guessed():
    assert readings("1,234") == [1.234, 1234.0]
    with pytest.raises(BadRecord, match=r"1\.234 and as 1234"):
        number("1,234")


@pytest.mark.parametrize(
    "text", ["abc", "NaN", "Infinity", "1e999", "5 km", "12,34.5", "1,2.3,4", "1,23,456", "--5", "."]
)
def test_what_is_no_number_is_refused(text):
    with pytest.raises(BadRecord, match="not a number"):
        number(text)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        pytest.param("Aug 13, 2023, 11:16:30 AM", (2023, 8, 13, 11, 16, 30), id="English"),
        pytest.param("Jan 27, 2021, 12:00:05 AM", (2021, 1, 27, 0, 0, 5), id="midnight"),
        pytest.param("Jan 27, 2021, 12:00:05 PM", (2021, 1, 27, 12, 0, 5), id="noon"),
        pytest.param("Sep 20, 2026, 2:12:12\u202fPM", (2026, 9, 20, 14, 12, 12), id="narrow space before PM"),
        pytest.param("9 Sept 2022, 15:24:49", (2022, 9, 9, 15, 24, 49), id="British"),
        pytest.param("2018-09-12 15:02:23", (2018, 9, 12, 15, 2, 23), id="export of 2018"),
        pytest.param("2018-09-12T15:02:23Z", (2018, 9, 12, 15, 2, 23), id="ISO"),
        pytest.param("2 ago 2026, 12:20:32 p.m.", (2026, 8, 2, 12, 20, 32), id="Spanish noon"),
        pytest.param("2 ago 2026, 1:20:32 p.\u00a0m.", (2026, 8, 2, 13, 20, 32), id="Spanish afternoon"),
        pytest.param("23 jun. 2017 15:52:12", (2017, 6, 23, 15, 52, 12), id="Dutch"),
        pytest.param("6 mrt. 2024 14:23:15", (2024, 3, 6, 14, 23, 15), id="Dutch March"),
        pytest.param("09.12.2022, 15:24:49", (2022, 12, 9, 15, 24, 49), id="German"),
        pytest.param("5. März 2021 um 07:00:00 Uhr", (2021, 3, 5, 7, 0, 0), id="German in words"),
        pytest.param("4 juil. 2021 à 06:05:04", (2021, 7, 4, 6, 5, 4), id="French July"),
        pytest.param("4 juin 2021 à 06:05:04", (2021, 6, 4, 6, 5, 4), id="French June"),
        pytest.param("31 août 2021, 06:05:04", (2021, 8, 31, 6, 5, 4), id="French August"),
        pytest.param("8 mag 2024, 18:30:00", (2024, 5, 8, 18, 30, 0), id="Italian"),
        pytest.param("8 de set. de 2026, 06:47:55", (2026, 9, 8, 6, 47, 55), id="Portuguese"),
        pytest.param("2024年5月6日 7:08:09", (2024, 5, 6, 7, 8, 9), id="Japanese"),
        pytest.param("25/12/2024 07:08:09", (2024, 12, 25, 7, 8, 9), id="slashes that can only be one way round"),
    ],
)
def test_a_date_is_read_as_universal_time(text, moment):
    assert utc_time(text) == datetime(*moment, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("soon", id="no date"),
        pytest.param("Feb 30, 2026, 7:00:00 AM", id="30 February"),
        pytest.param("Aug 13, 2023", id="no time of day"),
        pytest.param("Aug 13, 2023, 25:00:00", id="25 o'clock"),
        pytest.param("05/06/2024 07:00:00", id="5 June or 6 May"),
        pytest.param("jui 4 2021, 06:05:04", id="June or July"),
        pytest.param("2018-09-12 15:02:23 +0200", id="a zone that exports never name"),
        pytest.param("1526133600", id="seconds since 1970"),
        pytest.param("Dec 31, 9999, 11:59:59 PM", id="the end of the calendar"),
        pytest.param("0001-01-01 00:00:00", id="its beginning"),
    ],
)
def test_a_date_that_cannot_be_told_is_refused(text):
    with pytest.raises(BadRecord, match="cannot be read"):
        utc_time(text)
