"""R2b: more sprinting than before, for somebody who hardly sprints."""

import numpy as np
import pytest

from monitor.load.daily import History
from monitor.model import Level
from monitor.rules.rule import findings
from monitor.rules.sprint_jump import RULE
from tests.rules.weeks import NAN, weeks


def sprints(*metres: float) -> History:
    return weeks("sprint_m", *metres)


@pytest.mark.parametrize(
    ("metres", "expected"),
    [
        pytest.param((0, 0, 0, 75), Level.OK, id="75 m after none"),
        pytest.param((0, 0, 0, 76), Level.CAUTION, id="76 m after none"),
        pytest.param((30, 60, 90, 135), Level.OK, id="75 m above the mean"),
        pytest.param((30, 60, 90, 136), Level.CAUTION, id="76 m above the mean"),
        pytest.param((104, 104, 104, 400), Level.CAUTION, id="a low base"),
        pytest.param((105, 105, 105, 400), Level.OK, id="a habit of sprinting"),
        pytest.param((60, 60, 60, 0), Level.OK, id="less than before"),
    ],
)
def test_more_than_75_m_above_the_three_weeks_before_are_told(metres, expected):
    measure = RULE.measure(sprints(*metres))
    assert RULE.level(measure[-1]) is expected
    assert measure[-1] >= 0


def test_an_unknown_run_leaves_it_open_unless_the_week_is_small():
    assert np.isnan(RULE.measure(sprints(0, NAN, 0, 200))[-1])
    assert RULE.measure(sprints(0, NAN, 0, 75))[-1] == 0


def test_the_sentence_tells_week_and_habit():
    days = sprints(30, 60, 90, 200)
    (finding,) = findings(RULE, days, days.last_day, days.last_day)
    assert RULE.say(finding) == "200 m of sprinting in 7 days, where the mean of the three weeks before is 60 m"
    assert finding.value == 140


def test_the_evidence_is_told_with_its_population():
    for told in ("37 footballers", "75 to 105 m", "6.12", "not those of the hamstrings alone"):
        assert told in RULE.evidence.says
