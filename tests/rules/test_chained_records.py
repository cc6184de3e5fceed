"""R1b: records one upon the other."""

import numpy as np
import pytest

from monitor.model import Level
from monitor.rules.chained_records import RULE
from monitor.rules.rule import Mails, findings
from monitor.rules.single_session_spike import RULE as SINGLE_SESSION_SPIKE
from tests.builders import history

MONTH = "10 - 8 - " * 7


@pytest.mark.parametrize(
    ("week", "level"),
    [
        pytest.param("11 - 12.1 - 13.3", Level.CAUTION, id="three records in five days"),
        pytest.param("11 - 12.1 - - - 13.3", Level.CAUTION, id="the third on the seventh day"),
        pytest.param("11 - 12.1 - - - - 13.3", Level.OK, id="the third on the eighth day"),
        pytest.param("11 - 12.1", Level.OK, id="two records"),
        pytest.param("11 - 12.1 - 12.1", Level.OK, id="the same length again is no record"),
        pytest.param("13.3 - 12.1 - 11", Level.OK, id="downwards there is only one"),
        pytest.param("11 - 12.1 - 13.3 - - -", Level.OK, id="a week after the first"),
        pytest.param("6+5 - 6+6 - 7+7", Level.OK, id="two shorter runs in a day are no long one"),
    ],
)
def test_three_records_within_seven_days_are_a_chain(week, level):
    assert RULE.level(RULE.measure(history(MONTH + week))[-1]) is level


def test_each_step_of_the_chain_is_inside_the_reference_group_of_the_long_run_rule():
    days = history(MONTH + "11 - 12.1 - 13.3")
    assert SINGLE_SESSION_SPIKE.level(SINGLE_SESSION_SPIKE.measure(days).max()) is Level.OK
    assert RULE.measure(days)[-1] == 3


def test_a_run_is_compared_with_what_stood_before_it_not_with_later_runs():
    assert RULE.measure(history(MONTH + "11 - 12.1 - 13.3 - 9"))[-1] == 3


def test_the_first_runs_after_a_long_break_are_no_records():
    assert RULE.measure(history(MONTH + "- " * 40 + "3 - 4 - 5 - 6"))[-1] == 0


def test_an_unknown_day_leaves_the_week_unknown():
    measure = RULE.measure(history(MONTH + "11 ? 12.1 - 13.3 - - - -"))
    assert np.isnan(measure[-5])
    assert measure[-1] == 2


def test_the_sentence_tells_how_many_and_how_far():
    days = history(MONTH + "11 - 12.1 - 13.3 -")
    (finding,) = findings(RULE, days, days.last_day, days.last_day)
    assert RULE.say(finding) == "3 runs in 7 days, each longer than any run of the 30 days before it, up to 13.3 km"


def test_it_never_mails():
    assert RULE.mails is Mails.NEVER
