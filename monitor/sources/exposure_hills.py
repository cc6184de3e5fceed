"""The ground under a run: grade, climb and descent from an altitude that is never quite steady."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from monitor.load.windows import Array
from monitor.sources.exposure_seconds import Seconds

STEP_M = 5.0
SMOOTHED_STEPS = 3  # to either side, so over 35 m
RISE_STEPS = 2  # to either side, so a grade is that of 20 m
FASTEST_RISE_MPS, FASTEST_FALL_MPS = 1.5, 2.5  # nobody climbs half as fast for long; down, a steep descent at speed
HYSTERESIS_M = 3.0  # a smaller rise or fall may be the altimeter's
ALTITUDE_KNOWN = 0.9  # share of the moving time

Index = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class Hills:
    """The grade of each second [rise / run], and what all rises and all falls come to [m]."""

    grade: Array
    climb_m: int
    descent_m: int


def hills(run: Seconds) -> Hills | None:
    """None where the altitude of more than a tenth of the run is unknown."""
    known = run.moving & np.isfinite(run.altitude_m)
    # A device without an altimeter may write zeros.
    if known.sum() < ALTITUDE_KNOWN * run.moving.sum() or not run.altitude_m[known].any():
        return None
    along_m = np.cumsum(run.covered_m)
    places = np.arange(0.0, along_m[-1] + STEP_M, STEP_M)
    profile = _smoothed(np.interp(places, along_m[known], run.altitude_m[known]))
    grade = _grade(profile)
    rising_mps = grade * np.interp(places, along_m[known], run.filtered_mps[known])
    wall = (rising_mps > FASTEST_RISE_MPS) | (rising_mps < -FASTEST_FALL_MPS)  # the altimeter's: taken for flat ground
    rises = np.diff(profile, prepend=profile[:1])
    climb_m, descent_m = climb_and_descent(np.cumsum(np.where(wall, 0.0, rises)))
    return Hills(np.interp(along_m, places, np.where(wall, 0.0, grade)), round(climb_m), round(descent_m))


def climb_and_descent(altitude_m: Array) -> tuple[float, float]:
    """The sums of all rises and of all falls of at least 3 m; what is less between two turns is noise. [m]"""
    turns = [float(altitude_m[0])] * 2
    for height in altitude_m.tolist():
        if (height - turns[-1]) * (turns[-1] - turns[-2]) >= 0:
            turns[-1] = height
        elif abs(height - turns[-1]) >= HYSTERESIS_M:
            turns.append(height)
    legs = np.diff(turns)
    return float(legs[legs >= HYSTERESIS_M].sum()), float(-legs[legs <= -HYSTERESIS_M].sum())


def _smoothed(profile: Array) -> Array:
    """The mean of the 35 m around each place, of fewer at the ends."""
    first, last = _around(len(profile), SMOOTHED_STEPS)
    total = np.append(0.0, np.cumsum(profile))
    return np.asarray((total[last + 1] - total[first]) / (last + 1 - first))


def _grade(profile: Array) -> Array:
    first, last = _around(len(profile), RISE_STEPS)
    return np.asarray((profile[last] - profile[first]) / ((last - first) * STEP_M))


def _around(places: int, steps: int) -> tuple[Index, Index]:
    """For each place the first and the last one within *steps* of it."""
    place = np.arange(places)
    return np.maximum(place - steps, 0), np.minimum(place + steps, places - 1)
