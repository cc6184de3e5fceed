"""R4b: a fuller week with every day alike."""

import numpy as np
import pytest

from monitor.model import Level
from monitor.rules.monotonous_week import RULE
from tests.builders import history

QUIET = "6 - 6 - 6 - - " * 3
ALIKE = "10 9 10 - 10 9 10"


def measure(log: str) -> float:
    return float(RULE.measure(history(log))[-1])


def test_a_fuller_week_of_days_alike_is_noted():
    assert measure(QUIET + ALIKE) > 2.0


@pytest.mark.parametrize(
    "log",
    [
        pytest.param((ALIKE + " ") * 4, id="a runner who always runs so"),
        pytest.param(QUIET + "20 - 5 - 20 - 5", id="a fuller week with hard and easy days"),
        pytest.param("- " * 28, id="a month of rest"),
        pytest.param(QUIET + "8 " * 7, id="seven days the same to the metre: monotony has no value"),
    ],
)
def test_other_weeks_are_not(log):
    assert RULE.level(measure(log)) is Level.OK
    assert not np.isnan(measure(log))


def test_a_fuller_week_starts_at_six_fifths_of_the_mean_week():
    # 7 × 9 km in the last week against 21 × 7 km before: 63 / 52.5 = 1.2 exactly.
    weeks = "7 " * 21 + "9.1 9 8.9 9 9 9.1 8.9"
    assert measure(weeks) > 2.0
    assert measure(weeks.removesuffix("8.9") + "8.899") == 0


def test_without_28_known_days_nothing_can_be_said():
    assert np.isnan(measure(ALIKE))
