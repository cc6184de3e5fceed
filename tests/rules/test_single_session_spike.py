"""R1: one run much longer than any of the 30 days before."""

import numpy as np
import pytest

from monitor.model import Level
from monitor.rules.rule import Mails, findings
from monitor.rules.single_session_spike import RULE
from tests.builders import history

MONTH = "10 - 8 - " * 7


def level(log: str) -> Level:
    return RULE.level(RULE.measure(history(log))[-1])


@pytest.mark.parametrize(
    ("distance_km", "expected"),
    [
        ("10", Level.OK),
        ("11.00", Level.OK),
        ("11.01", Level.WATCH),
        ("13.00", Level.WATCH),
        ("13.01", Level.CAUTION),
        ("20.00", Level.CAUTION),
        ("20.01", Level.STRONG),
        ("-", Level.OK),
    ],
)
def test_the_bands_are_those_of_the_study(distance_km, expected):
    assert level(MONTH + distance_km) is expected


def test_one_metre_beyond_a_tenth_more_is_a_spike_and_a_tenth_more_is_not():
    assert level("16.83 - 18.513") is Level.OK
    assert level("16.83 - 18.514") is Level.WATCH


def test_a_comeback_run_is_never_a_spike():
    measure = RULE.measure(history(MONTH + "- " * 30 + "21"))
    assert measure[-1] == 0


def test_nothing_is_said_of_an_unknown_day():
    assert np.isnan(RULE.measure(history("10 ? 21"))[1])


def test_two_halves_in_one_day_are_no_long_run():
    assert level(MONTH + "9+9") is Level.OK


def test_the_sentence_tells_both_distances():
    days = history("10 - 8 - 14.2")
    (finding,) = findings(RULE, days, days.first_day, days.last_day)
    assert RULE.say(finding) == "14.2 km was 42 % beyond the longest run of the 30 days before (10.0 km)"
    assert finding.facts["runs_30d"] == 2


def test_it_may_mail_alone():
    assert RULE.mails is Mails.ALONE


@pytest.mark.parametrize("ratio", ["1.64 times as often (95 % CI 1.31-2.05)", "1.52 times (1.16-2.00)", "2.28 times"])
def test_the_evidence_tells_each_band_of_the_study(ratio):
    assert ratio in RULE.evidence.says


def test_the_evidence_tells_its_limits():
    for limit in ("Most such runs are not followed by injury", "an association", "not specific to hamstrings"):
        assert limit in RULE.evidence.says
