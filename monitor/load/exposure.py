"""Fast and uphill running, read from what is stored of a run's samples."""

import numpy as np

from monitor.load.windows import Array
from monitor.model import SPEED_STEP_MPS, Exposure

BEST_5K_FACTOR = 1.05


def fast_m(exposure: Exposure, fast_mps: float | None) -> float:
    """Metres at or above the fast speed; the bin that the speed falls into counts in full. [m]"""
    return _from_bin(exposure.speed_m, fast_mps)


def fast_uphill_m(exposure: Exposure, fast_mps: float | None) -> float:
    """Metres at grades of 4 % and more at a grade-adjusted speed at or above the fast speed. [m]

    NaN where the grade is unknown.
    """
    return float("nan") if exposure.uphill_m is None else _from_bin(exposure.uphill_m, fast_mps)


def uphill_m(exposure: Exposure) -> float:
    """Metres at grades of 4 % and more, at any speed. [m] NaN where the grade is unknown."""
    return float("nan") if exposure.uphill_m is None else float(sum(exposure.uphill_m))


def _from_bin(histogram: tuple[int, ...], speed_mps: float | None) -> float:
    if speed_mps is None:
        return float("nan")
    # A tenth more or less of rounding must not move a whole bin: 4.2 / 0.1 is 42.000000000000004 or 41.99999.
    first = int(np.floor(speed_mps / SPEED_STEP_MPS + 1e-9))
    return float(sum(histogram[first:]))


def speed_percentile(seconds: Array, share: float) -> float:
    """The speed below which *share* of the time was run, from a histogram of seconds. [m/s]

    The middle of the bin; NaN for an empty histogram.
    """
    total = seconds.sum()
    if not total:
        return float("nan")
    bin_ = int(np.searchsorted(np.cumsum(seconds), share * total))
    return (bin_ + 0.5) * SPEED_STEP_MPS
