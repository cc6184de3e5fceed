"""Steps a minute against the runner's own norm at that speed and on that slope."""

import numpy as np

from monitor.load.daily import History
from monitor.load.windows import Array, ratio, sum_before

NORM_DAYS, NORM_RUNS = 90, 15
LATEST_DAYS, LATEST_RUNS = 28, 3  # runs of long ago say nothing of how somebody runs now
# Runs all at one speed cannot tell what speed does: these pull the slopes to zero there, and hardly elsewhere. A mean
# cadence scatters by about 2 steps/min; it may change by some 10 for each m/s, and by 1 for each per cent of grade.
SPEED_PENALTY, GRADE_PENALTY = (2 / 10) ** 2, (2 / 100) ** 2


def cadence_drift(history: History) -> Array:
    """Mean `cadence_residual` of the latest 3 runs that have one. [1]

    NaN where the 28 days ending that day hold fewer of them, and on an unknown day.
    """
    return np.where(np.isnan(history.distance_m), np.nan, _mean_of_latest(cadence_residual(history)))


def cadence_residual(history: History) -> Array:
    """Cadence of the day's longest run / what the runs of the 90 days before let expect of it, − 1. [1]

    Expected by least squares, with a slight penalty on the slopes, of mean cadence on mean speed and mean grade.
    NaN on a day without a run or its cadence, and where the 90 days hold fewer than 15 such runs.
    """
    cadence, speed, grade = history.cadence_spm, history.cadence_mps, history.cadence_grade
    there = ~np.isnan(cadence + speed + grade)
    runs = _before(there.astype(float))
    enough = np.where(runs < NORM_RUNS, np.nan, runs)
    cadence, speed, grade = (np.where(there, series, 0.0) for series in (cadence, speed, grade))
    return np.where(there, ratio(cadence, _expected(cadence, speed, grade, enough)) - 1, np.nan)


def _expected(cadence: Array, speed: Array, grade: Array, runs: Array) -> Array:
    """The cadence at the day's speed and grade, by the normal equations of the runs of the 90 days before."""
    mean_cadence, mean_speed, mean_grade = (_before(series) / runs for series in (cadence, speed, grade))
    speeds = _before(speed**2) - runs * mean_speed**2 + SPEED_PENALTY
    grades = _before(grade**2) - runs * mean_grade**2 + GRADE_PENALTY
    both = _before(speed * grade) - runs * mean_speed * mean_grade
    with_speed = _before(speed * cadence) - runs * mean_speed * mean_cadence
    with_grade = _before(grade * cadence) - runs * mean_grade * mean_cadence
    determinant = speeds * grades - both**2
    per_speed = (grades * with_speed - both * with_grade) / determinant
    per_grade = (speeds * with_grade - both * with_speed) / determinant
    return mean_cadence + per_speed * (speed - mean_speed) + per_grade * (grade - mean_grade)


def _before(series: Array) -> Array:
    return sum_before(series, NORM_DAYS)


def _mean_of_latest(values: Array) -> Array:
    """Mean of the latest 3 values that are there; NaN where the first of them is 28 days old, or there are fewer."""
    index = np.arange(values.shape[-1])
    latest = np.maximum.accumulate(np.where(np.isnan(values), -1, index), axis=-1)
    at, total = latest, _at(values, latest)
    for _ in range(LATEST_RUNS - 1):
        at = np.where(at > 0, np.take_along_axis(latest, np.maximum(at - 1, 0), axis=-1), -1)
        total = total + _at(values, at)
    return np.where(index - at < LATEST_DAYS, total / LATEST_RUNS, np.nan)


def _at(values: Array, index: np.ndarray[tuple[int, ...], np.dtype[np.intp]]) -> Array:
    return np.where(index < 0, np.nan, np.take_along_axis(values, np.maximum(index, 0), axis=-1))
