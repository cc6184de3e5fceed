"""R8: less running, and nothing that explains it."""

from dataclasses import replace

import numpy as np
import pytest

from monitor.load.daily import History
from monitor.model import Level
from monitor.rules.rule import Mails, findings
from monitor.rules.unexplained_drop import RULE
from monitor.sandbox.plan import Plan, distance_m
from monitor.sandbox.stories import STORIES
from tests.builders import history

MONTH = "10 " * 28
MORNING = " -"  # the day of the look, on which nobody has run yet


def level(days: History) -> Level:
    return RULE.level(RULE.measure(days)[-1])


@pytest.mark.parametrize(
    ("fortnight", "expected"),
    [
        pytest.param("6 " * 14, Level.WATCH, id="six tenths"),
        pytest.param("6 " * 13 + "6.01", Level.OK, id="ten metres more"),
        pytest.param("10 " * 7 + "- " * 7, Level.WATCH, id="a week of rest"),
        pytest.param("10 " * 14, Level.OK, id="as ever"),
        pytest.param("20 " * 14, Level.OK, id="more than ever"),
        pytest.param("10 " * 7 + "? " + "- " * 6, Level.OK, id="a day is unknown"),
    ],
)
def test_two_weeks_at_six_tenths_of_what_was_usual_are_asked_about(fortnight, expected):
    assert level(history(MONTH + fortnight + MORNING)) is expected


def test_a_run_still_to_come_today_does_not_look_like_one_left_out():
    """39 % less in the two weeks to yesterday, whatever today brings."""
    days = MONTH + "6.1 " * 14
    assert RULE.measure(history(days + "-"))[-1] == RULE.measure(history(days + "12"))[-1] == 39


def test_half_as_much_is_fifty_per_cent_less():
    assert RULE.measure(history(MONTH + "5 " * 14 + MORNING))[-1] == 50
    assert RULE.measure(history(MONTH + "12 " * 14 + MORNING))[-1] == 0


def test_it_takes_42_known_days():
    assert np.isnan(RULE.measure(history("10 " * 27 + "5 " * 14 + MORNING))[-1])
    assert np.isnan(RULE.measure(history("10 ? " + "10 " * 26 + "5 " * 14 + MORNING))[-1])


def test_a_run_without_a_distance_may_be_all_that_is_missing():
    days = history(MONTH + "10 " * 7 + "- " * 7 + MORNING)
    treadmill = (np.arange(43) == 40).astype(float)
    assert np.isnan(RULE.measure(replace(days, unusable_runs=treadmill))[-1])


@pytest.mark.parametrize("day", [28, 41], ids=["first day of the two weeks", "last"])
@pytest.mark.parametrize("told", ["excused", "race"])
def test_what_the_runner_told_explains_a_drop(told, day):
    days = history(MONTH + "5 " * 14 + MORNING)
    assert level(replace(days, **{told: np.arange(43) == day * 1.0})) is Level.OK


def test_a_holiday_before_the_two_weeks_explains_nothing():
    days = history(MONTH + "5 " * 14 + MORNING)
    assert level(replace(days, excused=(np.arange(43) == 27).astype(float))) is Level.WATCH


def test_a_taper_that_nobody_told_of_stays_within_the_line():
    """Three weeks at 82, 68 and 55 %: the two last ones are 0.64 of the four before."""
    week = np.array([0, 14, 10, 0, 16, 10, 30])
    kilometres = np.concatenate([week] * 3 + [0.82 * week, 0.68 * week, 0.55 * week])
    days = history(" ".join(f"{km:.2f}" for km in kilometres) + MORNING)
    assert RULE.measure(days)[-1] == 35
    assert level(days) is Level.OK


@pytest.mark.parametrize(("usual_km", "expected"), [("2.2 ", Level.OK), ("2.3 ", Level.WATCH)], ids=["7.7", "8.05"])
def test_who_seldom_runs_is_not_asked(usual_km, expected):
    assert level(history((usual_km + "- ") * 14 + "1 " + "- " * 8 + "1 " + "- " * 4 + MORNING)) is expected


def test_nine_days_of_rest_are_asked_about_and_a_break_or_a_comeback_is_told_as_what_it_is():
    gone = RULE.measure(history(MONTH + "10 " * 14 + "- " * 12 + "5 - " * 12)) > 39
    first_of_rest = 42
    assert gone[first_of_rest + 8]
    assert not gone[first_of_rest + 9 : first_of_rest + 12 + 21].any()


def test_the_sentence_asks_and_never_alarms():
    days = history(MONTH + "5 " * 14 + MORNING)
    (finding,) = findings(RULE, days, days.last_day, days.last_day)
    assert RULE.say(finding) == "how are you? 70 km in 14 days, where 140 km were usual"
    assert finding.level is Level.WATCH
    assert max(RULE.lines) is Level.WATCH
    assert RULE.mails is Mails.NEVER


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.slug)
def test_the_runners_of_the_demo_are_asked_nothing(story):
    assert level(history(" ".join(word(story.diary.get(days_ago)) for days_ago in range(100, 0, -1)))) is Level.OK


def word(plan: Plan | None) -> str:
    return f"{distance_m(plan) / 1000:.3f}" if plan else "-"
