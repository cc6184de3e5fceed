"""How hard a run was: published check values, and what missing heart rate means."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.load.internal import (
    MEN,
    WOMEN,
    banister_trimp,
    edwards_trimp,
    heartrate_stress_score,
    internal_loads,
    lucia_trimp,
    measured_heartrate,
    rtss,
    session_rpe_load,
)
from monitor.model import Exposure, Profile
from tests.builders import activity, held

ORACLES = (Path(__file__).parents[2] / "../shared/data/oracles/oracles.json").resolve()
HALF_AN_HOUR = 1_800
HEARTRATE_S = st.lists(st.tuples(st.integers(30, 230), st.integers(0, 7_200)), max_size=20)


def exposure(*heartrate_s: tuple[int, int], coverage: float = 1.0) -> Exposure:
    return held(heartrate_s=heartrate_s, heartrate_coverage=coverage)


def test_two_hours_rated_six_are_720():
    assert session_rpe_load(rpe=6, moving_s=2 * 3600) == 720


FOSTERS_WEEK = [(5, 180), (2, 25), (7, 120), (7, 40), (3, 60), (8, 75), (2, 25), (8, 75), (7, 40)]


def test_fosters_table_has_three_misprinted_products():
    """Foster et al. 2001, J Strength Cond Res 15:109, table 5: the weekly sum of 3400 is that of what is printed."""
    printed = [940, 50, 840, 280, 180, 390, 50, 390, 280]
    ours = [session_rpe_load(rpe, 60 * minutes) for rpe, minutes in FOSTERS_WEEK]
    assert [(p, o) for p, o in zip(printed, ours, strict=True) if p != o] == [(940, 900), (390, 600), (390, 600)]
    assert (sum(printed), sum(ours)) == (3_400, 3_780)


@pytest.mark.parametrize(("weights", "expected"), [(MEN, 31.8025), (WOMEN, 37.1285)], ids=["men", "women"])
def test_half_an_hour_at_130_of_200(weights, expected):
    assert banister_trimp([(130, HALF_AN_HOUR)], 40, 200, weights) == pytest.approx(expected, abs=5e-5)


def test_a_heart_at_rest_is_no_load_and_below_rest_no_relief():
    assert banister_trimp([(40, 3600)], 40, 200, MEN) == 0
    assert banister_trimp([(35, 3600)], 40, 200, MEN) == 0


def test_a_heart_beyond_its_maximum_counts_as_at_it():
    assert banister_trimp([(215, 60)], 40, 200, MEN) == banister_trimp([(200, 60)], 40, 200, MEN)


@given(HEARTRATE_S, HEARTRATE_S)
def test_the_load_of_a_run_is_that_of_its_parts(one, other):
    for method in (
        lambda heartrate_s: banister_trimp(heartrate_s, 45, 190, MEN),
        lambda heartrate_s: edwards_trimp(heartrate_s, 190),
        lambda heartrate_s: lucia_trimp(heartrate_s, 140, 165),
    ):
        assert method(one + other) == pytest.approx(method(one) + method(other))
        assert method(one[::-1]) == pytest.approx(method(one))


@given(st.integers(30, 220), st.integers(1, 7_200))
def test_a_faster_heart_is_never_less_load(bpm, seconds):
    for method in (
        lambda bpm: banister_trimp([(bpm, seconds)], 45, 190, WOMEN),
        lambda bpm: edwards_trimp([(bpm, seconds)], 190),
        lambda bpm: lucia_trimp([(bpm, seconds)], 140, 165),
    ):
        assert method(bpm + 1) >= method(bpm)


def test_ten_minutes_in_each_of_edwards_zones_are_150():
    assert edwards_trimp([(bpm, 600) for bpm in (105, 125, 145, 165, 185)], 200) == 150


@pytest.mark.parametrize(
    ("bpm", "weight"),
    [(99, 0), (100, 1), (119, 1), (120, 2), (140, 3), (160, 4), (179, 4), (180, 5), (200, 5), (205, 5)],
)
def test_a_zone_of_edwards_begins_with_its_lower_end(bpm, weight):
    assert edwards_trimp([(bpm, 60)], 200) == weight


@pytest.mark.parametrize(("bpm", "weight"), [(139, 1), (140, 2), (165, 2), (166, 3)])
def test_between_the_thresholds_a_minute_counts_twice(bpm, weight):
    assert lucia_trimp([(bpm, 60)], first_threshold_bpm=140, second_threshold_bpm=165) == weight


def test_an_hour_at_the_threshold_is_100_and_ninety_minutes_at_four_fifths_96():
    assert rtss(3600, graded_speed_mps=4.0, threshold_mps=4.0) == 100
    assert rtss(5400, graded_speed_mps=3.2, threshold_mps=4.0) == pytest.approx(96)


@pytest.mark.skipif(not ORACLES.is_file(), reason="the oracle files are not beside this repository")
def test_stress_scores_are_those_of_elevate():
    facts = json.loads(ORACLES.read_text())["elevate_stress_scores"]
    assert len(facts["hrss"]) == 2
    for told in facts["hrss"]:
        threshold = banister_trimp([(told["lthr"], 3600)], told["rest_hr"], told["max_hr"], MEN)
        assert int(heartrate_stress_score(told["trimp"], threshold)) == told["expected_floor"]
    for told in facts["rss"]:
        speeds = 1000 / told["gap_s_per_km"], 1000 / told["threshold_s_per_km"]
        assert rtss(told["moving_s"], *speeds) == told["expected"]


RUN = activity(moving_s=HALF_AN_HOUR, average_heartrate_bpm=150, rpe=5)
RATES_KNOWN = Profile(resting_heartrate_bpm=40, max_heartrate_bpm=200, sex="men")


def test_samples_count_before_the_mean():
    assert measured_heartrate(RUN, exposure((130, HALF_AN_HOUR))) == ((130, HALF_AN_HOUR),)
    assert measured_heartrate(RUN, None) == [(150, HALF_AN_HOUR)]


@pytest.mark.parametrize(("coverage", "is_missing"), [(0.74, True), (0.75, False)])
def test_a_heart_rate_measured_for_less_than_three_quarters_is_missing(coverage, is_missing):
    """Bad input 36."""
    held = exposure((130, 1_300), coverage=coverage)
    assert (measured_heartrate(RUN, held) is None) is is_missing
    assert (internal_loads([RUN], {RUN.key: held}, RATES_KNOWN) == {}) is is_missing


def test_what_was_not_measured_is_not_made_up():
    held = exposure((130, 1_440), coverage=0.8)
    assert internal_loads([RUN], {RUN.key: held}, RATES_KNOWN) == {RUN.key: 254}  # 24 of the 30 minutes


@pytest.mark.parametrize(
    ("sex", "expected"), [("men", 318), ("women", 371), (None, 318)], ids=["men", "women", "not told"]
)
def test_heart_rate_gives_ten_times_the_training_impulse_in_whole_units(sex, expected):
    profile = Profile(resting_heartrate_bpm=40, max_heartrate_bpm=200, sex=sex)
    assert internal_loads([RUN], {RUN.key: exposure((130, HALF_AN_HOUR))}, profile) == {RUN.key: expected}


@pytest.mark.parametrize(
    "profile",
    [Profile(), Profile(max_heartrate_bpm=200), Profile(resting_heartrate_bpm=40)],
    ids=["nothing told", "no resting rate", "no maximum"],
)
def test_without_both_rates_the_runners_own_rating_counts(profile):
    assert internal_loads([RUN], {RUN.key: exposure((130, HALF_AN_HOUR))}, profile) == {RUN.key: 150}


def test_a_rating_of_zero_is_a_rating():
    run = activity(moving_s=HALF_AN_HOUR, rpe=0)
    assert internal_loads([run], {}, Profile()) == {run.key: 0}


def test_one_method_serves_all_runs_of_a_runner():
    rated_only = activity("2026-03-03 07:00", moving_s=HALF_AN_HOUR, rpe=5)
    assert internal_loads([RUN, rated_only], {}, RATES_KNOWN).keys() == {RUN.key}


def test_a_run_that_cannot_be_told_is_absent():
    silent = activity("2026-03-04 07:00")
    assert internal_loads([silent], {}, RATES_KNOWN) == {}
    assert internal_loads([silent], {}, Profile()) == {}
