"""Rest: too little of it in a row, or so much that running starts anew."""

import numpy as np
import numpy.typing as npt

from monitor.load.daily import History, remembered
from monitor.load.windows import Array, longest_before, shifted, streak

LAYOFF_DAYS = 10  # as long a gap is no longer rest between runs
BACK_DAYS = 21  # how long a comeback lasts


def days_without_rest(history: History) -> Array:
    """Running days in a row, that day included. [days]

    0 on a day of rest, NaN on an unknown day; an unknown day ends the row.
    """
    return _where_known(streak(_ran(history)), history)


@remembered
def days_resting(history: History) -> Array:
    """Known days without running in a row, that day included. [days]

    0 on a day with a run, NaN on an unknown day; an unknown day ends the row.
    """
    return _where_known(streak(_known(history) & ~_ran(history)), history)


def gap_before_return(history: History) -> Array:
    """Known days without running that the day's run ended. [days]

    0 on every other known day, NaN on an unknown day.
    """
    gap = np.nan_to_num(shifted(days_resting(history), 1))
    return _where_known(np.where(_ran(history), gap, 0.0), history)


@remembered
def layoff(history: History) -> Array:
    """The longest gap that a run ended on one of the 21 days up to that day. [days]

    It says from what break the runner is just returning: 0 after three weeks back, and during the break itself.
    NaN on an unknown day.
    """
    gap = gap_before_return(history)
    return _where_known(np.fmax(gap, longest_before(gap, BACK_DAYS - 1)), history)


def _ran(history: History) -> npt.NDArray[np.bool_]:
    # A run whose distance cannot be used was still a run.
    return (history.runs > 0) | (history.unusable_runs > 0)


def _known(history: History) -> npt.NDArray[np.bool_]:
    return ~np.isnan(history.distance_m)


def _where_known(measure: Array, history: History) -> Array:
    return np.where(_known(history), measure, np.nan)
