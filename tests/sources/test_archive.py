"""Reading a bulk export: the shapes it comes in, what is flagged, what is refused, and the real ones."""

import contextlib
from collections import Counter
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.errors import UserError
from monitor.model import Flag
from monitor.sources.archive import read_archive
from tests.sources.archive_samples import ENGLISH, GERMAN, NOW, PARIS, export, read

REAL = (Path(__file__).parents[2] / "../shared/data/export").resolve()
needs_real_exports = pytest.mark.skipif(not REAL.is_dir(), reason="the folder of real exports is not here")


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(ENGLISH.encode("utf-8-sig"), id="byte order mark"),
        pytest.param(ENGLISH.encode("utf-16"), id="UTF-16"),
        pytest.param(ENGLISH.encode("utf-16-le"), id="UTF-16 without a mark"),
        pytest.param(ENGLISH.encode("utf-16-be"), id="UTF-16, the other way round"),
        pytest.param(GERMAN.encode("cp1252"), id="Windows-1252"),
        pytest.param(ENGLISH.replace("\n", "\r\n"), id="CRLF"),
        pytest.param(ENGLISH.replace("\n", "\n\n"), id="blank lines"),
        pytest.param("\n".join([ENGLISH.splitlines()[0], *ENGLISH.splitlines()[:0:-1]]), id="oldest first"),
    ],
)
def test_every_shape_gives_the_same_activities(tmp_path, content):
    assert read(tmp_path, content).activities == read(tmp_path, ENGLISH).activities


@pytest.mark.parametrize("separator", [";", "\t"])
def test_other_separators_are_told_from_the_header(tmp_path, separator):
    rows = export(
        "1;2026-08-02 11:00:00;Run;3000;10,5", header="Activity ID;Activity Date;Activity Type;Moving Time;Distance"
    )
    (run,) = read(tmp_path, rows.replace(";", separator)).activities
    assert run.distance_m == 10_500


def test_markup_and_untranslated_keys_in_the_header_are_seen_through(tmp_path):
    def untranslated(key):
        return f"translation missing: pt-BR.lib.export.portability_exporter.activities.horton_values.{key}"

    header = (
        "Activity ID,<b>Activity Date</b>,Activity Type,"
        f'<span class="translation_missing" title="{untranslated("moving_time")}">Moving Time</span>,'
        f'Distance,"<span class=""translation_missing"" title=""{untranslated("sport_type")}"">Desporto</span>",'
        f"{untranslated('from_upload')}"
    )
    (run,) = read(tmp_path, export("1,2026-08-02 11:00:00,Run,3000,10000,TrailRun,0.0", header=header)).activities
    assert (run.sport, run.moving_s, run.flags) == ("TrailRun", 3_000, {Flag.MANUAL})


def test_an_evening_run_falls_on_the_runners_own_day(tmp_path):
    content = export('1,"Aug 3, 2026, 2:30:00 AM",Run,3000,10000')
    (run,) = read(tmp_path, content, ZoneInfo("America/New_York")).activities
    assert run.start_local.isoformat() == "2026-08-02T22:30:00"
    assert run.day.isoformat() == "2026-08-02"


def test_two_runs_in_the_repeated_hour_of_autumn_are_both_kept_in_order(tmp_path):
    rows = ['2,"Oct 26, 2025, 1:30:00 AM",Run,600,2000', '1,"Oct 26, 2025, 12:30:00 AM",Run,600,2000']
    first, second = read(tmp_path, export(*rows), PARIS).activities
    assert (first.origin_id, second.origin_id) == ("1", "2")
    assert first.start_local == second.start_local
    assert first.start < second.start


def test_without_an_id_the_same_run_gets_the_same_one_again_whatever_its_name(tmp_path):
    header = "Activity Name,Activity Date,Activity Type,Moving Time,Distance"
    rows = ['Morning,"Aug 2, 2026, 1:00:00 PM",Run,3000,10000', 'Evening,"Aug 2, 2026, 7:00:00 PM",Run,3000,10000']
    first, second = (run.origin_id for run in read(tmp_path, export(*rows, header=header)).activities)
    (again,) = read(tmp_path, export(rows[0].replace("Morning", "Best"), header=header)).activities
    assert again.origin_id == first != second


def test_of_rows_with_one_id_the_last_counts(tmp_path):
    reading = read(tmp_path, export(*[f'1,"Aug 2, 2026, 1:00:00 PM",Run,3000,{metres}' for metres in (10_000, 10_100)]))
    assert [run.distance_m for run in reading.activities] == [10_100]
    assert reading.read == 2


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        pytest.param('1,"Aug 2, 2026",Run,3000,10000', "date", id="a date without a time"),
        pytest.param('x1,"Aug 2, 2026, 1:00:00 PM",Run,3000,10000', "activity id", id="an id that is no number"),
        pytest.param('9223372036854775808,"Aug 2, 2026, 1:00:00 PM",Run,3000,10000', "activity id", id="too large"),
        pytest.param('1,"Aug 2, 2026, 1:00:00 PM",Run,-60,10000', "unit", id="a negative time explains no distance"),
        pytest.param('1,"Aug 2, 2026, 1:00:00 PM",Run,-60,0', "moving time is negative", id="a negative time"),
        pytest.param('1,"Aug 2, 2026, 1:00:00 PM",Run,NaN,10000', "not a number", id="a time that is no number"),
        pytest.param('1,"Aug 2, 2099, 1:00:00 PM",Run,3000,10000', "future", id="the year 2099"),
        pytest.param('1,"Aug 2, 2026, 1:00:00 PM",Run,3000', "4 fields", id="a field too few"),
        pytest.param(
            '1,"Aug 2, 2026, 1:00:00 PM",' + "R" * 10 * 2**20 + ",3000,10000", "longer than", id="a field of 10 MB"
        ),
        pytest.param(
            '1,"Aug 2, 2026, 1:00:00 PM","' + "2,x,Run,1,1\n" * 10**6 + '",3000,10000',
            "longer",
            id="a field full of rows",
        ),
    ],
)
def test_a_bad_row_is_refused_by_its_line_and_the_others_go_on(tmp_path, row, reason):
    good = '2,"Aug 3, 2026, 1:00:00 PM",Run,3000,10000'
    reading = read(tmp_path, export(row, good))
    (refused,) = reading.refused
    assert refused.line == 2
    assert reason in refused.reason
    assert ([run.origin_id for run in reading.activities], reading.read) == (["2"], 2)


def test_a_broken_first_row_does_not_hide_what_the_others_tell(tmp_path):
    header = "Activity ID,Activity Date,Activity Type,Moving Time,Distance,Filename"
    reading = read(tmp_path, export("1", "2,2026-08-02 11:00:00,Run,3000,10000,2.gpx", header=header))
    assert ([refused.line for refused in reading.refused], len(reading.activities)) == ([2], 1)


def test_a_description_of_several_lines_does_not_upset_the_count_of_lines(tmp_path):
    header = "Activity ID,Activity Date,Activity Type,Moving Time,Distance,Activity Description"
    rows = ['1,"Aug 2, 2026, 1:00:00 PM",Run,3000,10000,"hills\n\nrain"', "2,never,Run,3000,10000,"]
    assert [refused.line for refused in read(tmp_path, export(*rows, header=header)).refused] == [5]


def test_an_export_of_a_new_account_has_no_activities_and_is_no_error(tmp_path):
    assert read(tmp_path, export()).activities == ()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        pytest.param("Date,Steps\n2026-08-02,9000\n", "its columns (Date, Steps …)", id="another CSV"),
        pytest.param("列一,列二,列三,列四\n1,2,3,4\n", "Set Strava to English", id="an unknown language, few columns"),
        pytest.param(bytes(range(255, 0, -1)), "cannot be decoded", id="no text at all"),
        pytest.param(b"\xff\xfe\x00", "cannot be decoded", id="broken UTF-16"),
        pytest.param(b"", "is empty", id="nothing"),
        pytest.param(b"\xef\xbb\xbf", "its columns", id="a byte order mark alone"),
        pytest.param(b"\x1f\x8b\x08gz", "its columns", id="a recording"),
        pytest.param(b"x" * 10**6, "its columns", id="one endless line"),
    ],
)
def test_what_is_no_export_is_named_with_the_remedy_in_one_line(tmp_path, content, says):
    with pytest.raises(UserError) as caught:
        read(tmp_path, content)
    message = str(caught.value)
    assert str(tmp_path / "activities.csv") in message
    assert says in message
    assert "\n" not in message


@given(position=st.integers(0, len(ENGLISH)), length=st.integers(0, 20), put=st.text(max_size=5))
def test_no_damage_to_a_file_stops_more_than_the_file(tmp_path_factory, position, length, put):
    content = (ENGLISH[:position] + put + ENGLISH[position + length :]).encode(errors="replace")
    with contextlib.suppress(UserError):
        reading = read(tmp_path_factory.mktemp("damaged"), content)
        assert len(reading.activities) + len(reading.refused) <= reading.read


@needs_real_exports
class TestRealExports:
    def test_every_row_of_the_full_export_is_read(self):
        reading = read_archive(REAL / "activities.csv", PARIS, NOW)
        assert (len(reading.activities), reading.refused, reading.read) == (112, (), 112)
        assert Counter(a.sport for a in reading.activities) == {
            "Run": 89,
            "Walk": 9,
            "Ride": 7,
            "Yoga": 5,
            "Workout": 2,
        }

    def test_entries_of_1991_and_2008_are_manual_like_all_without_a_recording(self):
        activities = read_archive(REAL / "activities.csv", PARIS, NOW).activities
        manual = [activity for activity in activities if Flag.MANUAL in activity.flags]
        assert len(manual) == 19
        assert [activity.start.year for activity in activities[:2]] == [1991, 2008]
        assert set(activities[:2]) < set(manual)

    def test_a_single_distance_in_metres_is_never_taken_for_kilometres(self):
        reading = read_archive(REAL / "activities_small.csv", PARIS, NOW)
        runs = [activity.distance_m for activity in reading.activities if activity.is_run]
        assert (len(reading.activities), reading.refused, len(runs)) == (75, (), 56)
        assert (min(runs), max(runs)) == (3_000, 18_792)
        assert not any(activity.flags for activity in reading.activities)

    @pytest.mark.parametrize("name", ["activities.csv", "activities_small.csv"])
    def test_reading_again_gives_the_same(self, name):
        assert read_archive(REAL / name, PARIS, NOW) == read_archive(REAL / name, PARIS, NOW)
