"""Grade, climb and descent of hills whose answer is known."""

import numpy as np
import pytest

from monitor.sources.exposure import exposure
from tests.sources.watch import outdoors, recorded, samples

FLAT = (400, 3.0)


def noise(samples: int, metres: float) -> np.typing.NDArray[np.float64]:
    return np.random.default_rng(7).normal(0.0, metres, samples)


def test_a_hill_of_six_percent_is_that_many_metres_uphill_at_its_adjusted_speed() -> None:
    found = outdoors(recorded(FLAT, (200, 3.0, 0.06), FLAT, (200, 3.0, -0.06)))
    assert found.uphill_m is not None
    assert sum(found.uphill_m) == pytest.approx(600, rel=0.05)
    assert np.argmax(found.uphill_m) == 41  # 3.0 m/s × 1.369, the cost of 6 % / that of the flat


def test_a_slope_of_three_percent_is_not_uphill() -> None:
    found = outdoors(recorded(FLAT, (200, 3.0, 0.03), FLAT))
    assert (found.uphill_m, found.uphill_s) == ((), ())


def test_downhill_is_not_uphill() -> None:
    assert outdoors(recorded(FLAT, (200, 3.0, -0.10), FLAT)).uphill_m == ()


def test_a_hill_is_climbed_once_up_and_once_down() -> None:
    found = outdoors(recorded(FLAT, (200, 3.0, 0.06), FLAT, (200, 3.0, -0.06), FLAT))
    assert (found.climb_m, found.descent_m) == (36, 36)


def test_the_climbs_of_five_hills_add_up() -> None:
    found = outdoors(recorded(FLAT, *((60, 3.0, 0.06), (90, 3.0, -0.04)) * 5, FLAT))
    assert found.climb_m == pytest.approx(54, rel=0.1)  # smoothing takes a little off every top


@pytest.mark.parametrize("metres", [0.2, 1.0])
def test_an_unsteady_altimeter_on_the_flat_climbs_nothing(metres: float) -> None:
    found = outdoors(samples(np.arange(3601) * 3.0, altitude_m=50.0 + noise(3601, metres)))
    assert found.uphill_m is not None
    assert (found.climb_m, found.descent_m) == (0, 0)
    assert sum(found.uphill_m) < 0.01 * sum(found.speed_m)


def test_an_altitude_in_whole_metres_has_no_steps_of_four_percent() -> None:
    gentle = np.floor(100.0 + np.arange(3601) * 3.0 * 0.01)
    assert outdoors(samples(np.arange(3601) * 3.0, altitude_m=gentle)).uphill_m == ()


def test_a_jump_of_the_altimeter_is_no_climb() -> None:
    altitude_m = np.where(np.arange(1001) < 30, 0.0, 350.0)  # it had not found its height at the start
    found = outdoors(samples(np.arange(1001) * 3.0, altitude_m=altitude_m))
    assert (found.climb_m, found.uphill_m) == (0, ())


def test_a_slope_that_is_walked_up_is_climbed_however_steep() -> None:
    found = outdoors(recorded(FLAT, (1_000, 0.8, 0.6), FLAT))  # a vertical race: half a metre up a second
    assert found.climb_m == pytest.approx(480, rel=0.03)


def test_a_treadmill_has_no_hills_whatever_its_altitude() -> None:
    found = exposure(recorded(FLAT, (200, 3.0, 0.06)), indoors=True)
    assert (found.uphill_m, found.uphill_s, found.climb_m, found.descent_m) == (None, None, None, None)


@pytest.mark.parametrize(
    "altitude_m",
    [None, np.full(601, np.nan), np.zeros(601), np.r_[np.full(400, 50.0), np.full(201, np.nan)]],
    ids=["no altitude", "all missing", "zeros of a watch without an altimeter", "a third missing"],
)
def test_without_an_altitude_the_hills_are_unknown(altitude_m: object) -> None:
    found = outdoors(samples(np.arange(601) * 3.0, altitude_m=altitude_m))
    assert (found.uphill_m, found.climb_m) == (None, None)


def test_an_uphill_run_at_a_steady_effort_does_not_fade() -> None:
    found = outdoors(recorded((1200, 3.0), (1200, 3.0 / 1.3014, 0.05)))  # 5 % costs 1.3014 times as much
    assert found.pace_fade == pytest.approx(1.0, abs=0.01)


def test_fast_legs_down_a_hill_are_no_fast_running() -> None:
    down = outdoors(recorded(FLAT, (400, 4.5, -0.08), FLAT))
    assert sum(down.speed_m[45:]) < 100  # the turn from the flat
    assert sum(down.speed_m) == pytest.approx(4_200, rel=0.01)
    assert sum(outdoors(recorded(FLAT, (400, 4.5), FLAT)).speed_m[45:]) == pytest.approx(1_800, rel=0.02)
