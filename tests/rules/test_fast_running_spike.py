"""R2: much more fast running than in the runner's own weeks."""

import numpy as np
import pytest

from monitor.load.daily import History
from monitor.model import Grade, Level
from monitor.rules.fast_running_spike import RULE
from monitor.rules.rule import Kind, Mails, findings
from tests.rules.weeks import NAN, weeks

HABIT = (800, 1200) * 4  # mean 1000 m, deviation 213.8 m


def fast(*metres: float) -> History:
    return weeks("fast_m", *metres)


def level(days: History) -> Level:
    return RULE.level(RULE.measure(days)[-1])


@pytest.mark.parametrize(
    ("week_m", "expected"),
    [
        (0, Level.OK),
        (1399, Level.OK),
        (1400, Level.WATCH),
        (1427, Level.WATCH),
        (1428, Level.CAUTION),
        (1641, Level.CAUTION),
        (1642, Level.STRONG),
    ],
)
def test_a_week_is_measured_in_the_runners_own_deviations(week_m, expected):
    assert level(fast(*HABIT, week_m)) is expected


def test_the_same_week_is_ordinary_for_a_runner_of_uneven_weeks():
    assert level(fast(*(0, 2000) * 4, 2000)) is Level.OK
    assert level(fast(*(1000, 1000) * 4, 2000)) is Level.STRONG


def test_after_four_weeks_of_none_the_other_rule_speaks():
    assert RULE.measure(fast(*HABIT, 0, 0, 0, 0, 2000))[-1] == 0
    assert RULE.measure(fast(*HABIT, 0, 0, 0, 2000))[-1] > 2


def test_seven_known_weeks_are_too_few_to_say():
    assert np.isnan(RULE.measure(fast(*[1000] * 7, 2000))[-1])
    assert RULE.measure(fast(*[1000] * 7, 300))[-1] == 0


def test_a_run_without_samples_makes_its_week_unknown_and_no_week_after():
    days = fast(*[1000] * 9, NAN, 2000)
    measure = RULE.measure(days)
    assert np.isnan(measure[-8:-1]).all()
    assert level(days) is Level.STRONG


def test_the_sentence_tells_both_numbers():
    days = fast(*[1000] * 10, 2400)
    (finding,) = findings(RULE, days, days.last_day, days.last_day)
    said = "2400 m of fast running in 7 days, where the mean of the 10 weeks before is 1000 m"
    assert RULE.say(finding) == said


def test_it_says_that_its_evidence_comes_from_team_sport():
    for told in ("Australian football", "6.44", "2.99-14.41", "Neither was a study of distance runners", "our own"):
        assert told in RULE.evidence.says
    assert RULE.evidence.grade is Grade.C


def test_it_holds_for_its_days_and_mails_with_another_rule_only():
    assert (RULE.kind, RULE.mails) == (Kind.WINDOW, Mails.WITH_ANOTHER)
