"""How numbers and days read."""

from datetime import date, timedelta

import pytest

from monitor.model import Evidence, Finding, Grade, Level
from monitor.rules.rule import Kind, Mails, Rule
from monitor.web import pages
from monitor.web.numbers import Trend, Week, longest_ratio, trend_of, week_of
from monitor.web.said import Told, episodes
from tests.builders import history

MONDAY = date(2026, 3, 2)


@pytest.mark.parametrize(("metres", "text"), [(12_345, "12.3"), (0, "0.0"), (None, "–"), (float("nan"), "–")])
def test_metres_read_as_kilometres_and_a_dash_where_they_are_not_known(metres, text):
    assert pages.kilometres(metres) == text


@pytest.mark.parametrize(("seconds", "text"), [(59, "0:59"), (2_520, "42:00"), (3_725, "1:02:05"), (None, "–")])
def test_seconds_read_as_a_time(seconds, text):
    assert pages.duration(seconds) == text


def test_a_note_reads_as_a_sentence():
    assert pages.sentence("hills not read yet") == "Hills not read yet."


def test_a_day_reads_with_its_weekday():
    assert pages.day(MONDAY) == "Mon 2 Mar"
    assert pages.full_day(MONDAY) == "Mon 2 Mar 2026"


def test_the_longest_ratio_looks_back_seven_days_and_no_further():
    runner = history("10 - 20 - - - - - -")
    assert longest_ratio(runner, MONDAY + timedelta(days=8)) == 2.0
    assert longest_ratio(history("10 - 20 - - - - - - -"), MONDAY + timedelta(days=9)) == 0.0


def test_the_longest_ratio_is_the_largest_of_the_week():
    assert longest_ratio(history("10 15 10"), MONDAY + timedelta(days=2)) == 1.5


def test_the_longest_ratio_is_not_known_without_a_run_to_compare_with():
    ratio = longest_ratio(history("10"), MONDAY)
    assert ratio != ratio


@pytest.mark.parametrize(
    ("acwr", "said"),
    [
        (1.27, "↑ 27 % more"),
        (0.8, "↓ 20 % less"),
        (1.05, "→ the same"),
        (0.95, "→ the same"),
        (float("nan"), "not known"),
    ],
)
def test_a_trend_is_told_in_words_with_an_arrow(acwr, said):
    assert Trend(0.0, 0.0, acwr).said == said


def test_a_trend_sets_seven_days_against_twenty_eight():
    runner = history(" ".join(["4"] * 21 + ["8"] * 7))
    trend = trend_of(runner, runner.last_day)
    assert (trend.acute_m, trend.chronic_m, trend.acwr) == (8_000, 5_000, 1.6)


def test_a_week_adds_up_the_days_that_are_known_and_counts_the_others():
    week = week_of(history("9 - 5+3 ? 10.5 - -"), MONDAY + timedelta(days=8))
    assert week == Week(distance_m=18_500, longest_m=10_500, days_run=2, unknown=3)


@pytest.mark.parametrize("day_number", [-1, 10], ids=["before", "long after"])
def test_of_a_week_without_a_known_day_nothing_is_told(day_number):
    assert week_of(history("9 -"), MONDAY + timedelta(days=day_number)) is None


def rule(name):
    return Rule(
        name=name,
        title=name,
        measure=lambda history: history.runs,
        watch=1,
        kind=Kind.WINDOW,
        mails=Mails.NEVER,
        sentence="{value:.0f} runs",
        evidence=Evidence(Grade.D, "nothing", "nobody", ""),
        advice="none",
    )


def found(name, day_number, level=Level.WATCH):
    return Told(Finding(name, MONDAY + timedelta(days=day_number), level, 2.0), rule(name))


def test_a_rule_on_days_in_a_row_is_one_episode_told_by_its_worst_day():
    (episode,) = episodes([found("a", 0), found("a", 1, Level.STRONG), found("a", 2)])
    assert (episode.first, episode.last) == (MONDAY, MONDAY + timedelta(days=2))
    assert episode.worst.level is Level.STRONG


def test_a_day_without_it_begins_a_new_episode_and_the_newest_comes_first():
    both = episodes([found("a", 0), found("a", 2)])
    assert [episode.first for episode in both] == [MONDAY + timedelta(days=2), MONDAY]


def test_two_rules_on_the_same_days_are_two_episodes():
    assert len(episodes([found("a", 0), found("b", 0), found("a", 1), found("b", 1)])) == 2
