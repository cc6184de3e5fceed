"""How numbers and days read."""

from datetime import date, timedelta

import pytest

from monitor.model import Evidence, Finding, Grade, Level
from monitor.rules.rule import Kind, Mails, Rule
from monitor.web import pages
from monitor.web.numbers import longest_ratio
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
