"""Which days were hard for the runner, and how long ago the last such day began."""

import numpy as np
import numpy.typing as npt

from monitor.load.daily import History, remembered
from monitor.load.spikes import session_spike
from monitor.load.windows import Array, sum_before, window_sum

FAST_M, OFTEN_DAYS = 800, 28
LONG = 1.30  # × the longest run of the 30 days before
OWN_DAYS, FEWEST_LOADS, HARDEST_SHARE = 90, 15, 0.2


@remembered
def hard_days(history: History) -> Array:
    """1 on a hard day, 0 on any other, NaN where the fast running is unknown and nothing else made the day hard.

    Hard: a run called a race or a workout, 800 m or more of fast running, an internal load in the upper fifth of the
    runner's own 90 days, or a longest run beyond 1.30 × the longest of 30 days. A day without an internal load is
    judged by the rest. What is hard is a definition of this project.
    """
    marked = (history.hard_marked > 0) | (session_spike(history) > LONG) | among_hardest(history.internal_load)
    hard = marked | fast_days(history)
    return np.where(np.isnan(history.distance_m) | (np.isnan(history.fast_m) & ~hard), np.nan, hard)


def fast_days(history: History) -> npt.NDArray[np.bool_]:
    """Days with 800 m or more of fast running.

    None where more than half of the running days of 28 were like that: then the fast speed is too low to tell hard
    from easy, as for somebody who runs all their 5 km on hills.
    """
    fast = history.fast_m >= FAST_M
    often, running = (window_sum(each.astype(np.float64), OFTEN_DAYS) for each in (fast, history.runs > 0))
    return fast & ~(2 * often > running)


def among_hardest(daily: Array) -> npt.NDArray[np.bool_]:
    """Where at most a fifth of the earlier loads of the 90 days ending that day were as large as the day's own.

    Days of rest and unknown loads are left out. False with fewer than 15 earlier loads.
    """
    # Days first and half as wide: the runners of a day lie side by side, and whole numbers lose nothing.
    loads = np.ascontiguousarray(np.where(daily > 0, daily, np.nan).T, dtype=np.float32)
    counts = np.zeros(loads.shape, dtype=np.uint8)
    for days_ago in range(1, min(OWN_DAYS, len(loads))):
        counts[days_ago:] += (loads[:-days_ago] >= loads[days_ago:]).view(np.uint8)  # no conversion
    as_large = counts.T
    earlier = sum_before((daily > 0).astype(np.float64), OWN_DAYS - 1)
    return (daily > 0) & (earlier >= FEWEST_LOADS) & (as_large <= HARDEST_SHARE * earlier)


def hours_since_hard(history: History) -> Array:
    """From the start of the last hard day's longest run to the start of the day's own. [whole hours]

    To the nearest hour, because nobody starts to the minute. Whole days where one of the two hours is unknown.
    NaN where no earlier day is known to have been hard.
    """
    return hours_since(hard_days(history), history.start_h)


def hours_since(hard: Array, start_h: Array) -> Array:
    """`hours_since_hard` of what `hard_days` gave. [whole hours]"""
    before = _last_before(hard == 1)
    started_h = np.take_along_axis(start_h, np.maximum(before, 0), axis=-1) if before.size else start_h
    later_h = np.nan_to_num(start_h - started_h)
    return np.where(before < 0, np.nan, np.rint(24 * _days_since(before) + later_h))


def days_since_race(history: History) -> Array:
    """Days since the last race before that day. [days] NaN where none is known."""
    before = _last_before(history.race > 0)
    return np.where(before < 0, np.nan, _days_since(before))


def _last_before(holds: npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
    """Position of the last day before each day on which it *holds*; -1 where there is none."""
    last = np.maximum.accumulate(np.where(holds, np.arange(holds.shape[-1]), -1), axis=-1)
    return np.concatenate([np.full((*holds.shape[:-1], 1), -1), last], axis=-1)[..., :-1]


def _days_since(position: npt.NDArray[np.int64]) -> Array:
    return (np.arange(position.shape[-1]) - position).astype(np.float64)
