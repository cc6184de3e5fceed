"""Monotony, strain, week to week."""

import numpy as np
import pytest

from monitor.load.variation import monotony, strain, week_to_week
from tests.builders import history


@pytest.mark.parametrize(
    ("week", "expected"),
    [
        pytest.param([50, 0, 100, 50, 0, 150, 0], 0.8660, id="a mixed week"),
        pytest.param([0, 0, 0, 70, 0, 0, 0], 0.3780, id="one run a week"),
        pytest.param([940, 50, 1120, 180, 390, 50, 670], 1.1217, id="Foster 2001, table 5, loads as printed"),
        pytest.param([900, 50, 1120, 180, 600, 50, 880], 1.2100, id="the same week, exertion x minutes"),
    ],
)
def test_monotony_is_the_mean_over_the_sample_deviation(week, expected):
    assert monotony(np.array(week, dtype=float))[6] == pytest.approx(expected, abs=5e-5)


def test_strain_is_the_load_of_the_week_times_its_monotony():
    # Foster's printed strain of 4284 is 3400 x 1.26, though his printed loads give a monotony of 1.1217.
    week = np.array([940, 50, 1120, 180, 390, 50, 670], dtype=float)
    assert strain(week)[6] == pytest.approx(3400 * 1.1217, abs=0.2)


@pytest.mark.parametrize("distance_m", [0, 1, 10_549, 18_513])
def test_seven_equal_days_have_no_monotony_whatever_came_before(distance_m):
    daily = np.array([3_333, 12_345, 0, 7, *[distance_m] * 7], dtype=float)
    assert np.isnan(monotony(daily)[-1])
    assert np.isnan(strain(daily)[-1])


def test_a_week_is_compared_with_the_week_before():
    ratio = week_to_week(history("- 5 5 - 5 - 5   - 6 6 - 7 - 7").distance_m)
    assert ratio[13] == 1.3
    assert np.isnan(ratio[:13]).all()


def test_a_week_after_nothing_has_no_ratio():
    assert np.isnan(week_to_week(history("- " * 7 + "5 " * 7).distance_m)[13])
