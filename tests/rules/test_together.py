"""What several rules say at once, and what an old injury changes."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from monitor.model import Finding, Injury, Level, Site
from monitor.rules import RULES
from monitor.rules.together import (
    NOT_ABOUT_LOAD,
    STRICTER_AFTER_A_LAYOFF,
    SUSPENDED_ON_THE_WAY_BACK,
    Context,
    Reason,
    raise_levels,
    reasons,
    taken_together,
)
from tests.builders import history

DAY, DAY_BEFORE = date(2026, 3, 2), date(2026, 3, 1)
BACK = Finding("return_after_layoff", DAY, Level.WATCH, 12)
BAND_BY_BAND = [(Level.WATCH, Level.CAUTION), (Level.CAUTION, Level.STRONG), (Level.STRONG, Level.STRONG)]


def found(rule: str = "single_session_spike", level: Level = Level.WATCH, day: date = DAY, **facts: float) -> Finding:
    return Finding(rule, day, level, 1.2, facts)


def level(finding: Finding, *others: Finding, context: Context | None = None) -> Level:
    """What becomes of *finding* beside the *others*."""
    raised = raise_levels([finding, *others], context) if context else raise_levels([finding, *others])
    return raised[0].level


def days_before(days: int) -> date:
    return DAY - timedelta(days=days)


def hurt(onset: date, ended: date | None = None, site: Site = Site.HAMSTRING) -> Context:
    return Context(injuries=[Injury(site, "left", onset, ended)])


@pytest.mark.parametrize(("before", "after"), BAND_BY_BAND)
def test_a_spike_of_a_runner_just_back_counts_one_band_more(before, after):
    assert raise_levels([found(level=before), BACK]) == [found(level=after), BACK]
    assert raise_levels([BACK, found(level=before)]) == [BACK, found(level=after)]


@pytest.mark.parametrize("rule", sorted(STRICTER_AFTER_A_LAYOFF))
def test_every_rule_of_volume_and_intensity_is_stricter_then(rule):
    assert level(found(rule), BACK) is Level.CAUTION


def test_a_spike_of_another_day_stays_as_it_is():
    assert level(found(day=DAY_BEFORE), BACK) is Level.WATCH


def test_a_spike_of_a_runner_with_a_habit_stays_as_it_is():
    assert level(found()) is Level.WATCH


def test_other_findings_of_a_comeback_stay_as_they_are():
    jump = found("weekly_jump")
    assert raise_levels([jump, BACK]) == [jump, BACK]


@pytest.mark.parametrize(("days_since_race", "expected"), [(1, Level.CAUTION), (7, Level.CAUTION), (8, Level.WATCH)])
def test_hard_sessions_close_together_are_a_caution_within_eight_days_of_a_race(days_since_race, expected):
    assert level(found("hard_day_spacing", days_since_race=days_since_race)) is expected


def test_hard_sessions_without_a_race_stay_a_watch():
    assert level(found("hard_day_spacing", hours_apart=24)) is Level.WATCH


def test_a_race_changes_nothing_else():
    assert level(found(days_since_race=1)) is Level.WATCH


@pytest.mark.parametrize(("before", "after"), BAND_BY_BAND)
def test_after_a_hamstring_injury_findings_count_one_band_more(before, after):
    assert level(found(level=before), context=hurt(days_before(100), days_before(60))) is after


@pytest.mark.parametrize(
    ("site", "days_since", "expected"),
    [
        pytest.param(Site.HAMSTRING, 364, Level.CAUTION, id="a strain less than a year ago"),
        pytest.param(Site.HAMSTRING, 365, Level.WATCH, id="a strain a year ago"),
        pytest.param(Site.HIGH_HAMSTRING, 181, Level.CAUTION, id="the tendon less than half a year ago"),
        pytest.param(Site.HIGH_HAMSTRING, 182, Level.WATCH, id="the tendon half a year ago"),
        pytest.param(Site.OTHER, 1, Level.WATCH, id="another place yesterday"),
    ],
)
def test_how_long_an_injury_matters_depends_on_its_place(site, days_since, expected):
    assert level(found(), context=hurt(days_before(900), days_before(days_since), site)) is expected


def test_an_injury_still_open_matters_however_long_ago_it_began():
    assert level(found(), context=hurt(days_before(900))) is Level.CAUTION


def test_an_injury_of_the_day_itself_matters_and_a_later_one_is_not_known_yet():
    assert level(found(), context=hurt(DAY)) is Level.CAUTION
    assert level(found(), context=hurt(DAY + timedelta(days=1))) is Level.WATCH


def test_an_injury_that_ended_later_was_open_then():
    assert level(found(), context=hurt(days_before(900), DAY + timedelta(days=30))) is Level.CAUTION


@pytest.mark.parametrize("rule", sorted(NOT_ABOUT_LOAD))
def test_an_injury_changes_nothing_about_what_is_context_or_no_load(rule):
    assert level(found(rule), context=hurt(DAY)) is Level.WATCH


def test_two_reasons_raise_no_further_than_one():
    context = hurt(days_before(50), days_before(20))
    assert level(found(), BACK, context=context) is Level.CAUTION
    assert reasons(found(), {DAY}, context) == (Reason.BACK, Reason.INJURED)
    assert level(found("hard_day_spacing", days_since_race=3), context=context) is Level.CAUTION


def test_a_level_only_ever_rises_and_nothing_else_changes():
    everything = [found(rule.name, level, days_since_race=1) for rule in RULES for level in list(Level)[1:]]
    raised = raise_levels([*everything, BACK], hurt(DAY))
    for before, after in zip([*everything, BACK], raised, strict=True):
        assert before.level <= after.level <= Level.STRONG
        assert replace(after, level=before.level) == before


def test_it_speaks_of_rules_that_exist():
    named = {"return_after_layoff", "hard_day_spacing", *STRICTER_AFTER_A_LAYOFF, *NOT_ABOUT_LOAD}
    assert named <= {rule.name for rule in RULES}


def test_context_is_never_raised():
    assert {rule.name for rule in RULES if rule.context} <= NOT_ABOUT_LOAD


HABIT, TEN_DAYS = "10 - 8 - 8 - - " * 8, "- " * 10


def taken_on_the_last_day(log: str, rule: str, *injuries: Injury) -> list[Finding]:
    days = history(log)
    return taken_together([found(rule, day=days.last_day)], days, Context(injuries))


@pytest.mark.parametrize("rule", sorted(SUSPENDED_ON_THE_WAY_BACK))
def test_a_ratio_is_not_told_while_a_runner_comes_back(rule):
    assert taken_on_the_last_day(HABIT + TEN_DAYS + "5 - 8", rule) == []
    assert taken_on_the_last_day(HABIT + "10", rule) != []


@pytest.mark.parametrize("rule", sorted(SUSPENDED_ON_THE_WAY_BACK))
def test_a_ratio_is_not_told_while_an_injury_is_open(rule):
    hurt_last_week = Injury(Site.OTHER, "left", history(HABIT).last_day - timedelta(days=6))
    assert taken_on_the_last_day(HABIT, rule, hurt_last_week) == []
    assert taken_on_the_last_day(HABIT, rule) != []


@pytest.mark.parametrize("rule", sorted(STRICTER_AFTER_A_LAYOFF))
def test_rules_of_single_runs_and_doses_are_told_on_the_way_back_too(rule):
    assert len(taken_on_the_last_day(HABIT + TEN_DAYS + "5 - 8", rule)) == 1


def test_a_ratio_is_told_again_once_the_way_back_is_behind():
    two_weeks = "10 - 8 - 8 - - " * 2
    assert taken_on_the_last_day(HABIT + TEN_DAYS + two_weeks + "10", "weekly_jump") != []
