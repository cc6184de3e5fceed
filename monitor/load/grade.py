"""What a slope costs: speeds on hills, told as speeds on the flat."""

import numpy as np
import numpy.typing as npt

from monitor.load.windows import Array

STEEPEST_MEASURED = 0.45
COST = (155.4, -30.4, -43.3, 46.3, 19.5, 3.6)  # of grade⁵ … grade⁰


def grade_cost(grade: npt.ArrayLike) -> Array:
    """Energy that running takes on a slope. [J per kg and metre]

    *grade* is rise / run: 0.06 climbs 6 %, −0.06 descends as much. Cheapest near −0.2, dearer again below it. Grades
    beyond ±0.45, the steepest that was measured, cost what ±0.45 does; NaN where the grade is NaN.
    Source: Minetti et al. 2002, J Appl Physiol 93:1039, doi:10.1152/japplphysiol.01177.2001.
    """
    measured = np.clip(np.asarray(grade, dtype=np.float64), -STEEPEST_MEASURED, STEEPEST_MEASURED)
    return np.asarray(np.polyval(COST, measured), dtype=np.float64)


def grade_adjusted_speed(speed_mps: npt.ArrayLike, grade: npt.ArrayLike) -> Array:
    """The speed on the flat that would cost as much per second. [m/s]

    Hamwatch's own, from `grade_cost`; Strava's "grade adjusted pace" follows another model, so the two differ.
    The air, the ground and the skill of running downhill are not in it.
    """
    return np.asarray(speed_mps, dtype=np.float64) * grade_cost(grade) / grade_cost(0.0)
