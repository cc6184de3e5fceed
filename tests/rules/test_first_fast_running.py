"""R2: fast running after four weeks or more with none."""

import numpy as np
import pytest

from monitor.load.daily import History
from monitor.model import Level
from monitor.rules import fast_running_spike
from monitor.rules.first_fast_running import RULE
from monitor.rules.rule import Mails, findings
from tests.rules.weeks import NAN, weeks


def fast(*metres: float) -> History:
    return weeks("fast_m", *metres)


@pytest.mark.parametrize(
    ("metres", "expected"),
    [
        pytest.param((0, 0, 0, 0, 2400), Level.CAUTION, id="never before"),
        pytest.param((2400, 2400, 0, 0, 0, 0, 0, 2400), Level.CAUTION, id="after five weeks without"),
        pytest.param((2400, 0, 0, 0, 2400), Level.OK, id="after three weeks without"),
        pytest.param((0, 0, 0, 0, 299), Level.OK, id="299 m"),
        pytest.param((0, 0, 0, 0, 300), Level.CAUTION, id="300 m"),
        pytest.param((0, 0, 0, 0, 0), Level.OK, id="none at all"),
    ],
)
def test_the_first_300_m_after_four_weeks_of_none_are_told(metres, expected):
    assert RULE.level(RULE.measure(fast(*metres))[-1]) is expected


def test_it_holds_for_the_seven_days_that_hold_the_run():
    measure = RULE.measure(fast(0, 0, 0, 0, 2400, 0))
    assert measure[-8:].tolist() == [2400] * 7 + [0]


def test_the_two_rules_of_fast_running_never_speak_of_the_same_week():
    for history in (fast(*[0] * 9, 2400), fast(*[1000] * 9, 2400), fast(*[1000] * 9, 0, 0, 0, 0, 2400)):
        first, more = RULE.measure(history)[-1] > 299, fast_running_spike.RULE.measure(history)[-1] > 1.5
        assert first != more


def test_a_run_without_samples_leaves_it_open_whether_this_was_the_first():
    assert np.isnan(RULE.measure(fast(0, 0, NAN, 0, 0, 2400))[-1])
    assert RULE.measure(fast(0, 0, NAN, 0, 0, 200))[-1] == 0
    assert RULE.measure(fast(0, 1000, NAN, 0, 0, 2400))[-1] == 0


def test_the_sentence_tells_how_much_it_was():
    days = fast(0, 0, 0, 0, 2394)
    (finding,) = findings(RULE, days, days.last_day, days.last_day)
    assert RULE.say(finding) == "2394 m of fast running in 7 days, after four weeks with next to none"


def test_it_mails_with_another_rule_only():
    assert RULE.mails is Mails.WITH_ANOTHER
