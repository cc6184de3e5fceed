"""R9: fewer steps a minute than the runner's own."""

import numpy as np
import pytest

from monitor.load.daily import History
from monitor.model import Level
from monitor.rules.cadence_drift import RULE
from monitor.rules.rule import Mails, findings
from tests.builders import history


def runner(*cadences_spm: float) -> History:
    """A run a day at one speed on the flat."""
    days = len(cadences_spm)
    return history("10 " * days, cadence_spm=cadences_spm, cadence_mps=[3.0] * days, cadence_grade=[0.0] * days)


USUAL = [170.0] * 60


@pytest.mark.parametrize(
    ("latest", "level"),
    [
        pytest.param([160, 160, 160], Level.WATCH, id="three runs 6 % lower"),
        pytest.param([163, 163, 163], Level.OK, id="three runs 4 % lower"),
        pytest.param([160, 160], Level.OK, id="two runs 6 % lower"),
        pytest.param([180, 180, 180], Level.OK, id="three runs higher"),
    ],
)
def test_three_runs_five_per_cent_below_the_runners_own_are_worth_a_word(latest, level):
    assert RULE.level(RULE.measure(runner(*USUAL, *latest))[-1]) is level


def test_a_runner_with_few_measured_runs_cannot_be_told_and_is_told_why():
    assert np.isnan(RULE.measure(runner(*[170.0] * 14, 150, 150, 150))[-1])
    assert "fifteen" in RULE.unknown


def test_the_sentence_is_about_form_and_goes_to_nobody_by_mail():
    days = runner(*USUAL, 160, 160, 160)
    (finding,) = findings(RULE, days, days.last_day, days.last_day)
    assert RULE.say(finding) == "in the latest three runs 6 % fewer steps a minute than usual at that speed"
    assert finding.level is Level.WATCH
    assert RULE.mails is Mails.NEVER
