"""S1: what the last check-in told holds back running, until another one is made or a week has passed."""

from datetime import timedelta

import pytest

from monitor.load.training import Known, training
from monitor.model import Level, Origin
from monitor.rules import RULES
from monitor.rules.assessing import assessed
from monitor.rules.rule import findings
from monitor.rules.symptom_gate import RULE, measure
from monitor.rules.verdict import in_force
from monitor.symptoms.check_in import CheckIn, Morning
from monitor.symptoms.red_flags import RedFlag
from tests.builders import FIRST_DAY, activities, history

LEVELS = [
    pytest.param({"pain": 3}, Level.OK, id="3 of 10 is not yet beyond the line"),
    pytest.param({"pain": 4}, Level.CAUTION, id="4 of 10"),
    pytest.param({"pain": 5}, Level.CAUTION, id="5 of 10"),
    pytest.param({"pain": 6}, Level.STRONG, id="more than 5"),
    pytest.param({"pain": 1, "morning": Morning.WORSE}, Level.STRONG, id="worse the next morning"),
    pytest.param({"pain": 0, "flags": frozenset({RedFlag.LIMP})}, Level.STRONG, id="a red flag without pain"),
    pytest.param({"participation": 1, "there": False}, Level.OK, id="a week without problems"),
]
LAST = FIRST_DAY + timedelta(days=27)


def check_in(days_ago, **given):
    return CheckIn(day=LAST - timedelta(days=days_ago), **{"participation": 2, "there": True} | given)


def found(*check_ins):
    """The findings of S1 of four weeks of habit with these check-ins."""
    known = Known(tuple(activities("8 - 8 - 8 10 - " * 4)), ((FIRST_DAY, LAST),), check_ins=check_ins)
    return [each for each in assessed(training(known), RULES, FIRST_DAY, LAST) if each.rule == RULE.name]


@pytest.mark.parametrize(("told", "level"), LEVELS)
def test_the_level_is_that_of_the_pain(told, level):
    levels = {each.level for each in found(check_in(2, **told))}
    assert levels == ({level} if level else set())


def test_it_is_carried_for_the_seven_days_that_the_check_in_asked_about():
    days = history("- - 8 - 8 - 8 - - 8 -", checked_in=[0, 0, 1] + [0] * 8, pain=[0, 0, 6] + [0] * 8)
    assert measure(days).tolist() == [0, 0, 6, 6, 6, 6, 6, 6, 6, 0, 0]


def test_a_new_check_in_takes_the_place_of_the_older_one_at_once():
    worse, better = check_in(3, pain=7), check_in(0, participation=1, there=False)
    stored = found(worse, better)
    assert [each.day for each in stored] == [LAST - timedelta(days=n) for n in (3, 2, 1)]
    assert in_force(stored, {RULE.name: RULE}, LAST, LAST) == []
    assert in_force(found(worse), {RULE.name: RULE}, LAST, LAST)


def test_no_check_in_is_not_applicable_and_is_said_not_to_be_no_pain():
    assert found() == []
    assert measure(history("8 - 8")).tolist() == [0, 0, 0]
    assert "No check-in is not the same as no pain" in " ".join(RULE.evidence.says.split())


def test_a_check_in_on_a_day_that_no_source_told_counts_on_the_days_after_it():
    days = history("8 ? 8", checked_in=[0, 1, 0], pain=[0, 5, 0])
    assert [each.day for each in findings(RULE, days, days.first_day, days.last_day)] == [days.last_day]


def test_its_findings_rest_on_the_check_in_alone_and_no_others_do():
    runs = tuple(activities("8 - 8 - 8 10 - " * 3 + "8 - 8 - 8 22 -"))
    known = Known(runs, ((FIRST_DAY, LAST),), check_ins=(check_in(1, pain=8),))
    everything = assessed(training(known), RULES, FIRST_DAY, LAST)
    assert {each.origins for each in everything if each.rule == RULE.name} == {frozenset({Origin.CHECK_IN})}
    others = [each for each in everything if each.rule != RULE.name]
    assert "single_session_spike" in {each.rule for each in others}
    assert not any(Origin.CHECK_IN in each.origins for each in others)


def test_what_was_known_then_holds_no_later_check_in():
    known = Known(check_ins=(check_in(5, pain=2), check_in(1, pain=9)))
    assert known.until(LAST - timedelta(days=2)).check_ins == (check_in(5, pain=2),)
