"""R3: more fast uphill running than in any of the four weeks before."""

import numpy as np
import pytest

from monitor.load.daily import History
from monitor.model import Level
from monitor.rules.fast_uphill import RULE
from monitor.rules.rule import findings
from tests.rules.weeks import NAN, weeks


def uphill(*metres: float) -> History:
    return weeks("fast_uphill_m", *metres)


@pytest.mark.parametrize(
    ("metres", "expected"),
    [
        pytest.param((0, 0, 0, 0, 600), Level.OK, id="600 m after none"),
        pytest.param((0, 0, 0, 0, 601), Level.WATCH, id="the first hills, small"),
        pytest.param((0, 0, 0, 0, 801), Level.CAUTION, id="the first hills, large"),
        pytest.param((0, 1000, 0, 0, 1500), Level.OK, id="half as much again"),
        pytest.param((0, 1000, 0, 0, 1501), Level.WATCH, id="more than that"),
        pytest.param((0, 1000, 0, 0, 2001), Level.CAUTION, id="more than twice as much"),
        pytest.param((100, 300, 200, 100, 590), Level.OK, id="nearly twice as much of little"),
        pytest.param((2000, 0, 0, 0, 0, 1000), Level.CAUTION, id="hills of five weeks ago are forgotten"),
        pytest.param((0, 1000, 0, 0, 0), Level.OK, id="no hills this week"),
    ],
)
def test_a_week_is_compared_with_the_fullest_of_four(metres, expected):
    assert RULE.level(RULE.measure(uphill(*metres))[-1]) is expected


def test_an_unknown_grade_leaves_it_open_unless_the_week_is_small():
    assert np.isnan(RULE.measure(uphill(0, NAN, 0, 0, 900))[-1])
    assert np.isnan(RULE.measure(uphill(0, 0, 0, 0, NAN))[-1])
    assert RULE.measure(uphill(0, NAN, 0, 0, 500))[-1] == 0


def test_the_sentence_tells_both_weeks():
    days = uphill(0, 500, 0, 0, 900)
    (finding,) = findings(RULE, days, days.last_day, days.last_day)
    said = "900 m of fast uphill running in 7 days; the fullest of the four weeks before held 500 m"
    assert RULE.say(finding) == said


def test_the_evidence_says_that_it_was_a_laboratory_and_no_injuries():
    for told in ("laboratory", "six distance runners", "5.0 m/s, but not at 3.3 or 4.2", "No study has counted"):
        assert told in RULE.evidence.says
