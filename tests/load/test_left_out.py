"""Which runs a number lacks."""

from datetime import timedelta

import pytest

from monitor.load.duplicates import counted
from monitor.load.left_out import LeftOut
from monitor.model import Flag
from tests.builders import FIRST_DAY, activities, activity, held

LAST = FIRST_DAY + timedelta(days=6)
WEEK = 7
RUNS = activities("8 - 8 - 8 - 8")


def told(*runs, exposures=None):
    return LeftOut(tuple(counted(runs)), exposures or {})


def test_a_week_of_good_runs_lacks_no_distance():
    assert told(*RUNS).distance(LAST, WEEK) == ""


def test_a_run_without_distance_is_left_out():
    without = activity("2026-03-03 18:00", None, moving_s=1_800, flags=frozenset({Flag.NO_DISTANCE}))
    assert told(*RUNS, without).distance(LAST, WEEK) == f"1 run left out: {Flag.NO_DISTANCE.value}"


def test_a_treadmills_distance_is_uncertain_but_counts():
    indoors = activity("2026-03-03 18:00", 8_000, flags=frozenset({Flag.TREADMILL}))
    assert told(*RUNS, indoors).distance(LAST, WEEK) == "1 run on a treadmill: distance uncertain"


def test_a_run_outside_the_days_of_the_number_is_not_told_of():
    before = activity("2026-03-01 18:00", None, moving_s=1_800, flags=frozenset({Flag.NO_DISTANCE}))
    after = activity("2026-03-09 18:00", None, moving_s=1_800, flags=frozenset({Flag.NO_DISTANCE}))
    assert told(*RUNS, before, after).distance(LAST, WEEK) == ""


@pytest.mark.parametrize(
    ("read", "said"), [(4, ""), (3, "1 of 4 runs without samples"), (0, "4 of 4 runs without samples")]
)
def test_fast_metres_lack_the_runs_without_samples(read, said):
    exposures = {run.key: held() for run in RUNS[:read]}
    assert told(*RUNS, exposures=exposures).fast(LAST, WEEK) == said


def test_climb_is_told_by_samples_by_the_source_and_by_a_treadmill_that_has_none():
    flat = activity("2026-03-02 07:00", 8_000, climb_m=0.0)
    measured = activity("2026-03-03 07:00", 8_000)
    indoors = activity("2026-03-04 07:00", 8_000, flags=frozenset({Flag.TREADMILL}))
    unknown = activity("2026-03-05 07:00", 8_000)
    left_out = told(flat, measured, indoors, unknown, exposures={measured.key: held(climb_m=40)})
    assert left_out.climb(LAST, WEEK) == "1 of 4 runs without climb"
