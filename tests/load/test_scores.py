"""The published scores by day. Expected values are those of the oracles in `test_internal`, or are worked out here."""

import numpy as np
import pytest

from monitor.load.scores import SCORES, daily_scores, graded_speed_mps
from monitor.load.training import Known, training
from monitor.model import Flag, Profile
from tests.builders import FIRST_DAY, activity, held

ALL_TOLD = Profile(
    resting_heartrate_bpm=40,
    max_heartrate_bpm=200,
    sex="men",
    first_threshold_bpm=120,
    second_threshold_bpm=160,
    threshold_mps=4.0,
)
AT_130 = {"average_heartrate_bpm": 130.0}


def scores(*runs, profile=ALL_TOLD, exposures=None):
    return daily_scores(training(Known(runs, ((FIRST_DAY, FIRST_DAY.replace(day=4)),), exposures or {}, profile)))


def test_half_an_hour_at_130_beats_is_what_the_published_examples_say():
    found = scores(activity(moving_s=1_800, **AT_130))
    assert found["banister_trimp"][0] == pytest.approx(31.8025, abs=1e-4)  # fellrnr.com, men
    assert found["edwards_trimp"][0] == 60  # 65 % of the maximum: 30 minutes × 2
    assert found["lucia_trimp"][0] == 60  # between the thresholds: 30 minutes × 2


def test_two_hours_at_six_of_ten_are_720():
    assert scores(activity(distance_m=20_000, moving_s=7_200, rpe=6.0))["srpe"][0] == 720  # fellrnr.com


def test_an_hour_at_the_threshold_is_a_hundred():
    run = activity(distance_m=14_580, moving_s=3_600)
    even = held(speed_m=(0,) * 40 + (14_400,), speed_s=(0,) * 40 + (3_600,), uphill_m=(), uphill_s=())
    assert scores(run, exposures={run.key: even})["rtss"][0] == 100


def test_uphill_counts_at_its_grade_adjusted_speed():
    up = held(
        speed_m=(0,) * 20 + (2_000, 0),
        speed_s=(0,) * 20 + (1_000, 0),
        uphill_m=(0,) * 35 + (1_000,),
        uphill_s=(0,) * 35 + (500,),
    )
    assert graded_speed_mps(activity(), up) == pytest.approx((1_000 + 500 * 3.55) / 1_000)


def test_a_speed_without_its_grade_is_missing_but_a_treadmill_is_flat():
    flat = held(speed_m=(3_000,), speed_s=(1_000,))
    assert graded_speed_mps(activity(), flat) is None
    assert graded_speed_mps(activity(flags=frozenset({Flag.TREADMILL})), flat) == 3.0


@pytest.mark.parametrize("name", SCORES)
def test_rest_is_zero_and_an_unknown_day_is_not_known(name):
    days = scores(activity(rpe=5.0, **AT_130))[name]
    assert days[1:].tolist() == [0, 0]
    gap = training(Known((activity(rpe=5.0, **AT_130),), ((FIRST_DAY, FIRST_DAY), (FIRST_DAY.replace(day=4),) * 2)))
    assert np.isnan(daily_scores(gap)[name][1])


@pytest.mark.parametrize("name", SCORES)
def test_a_run_that_lacks_what_a_score_takes_is_missing_and_not_rest(name):
    assert np.isnan(scores(activity())[name][0])
    full, bare = activity(rpe=5.0, **AT_130), activity("2026-03-02 18:00")
    assert np.isnan(scores(full, bare)[name][0])


@pytest.mark.parametrize("name", [name for name, score in SCORES.items() if score.needs])
def test_a_score_whose_thresholds_nobody_told_is_missing(name):
    assert np.isnan(scores(activity(**AT_130), profile=Profile())[name][0])


def test_without_a_known_day_there_is_no_score():
    assert daily_scores(training(Known())) == {}
