"""How much running a pain allows: the lines of evidence for S1."""

import pytest

from monitor.symptoms.check_in import Morning
from monitor.symptoms.pain import RED, Step, by_day, counted, is_rising, step
from monitor.symptoms.patterns import Trait
from monitor.symptoms.red_flags import RedFlag
from tests.symptoms.told import DAY, FINE, told

PAINS = [
    pytest.param({"pain": 0}, Step.CONTINUE, id="no pain goes on"),
    pytest.param({"pain": 3}, Step.CONTINUE, id="3 of 10 goes on"),
    pytest.param({"pain": 4}, Step.HOLD, id="4 holds"),
    pytest.param({"pain": 5}, Step.HOLD, id="5 holds"),
    pytest.param({"pain": 6}, Step.STOP_FAST, id="more than 5 stops fast running"),
    pytest.param({"pain": 1, "morning": Morning.WORSE}, Step.STOP_FAST, id="worse the next morning, however little"),
    pytest.param({"pain": 3, "morning": Morning.NO_RUN}, Step.CONTINUE, id="whoever has not run has no such morning"),
    pytest.param({"pain": 1, "traits": frozenset({Trait.SUDDEN})}, Step.STOP_FAST, id="a sudden onset, however little"),
    pytest.param({"pain": None}, None, id="what was not asked allows nothing and forbids nothing"),
]


@pytest.mark.parametrize(("given", "allowed"), PAINS)
def test_what_a_pain_allows(given, allowed):
    assert step(told(**given)) is allowed


def weeks(*pains):
    """One check-in a week, the last today."""
    return [told(pain=pain, days_ago=7 * n) for n, pain in reversed(list(enumerate(reversed(pains))))]


def test_pain_that_rises_for_two_weeks_stops_fast_running_below_any_line():
    *earlier, today = weeks(1, 2, 3)
    assert is_rising(today, earlier)
    assert step(today, earlier) is Step.STOP_FAST


@pytest.mark.parametrize("pains", [(1, 2, 2), (2, 1, 3), (1, 3), (3, 2, 1)])
def test_pain_that_stands_still_falls_or_is_too_new_to_tell_is_not_rising(pains):
    *earlier, today = weeks(*pains)
    assert not is_rising(today, earlier)


def test_a_week_without_a_check_in_is_not_a_week_without_pain():
    assert not is_rising(told(pain=3), [told(pain=1, days_ago=14)])


def test_several_check_ins_of_a_week_count_by_the_worst():
    assert is_rising(told(pain=1), [told(pain=3, days_ago=1), told(pain=2, days_ago=8), told(pain=1, days_ago=15)])


def test_what_counts_is_the_pain_a_worse_morning_six_and_a_red_flag_more_than_any_pain():
    assert counted(told(pain=2)) == 2
    assert counted(told(pain=2, morning=Morning.WORSE)) == 6
    assert counted(told(pain=9, morning=Morning.WORSE)) == 9
    assert counted(told(pain=0, flags=frozenset({RedFlag.LIMP}))) == RED == 11
    assert counted(FINE) == 0


def test_days_are_counted_with_what_was_told_before_them_alone():
    assert list(by_day(reversed(weeks(1, 2, 3))).values()) == [1, 2, 6]
    assert max(by_day(weeks(1, 2, 3))) == DAY
