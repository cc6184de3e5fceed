"""R3b: much more climb in one run than in any of the 30 days before."""

import numpy as np
import pytest

from monitor.load.daily import History
from monitor.model import Grade, Level
from monitor.rules.climb_spike import RULE
from monitor.rules.rule import Kind, Mails, findings
from tests.builders import history

MONTH = 30


def climbed(*climbs_m: float) -> History:
    return history("8 " * len(climbs_m), climb_m=climbs_m)


@pytest.mark.parametrize(
    ("usual_m", "climb_m", "expected"),
    [
        pytest.param(200, 300, Level.OK, id="half as much again"),
        pytest.param(200, 301, Level.WATCH, id="more than that"),
        pytest.param(200, 3000, Level.WATCH, id="expert opinion is never more than watch"),
        pytest.param(0, 150, Level.OK, id="150 m after flat weeks"),
        pytest.param(0, 151, Level.WATCH, id="the first real hill"),
        pytest.param(90, 140, Level.OK, id="much more of little"),
    ],
)
def test_a_run_is_compared_with_the_most_climb_of_a_month(usual_m, climb_m, expected):
    assert RULE.level(RULE.measure(climbed(*[usual_m] * MONTH, climb_m))[-1]) is expected


def test_a_hill_of_31_days_ago_is_forgotten():
    assert RULE.measure(climbed(900, *[0] * 29, 300))[-1] < 1
    assert RULE.measure(climbed(900, *[0] * 30, 300))[-1] == 3


def test_a_comeback_in_the_hills_is_no_spike():
    days = history("- " * MONTH + "8", climb_m=[0] * MONTH + [400])
    assert RULE.measure(days)[-1] == 0


def test_an_unknown_climb_leaves_it_open_unless_the_run_is_flat():
    usual = [50.0] * MONTH
    usual[12] = np.nan
    assert np.isnan(RULE.measure(climbed(*usual, 400))[-1])
    assert RULE.measure(climbed(*usual, 100))[-1] == 0
    assert np.isnan(RULE.measure(climbed(*usual, np.nan))[-1])


def test_the_sentence_tells_both_climbs():
    days = climbed(*[120] * MONTH, 420)
    (finding,) = findings(RULE, days, days.last_day, days.last_day)
    assert RULE.say(finding) == "420 m of climb in one run; the most of the 30 days before was 120 m"


def test_it_is_expert_opinion_about_one_run_and_never_mails():
    assert (RULE.evidence.grade, RULE.kind, RULE.mails) == (Grade.D, Kind.SESSION, Mails.NEVER)
