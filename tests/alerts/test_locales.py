"""Dates and numbers as readers are used to them. The expected values are CLDR's, from its files of English by country.

common/main/en_DE.xml, en_FR.xml, en_CH.xml, en_SE.xml, en_ZA.xml, en_IE.xml, en.xml (United States), en_001.xml, and
pt.xml for Brazil, of which there is no English; weeks from common/supplemental/supplementalData.xml (weekData).
"""

import re
from dataclasses import replace
from datetime import date
from html import unescape

import pytest

from monitor.alerts.chart import load_chart
from monitor.alerts.locales import AS_WRITTEN, countries, locale_named
from monitor.alerts.message import alert_message
from monitor.rules import RULES
from tests.alerts.letters import FOUR_WEEKS, FRIDAY, ROOM, envelope, no_rest, spike
from tests.alerts.test_message import received, text

NARROW, WIDE = "\N{NARROW NO-BREAK SPACE}", "\N{NO-BREAK SPACE}"
MONDAY, SUNDAY = 0, 6
FIFTH = date(2026, 11, 5)
SENTENCE = "Thursday 5 November: 12345.6 km, 1240 m; since Thu 5 Nov, 5 Nov and 5 Nov 2026."

FACTS = {"value": 1234.5, "longest_30d_km": 16.25, "distance_km": 1018.65, "longest_km": 18.35, "week_km": 42.05}


class Facts(dict[str, float]):
    """Whatever else a rule's sentence asks for."""

    def __missing__(self, name: str) -> float:
        return 2345.75


@pytest.mark.parametrize(
    ("tag", "number", "day", "full_day", "first_weekday"),
    [
        ("", "12345.6", "Thu 5 Nov", "Thu 5 Nov 2026", MONDAY),
        ("de-DE", "12.345,6", "Thu, 5 Nov", "Thu, 5 Nov 2026", MONDAY),
        ("de", "12.345,6", "Thu, 5 Nov", "Thu, 5 Nov 2026", MONDAY),
        ("fr", f"12{NARROW}345,6", "Thu, 5 Nov", "Thu, 5 Nov 2026", MONDAY),
        ("sv-SE", f"12{WIDE}345,6", "Thu, 5 Nov", "Thu, 5 Nov 2026", MONDAY),
        ("en-US", "12,345.6", "Thu, Nov 5", "Thu, Nov 5, 2026", SUNDAY),
        ("en-GB", "12,345.6", "Thu 5 Nov", "Thu, 5 Nov 2026", MONDAY),
        ("en-ZA", f"12{WIDE}345,6", "Thu, 05 Nov", "Thu, 05 Nov 2026", SUNDAY),
        ("pt-BR", "12.345,6", "Thu, 5 Nov", "Thu, 5 Nov 2026", SUNDAY),
    ],
)
def test_figures_and_days_are_written_as_in_the_country(tag, number, day, full_day, first_weekday):
    locale = locale_named(tag)
    assert locale.number(12345.6, 1) == number
    assert (locale.day(FIFTH), locale.full_day(FIFTH)) == (day, full_day)
    assert locale.first_weekday == first_weekday


@pytest.mark.parametrize("tag", ["", "en", "EN", "tlh", "de-XX", "*", "../../etc/passwd", "\u202ede", "x" * 9_000])
def test_what_names_no_country_that_cldr_knows_leaves_all_as_it_is_written(tag):
    assert locale_named(tag) == AS_WRITTEN


@pytest.mark.parametrize(
    ("tag", "read"),
    [
        ("", SENTENCE),
        ("de-DE", "Thursday 5 November: 12.345,6 km, 1.240 m; since Thu, 5 Nov, 5 Nov and 5 Nov 2026."),
        ("fr-FR", f"Thursday 5 November: 12{NARROW}345,6 km, 1{NARROW}240 m; since Thu, 5 Nov, 5 Nov and 5 Nov 2026."),
        ("en-US", "Thursday, November 5: 12,345.6 km, 1,240 m; since Thu, Nov 5, Nov 5 and Nov 5, 2026."),
    ],
)
def test_a_sentence_of_ours_is_read_with_the_signs_and_the_order_of_the_country(tag, read):
    assert locale_named(tag).text(SENTENCE) == read


@pytest.mark.parametrize(
    "kept",
    [
        *("doi:10.1136/bjsports-2024-109380", "at 09:30", "4:30 per km", "127.0.0.1", "in 2026", "in May"),
        *("https://example.org/1.5", "v1.2.3", "75 %", "3 of 12 days", "1.5kmx", "x1.5"),
    ],
)
def test_what_is_neither_a_figure_nor_a_date_stays(kept):
    assert locale_named("de-DE").text(kept) == kept


@pytest.mark.parametrize("tag", ["de-DE", "fr-FR", "en-US", "de-CH", "en-ZA", "hi-IN"])
def test_the_same_finding_never_differs_in_value(tag):
    locale = locale_named(tag)
    for rule in RULES:
        written = rule.sentence.format_map(Facts(FACTS))
        read = locale.text(written)
        figures = (written, read.replace(locale.group, "").replace(locale.decimal, "."))
        assert len({tuple(re.findall(r"\d+(?:\.\d+)?", each)) for each in figures}) == 1
        assert re.sub(r"[^a-z]", "", read) == re.sub(r"[^a-z]", "", written)


def test_rounding_comes_before_the_signs():
    assert [locale_named(tag).number(0.15, 1) for tag in ("", "de-DE")] == [f"{0.15:.1f}", "0,1"]


def test_every_country_on_offer_is_found_again_and_named_in_english():
    offered = dict(countries())
    assert {
        "en-DE": "Germany",
        "en-FR": "France",
        "en-US": "United States",
        "en-BR": "Brazil",
    }.items() <= offered.items()
    assert {tag for tag in list(offered)[::10] if locale_named(tag).tag != tag} == set()


def test_the_chart_is_labelled_in_the_readers_order():
    chart = load_chart(FOUR_WEEKS, [], FRIDAY, 4, title="Load", locale=locale_named("en-US"))
    assert ">Nov 2</text>" in chart
    assert "2 Nov<" not in chart


@pytest.mark.parametrize(
    ("tag", "subject", "happened"),
    [
        ("", "Yesterday's 22.7 km was 42 % beyond your longest in 30 days", "Thursday 19 November: 22.7 km"),
        ("de-DE", "Yesterday's 22,7 km was 42 % beyond your longest in 30 days", "Thursday 19 November: 22,7 km"),
        ("fr-FR", "Yesterday's 22,7 km was 42 % beyond your longest in 30 days", "Thursday 19 November: 22,7 km"),
        ("en-US", "Yesterday's 22.7 km was 42 % beyond your longest in 30 days", "Thursday, November 19: 22.7 km"),
    ],
)
def test_a_mail_is_written_as_its_reader_is_used_to_and_what_studies_say_as_published(tag, subject, happened):
    given = replace(envelope(), locale=locale_named(tag))
    mail = received(alert_message(given, [spike(), no_rest()], FOUR_WEEKS, FRIDAY, headroom=ROOM))
    plain = text(mail, "plain").replace("\r", "")
    assert mail["Subject"] == subject
    assert happened in plain
    assert happened in unescape(text(mail, "html")).replace(WIDE, " ")
    assert "overuse injury 1.64 times as often (95 % CI 1.31-2.05)" in " ".join(plain.split())
