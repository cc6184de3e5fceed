"""R10: long runs that fade."""

from dataclasses import replace

import numpy as np
import pytest

from monitor.load.daily import History
from monitor.model import Level
from monitor.rules.fade_in_long_run import RULE
from monitor.rules.rule import Mails, findings
from tests.builders import history

NAN = np.nan


def last_run(km: str, cadence: float = 1.0, pace: float = 1.0, heart_rate: float = 1.0) -> History:
    """A 20 km run, a week of short ones, and one that changed so much from its first to its last third."""
    log = f"20 - 8 - 8 - 8 {km}"
    before = [NAN] * 7
    return history(
        log, cadence_fade=[*before, cadence], pace_fade=[*before, pace], heartrate_fade=[*before, heart_rate]
    )


@pytest.mark.parametrize(
    ("cadence", "pace", "level"),
    [(0.95, 1, Level.OK), (0.949, 1, Level.WATCH), (1, 0.949, Level.WATCH), (1, 1, Level.OK), (1.06, 1.1, Level.OK)],
)
def test_more_than_five_per_cent_less_in_the_last_third_is_a_fade(cadence, pace, level):
    assert RULE.level(RULE.measure(last_run("19", cadence, pace))[-1]) is level


@pytest.mark.parametrize(("km", "level"), [("17.999", Level.OK), ("18", Level.WATCH), ("25", Level.WATCH)])
def test_only_runs_of_nine_tenths_of_the_longest_are_looked_at(km, level):
    assert RULE.level(RULE.measure(last_run(km, cadence=0.9))[-1]) is level


def test_slowing_down_with_a_lower_heart_rate_is_a_choice():
    assert RULE.measure(last_run("19", pace=0.9, heart_rate=0.9))[-1] == 0


@pytest.mark.parametrize(("fast_m", "level"), [(799, Level.WATCH), (NAN, Level.WATCH), (800, Level.OK)])
def test_a_session_of_repetitions_is_no_long_run(fast_m, level):
    days = replace(last_run("19", pace=0.9), fast_m=np.array([0.0] * 7 + [fast_m]))
    assert RULE.level(RULE.measure(days)[-1]) is level


def test_a_long_run_without_samples_is_unknown_and_a_short_one_does_not_matter():
    assert np.isnan(RULE.measure(last_run("19", NAN, NAN, NAN))[-1])
    assert RULE.measure(last_run("10", NAN, NAN, NAN))[-1] == 0
    assert RULE.measure(last_run("-", NAN, NAN, NAN))[-1] == 0


def test_the_sentence_tells_the_run_and_goes_to_nobody_by_mail():
    days = last_run("19", cadence=0.93)
    (finding,) = findings(RULE, days, days.last_day, days.last_day)
    assert RULE.say(finding) == (
        "in the last third of 19.0 km, steps a minute or pace were 7 % below the first third, at the same heart rate"
    )
    assert RULE.mails is Mails.NEVER
