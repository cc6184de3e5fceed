"""What was left of a run's form in its last third."""

import numpy as np

from monitor.load.daily import History
from monitor.load.windows import Array

STEADY_PERCENT = 5  # a heart rate further off tells of another effort, not of fading


def fade(history: History) -> Array:
    """How far cadence or pace fell from the first to the last third of the day's longest run. [%]

    The larger of the two, at a heart rate that stayed within 5 %; 0 where neither fell, or the heart rate did not
    stay. NaN without a run, its heart rate, or both cadence and pace.
    """
    kept = np.fmin(history.cadence_fade, history.pace_fade)
    fell = np.maximum(100 - 100 * kept, 0)
    heartrate_change = np.abs(100 * history.heartrate_fade - 100)
    steady = np.where(np.isnan(heartrate_change), np.nan, heartrate_change <= STEADY_PERCENT)
    return np.asarray(fell * steady)
