"""What a run contained, from samples whose answer is known."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.errors import BadRecord
from monitor.sources.exposure import exposure
from tests.sources.strava_world import recorded as recorded_answer
from tests.sources.watch import metres_from, only, outdoors, recorded, samples

SIX_TIMES_400 = ((800, 2.5), *((77, 5.2), (200, 2.0)) * 6, (400, 2.5))  # 77 s at 5.2 m/s are 400.4 m


def test_a_steady_run_is_one_bin_of_its_speed() -> None:
    found = outdoors(recorded((1000, 3.05)))
    assert (len(found.speed_m), found.speed_m[30], sum(found.speed_m)) == (31, 3050, 3050)
    assert (found.speed_s[30], sum(found.speed_s)) == (1000, 1000)


def test_a_speed_at_the_lower_end_of_a_bin_counts_in_it() -> None:
    assert len(outdoors(recorded((100, 4.2))).speed_m) == 43


def test_the_fast_metres_of_six_times_400_are_2400() -> None:
    assert metres_from(4.5, outdoors(recorded(*SIX_TIMES_400))) == pytest.approx(2400, rel=0.02)


def test_sampling_every_fifth_second_changes_no_total_by_much() -> None:
    dense, sparse = outdoors(recorded(*SIX_TIMES_400)), outdoors(recorded(*SIX_TIMES_400, every_s=5))
    assert metres_from(4.5, sparse) == pytest.approx(metres_from(4.5, dense), rel=0.03)
    assert sum(sparse.speed_m) == pytest.approx(sum(dense.speed_m), rel=0.001)


def test_uneven_sampling_is_made_even() -> None:
    kept = np.cumsum(np.tile([0, 1, 7, 3, 9], 100))  # seconds from one sample to the next; two of one moment, too
    found = exposure(only(samples(np.arange(2001) * 3.05), kept), indoors=True)
    assert (found.speed_s[30], sum(found.speed_s), sum(found.speed_m)) == (2000, 2000, 6100)


def test_a_gap_of_more_than_ten_seconds_is_a_pause_and_no_running() -> None:
    run = recorded((600, 3.0), (60, 0.0), (600, 3.0))
    found = exposure(only(run, np.r_[0:601, 660:1261]), indoors=True)
    assert (sum(found.speed_s), sum(found.speed_m)) == (1200, 3600)


def test_metres_covered_during_a_pause_are_not_run() -> None:
    run = recorded((600, 3.0), (60, 1.0), (600, 3.0))  # the watch was stopped, the runner walked on
    assert sum(exposure(only(run, np.r_[0:601, 660:1261]), indoors=True).speed_m) == 3600


def test_seconds_that_the_watch_calls_rest_are_no_running() -> None:
    moving = np.r_[np.full(601, True), np.full(60, False), np.full(600, True)]
    found = outdoors(recorded((600, 3.0), (60, 2.0), (600, 3.0), moving=moving))
    assert (sum(found.speed_s), sum(found.speed_m)) == (1200, 3600)


def test_standing_with_a_running_watch_is_no_running() -> None:
    assert sum(outdoors(recorded((600, 3.0), (300, 0.0), (600, 3.0))).speed_s) == pytest.approx(1200, abs=10)


def test_a_jump_of_the_receiver_is_refused() -> None:
    jump = np.append(np.zeros(500), np.full(501, 80.0))
    found = outdoors(samples(np.arange(1001) * 3.05 + jump))
    assert (sum(found.speed_m), found.sprint_m, len(found.speed_m)) == (3050, 0, 31)


def test_a_speed_reached_faster_than_anybody_can_is_refused() -> None:
    speed = np.full(1001, 3.05)
    speed[500:502] = 9.0
    found = outdoors(samples(np.arange(1001) * 3.05, speed_mps=speed))
    assert (len(found.speed_m), found.sprint_m) == (31, 0)


def test_the_devices_own_speed_is_believed_before_that_of_the_distance() -> None:
    jitter = np.tile([0.0, 2.0], 501)[:1001]  # a receiver that sees the runner two metres to and fro
    found = outdoors(samples(np.arange(1001) * 3.05 + jitter, speed_mps=np.full(1001, 3.05)))
    assert len(found.speed_m) == 31


def test_a_device_whose_speed_is_always_zero_has_none() -> None:
    assert sum(outdoors(samples(np.arange(601) * 3.0, speed_mps=np.zeros(601))).speed_m) == 1800


def test_a_treadmill_that_tells_only_a_speed_covers_that_speeds_metres() -> None:
    found = exposure(samples(np.full(601, np.nan), speed_mps=np.full(601, 3.0)), indoors=True)
    assert sum(found.speed_m) == 1800


def test_a_recording_without_distance_and_speed_says_nothing() -> None:
    with pytest.raises(BadRecord, match="no running"):
        outdoors(samples(np.full(601, np.nan)))


def test_samples_a_minute_apart_say_nothing_about_speeds() -> None:
    with pytest.raises(BadRecord, match="too far apart"):
        outdoors(recorded((3600, 3.0), every_s=60))


def test_two_samples_of_one_moment_count_once() -> None:
    found = exposure(only(recorded((100, 3.05)), np.r_[0:51, 50, 51:101]), indoors=True)
    assert sum(found.speed_m) == 305


def test_a_clock_that_jumps_by_twenty_years_is_a_pause_like_any_other() -> None:
    run = recorded((600, 3.0))
    late = np.r_[np.zeros(301), np.full(300, 20 * 365.25 * 86400)]
    assert sum(exposure(samples(run.distance_m, time_s=run.time_s + late), indoors=True).speed_s) == 599


@pytest.mark.parametrize("kept", [range(1), range(0, 3 * 86_400, 10)], ids=["one sample", "three days"])
def test_a_recording_without_length_or_of_days_is_no_run(kept: range) -> None:
    with pytest.raises(BadRecord, match="less than a second, or of more than two days"):
        outdoors(only(recorded((3 * 86_400, 2.0)), np.array(kept)))


nonsense = st.lists(st.floats(-1e9, 1e9) | st.floats(-5, 400) | st.just(np.nan), min_size=30, max_size=30)


@settings(deadline=None, max_examples=100)
@given(nonsense, nonsense, nonsense, nonsense, st.booleans())
def test_whatever_the_sensors_write_the_metres_are_run(
    speed: list[float], altitude: list[float], heart: list[float], steps: list[float], indoors: bool
) -> None:
    told = {"speed_mps": speed, "altitude_m": altitude, "heartrate_bpm": heart, "cadence_spm": steps}
    run = samples(np.arange(1500) * 3.05, **{name: np.array(values * 50) for name, values in told.items()})
    try:
        found = exposure(run, indoors=indoors)
    except BadRecord:  # the device's speeds say that the runner stood
        return
    assert 0 < sum(found.speed_m) <= 4572
    assert min((*found.speed_m, *(found.uphill_m or ()), *found.repetitions, found.sprint_m, found.climb_m or 0)) >= 0
    assert 0 <= found.heartrate_coverage <= 1


@settings(deadline=None, max_examples=60)
@given(st.lists(st.floats(0.0, 60.0), min_size=20, max_size=120), st.integers(1, 9))
def test_no_run_holds_more_metres_than_it_is_long(steps_m: list[float], every_s: int) -> None:
    distance_m = np.append(0.0, np.cumsum(np.append(np.full(60, 3.0), steps_m)))
    run = samples(distance_m, every_s)
    try:
        found = outdoors(run)
    except BadRecord:
        return
    assert sum(found.speed_m) <= 1.01 * run.distance_m[-1] + 1


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.tuples(st.integers(60, 300), st.floats(2.0, 6.0)), min_size=2, max_size=8),
    st.sampled_from([2, 5, 7]),
)
def test_the_rate_of_sampling_changes_no_distance_and_no_time(legs: list[tuple[int, float]], every_s: int) -> None:
    dense, sparse = outdoors(recorded(*legs)), outdoors(recorded(*legs, every_s=every_s))
    assert sum(sparse.speed_m) == pytest.approx(sum(dense.speed_m), rel=0.03)
    assert sum(sparse.speed_s) == pytest.approx(sum(dense.speed_s), rel=0.03)


def test_a_real_marathon_through_a_city_is_the_marathon_that_it_was() -> None:
    distance_m = np.array(recorded_answer("client__activity_streams__00")["body"]["distance"]["data"])
    found = outdoors(samples(distance_m))  # the times were not recorded: as if a sample a second
    assert sum(found.speed_m) == pytest.approx(42_195, rel=0.01)
    assert found.best_5k_s == pytest.approx(23 * 60, abs=60)
