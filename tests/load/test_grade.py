"""Grade cost against what Minetti and colleagues measured, not against the formula itself."""

import json
from pathlib import Path

import numpy as np
import pytest

from monitor.load.grade import grade_adjusted_speed, grade_cost

# Minetti et al. 2002, abstract: measured cost on a treadmill, mean and standard deviation [J/kg/m].
MEASURED = [(-0.45, 3.92, 0.81), (-0.20, 1.73, 0.36), (0.0, 3.40, 0.24), (0.45, 18.93, 1.74)]
# The published polynomial relative to the flat, worked out by hand.
RELATIVE = [(-0.20, 0.5000), (-0.10, 0.5977), (0.02, 1.1134), (0.05, 1.3014), (0.10, 1.6578), (0.45, 5.3961)]


@pytest.mark.parametrize(("grade", "mean", "deviation"), MEASURED)
def test_the_cost_of_a_grade_is_what_was_measured_within_one_standard_deviation(
    grade: float, mean: float, deviation: float
) -> None:
    assert float(grade_cost(grade)) == pytest.approx(mean, abs=deviation)


def test_the_points_here_are_those_of_the_oracle() -> None:
    file = Path(__file__).parents[2] / "../shared/data/oracles/oracles.json"
    if not file.exists():
        pytest.skip("the oracles are not here")
    points = json.loads(file.read_bytes())["minetti2002_measured_cost"]["points"]
    assert [tuple(point) for point in points] == MEASURED


def test_a_descent_of_a_fifth_is_the_cheapest_way_to_run() -> None:
    grades = np.linspace(-0.45, 0.45, 901)
    assert grades[np.argmin(grade_cost(grades))] == pytest.approx(-0.2, abs=0.02)


@pytest.mark.parametrize(("grade", "times_the_flat"), RELATIVE)
def test_a_speed_uphill_counts_as_the_faster_one_that_costs_the_same_on_the_flat(
    grade: float, times_the_flat: float
) -> None:
    assert float(grade_adjusted_speed(3.0, grade)) == pytest.approx(3.0 * times_the_flat, rel=2e-4)


def test_on_the_flat_a_speed_is_itself() -> None:
    assert grade_adjusted_speed([2.5, 4.0], [0.0, 0.0]).tolist() == [2.5, 4.0]


def test_beyond_what_was_measured_a_grade_costs_as_much_as_the_steepest_one() -> None:
    assert grade_cost([0.6, -0.6]).tolist() == grade_cost([0.45, -0.45]).tolist()


def test_an_unknown_grade_has_an_unknown_cost() -> None:
    assert np.isnan(grade_cost(np.nan))
