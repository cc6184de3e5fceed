"""R7: acute against chronic load. Context, never a verdict."""

import numpy as np
import pytest

from monitor.model import Grade, Level
from monitor.rules.acwr_panel import RULE
from monitor.rules.rule import Mails, findings
from tests.builders import history

QUIET = "5 - - 5 - - - " * 3  # 10 km a week


@pytest.mark.parametrize(
    ("week", "level"),
    [
        pytest.param("18 - - - - - -", Level.OK, id="18 km of a mean of 12 is 1.5, and not beyond it"),
        pytest.param("18.001 - - - - - -", Level.WATCH, id="one metre more is"),
        pytest.param("30 - - 30 - - -", Level.WATCH, id="and it never says more than that"),
    ],
)
def test_more_than_one_and_a_half_times_the_mean_week_is_noted(week, level):
    assert RULE.level(RULE.measure(history(QUIET + week))[-1]) is level


@pytest.mark.parametrize(("week_km", "measure"), [("31.999", 0), ("32", 4)])
def test_below_8_km_a_week_there_is_nothing_to_compare_with(week_km, measure):
    assert RULE.measure(history("- " * 21 + week_km + " - - - - - -"))[-1] == measure


def test_without_28_known_days_nothing_can_be_said():
    assert np.isnan(RULE.measure(history("10 " * 27))).all()


def test_the_other_two_ratios_are_told_where_they_can_be_computed():
    days = history("5 - - 5 - - - " * 6 + "20 - - 10 - - -")
    (finding,) = findings(RULE, days, days.last_day, days.last_day)
    assert RULE.say(finding) == "this week's running is 2.00 times the mean week of the last four"
    assert finding.facts["uncoupled"] == 3
    assert finding.facts.keys() == {"uncoupled", "ewma"}
    comeback = history("- " * 21 + "32 - - - - - -")
    (finding,) = findings(RULE, comeback, comeback.last_day, comeback.last_day)
    assert finding.facts == {}


def test_it_is_context_and_contested():
    assert RULE.context
    assert RULE.mails is Mails.NEVER
    assert RULE.evidence.grade is Grade.CONTESTED
