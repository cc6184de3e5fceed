"""R1c: time on feet, where distance tells too little."""

from datetime import timedelta

import numpy as np
import pytest

from monitor.load.daily import History
from monitor.load.gathering import history as gathered
from monitor.model import Flag, Level
from monitor.rules.duration_spike import RULE
from monitor.rules.rule import Mails, findings
from tests.builders import FIRST_DAY, activities, activity
from tests.builders import history as log

USUAL = activities("10 - 8 - " * 7)  # an hour at most
TODAY = FIRST_DAY + timedelta(days=28)


def after_a_month(minutes: float, **given) -> History:
    """A month of ordinary runs, then one of 9 km that took so long."""
    last = activity(f"{TODAY} 07:00", 9_000, round(60 * minutes), **given)
    days = gathered([*USUAL, last], [(FIRST_DAY, TODAY)])
    assert days is not None
    return days


@pytest.mark.parametrize(
    ("minutes", "level"),
    [(66, Level.OK), (66.1, Level.WATCH), (78, Level.WATCH), (78.1, Level.CAUTION), (120.1, Level.STRONG)],
)
def test_the_bands_are_those_of_the_long_run_rule(minutes, level):
    assert RULE.level(RULE.measure(after_a_month(minutes, sport="TrailRun"))[-1]) is level


@pytest.mark.parametrize(
    ("given", "level"),
    [
        pytest.param({"sport": "TrailRun"}, Level.CAUTION, id="trail"),
        pytest.param({"flags": frozenset({Flag.TREADMILL})}, Level.CAUTION, id="treadmill"),
        pytest.param({"sport": "VirtualRun"}, Level.CAUTION, id="virtual run"),
        pytest.param({}, Level.OK, id="road: its distance says it"),
    ],
)
def test_only_where_distance_tells_too_little(given, level):
    assert RULE.level(RULE.measure(after_a_month(90, **given))[-1]) is level


def test_a_short_treadmill_run_beside_a_long_road_run_is_no_spike():
    treadmill = activity(f"{TODAY} 18:00", 3_000, 1_200, flags=frozenset({Flag.TREADMILL}))
    days = gathered([*USUAL, activity(f"{TODAY} 07:00", 20_000), treadmill], [(FIRST_DAY, TODAY)])
    assert days is not None
    assert RULE.level(RULE.measure(days)[-1]) is Level.OK


@pytest.mark.parametrize(("runs", "level"), [("10 10 10", Level.OK), ("10 10 10 10", Level.STRONG)])
def test_it_takes_four_runs_to_compare_with(runs, level):
    count = len(runs.split())
    days = log(f"{runs} 20", by_time_s=[0] * count + [9_000])
    assert RULE.level(RULE.measure(days)[-1]) is level


def test_nothing_is_said_of_an_unknown_day():
    assert np.isnan(RULE.measure(log("10 10 10 10 ?"))[-1])


def test_the_sentence_tells_both_times_and_the_evidence_that_it_is_extrapolated():
    days = after_a_month(90, sport="TrailRun")
    (finding,) = findings(RULE, days, TODAY, TODAY)
    assert RULE.say(finding) == (
        "90 minutes on a trail or treadmill were 50 % beyond the longest time of the 30 days before (60 minutes)"
    )
    assert RULE.evidence.says.startswith("Extrapolated")
    assert RULE.mails is Mails.WITH_ANOTHER
