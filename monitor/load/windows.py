"""Trailing windows over the last axis (days), the only place that knows bottleneck and scipy."""

import bottleneck as bn
import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]


def window_sum(daily: Array, days: int) -> Array:
    """Sum of the *days* days ending that day. [unit of *daily*]

    NaN where one of them is unknown. Whole numbers add up exactly.
    """
    if daily.shape[-1] < days:  # bottleneck refuses a window longer than the series
        return np.full(daily.shape, np.nan)
    return np.asarray(bn.move_sum(daily, days, min_count=days))


def longest_before(longest: Array, days: int) -> Array:
    """Largest value of the known days among the *days* days before that day, the day itself never among them.

    NaN where none of them is known.
    """
    before = shifted(longest, 1)
    window = min(days, before.shape[-1])
    return np.asarray(bn.move_max(before, window, min_count=1)) if window else before


def sum_before(daily: Array, days: int) -> Array:
    """Sum of the known days among the *days* days before that day, the day itself never among them.

    0 where none of them is known. [unit of *daily*]
    """
    out = np.zeros(daily.shape)
    if window := min(days, daily.shape[-1] - 1) if daily.shape[-1] else 0:
        known = np.where(np.isnan(daily), 0.0, daily)
        out[..., 1:] = bn.move_sum(known[..., :-1], window, min_count=1)
    return out


def shifted(daily: Array, days: int) -> Array:
    """The value of *days* days ago; NaN before the series began."""
    out = np.full(daily.shape, np.nan)
    if daily.shape[-1] > days:
        out[..., days:] = daily[..., : daily.shape[-1] - days]
    return out


def ratio(numerator: Array, denominator: Array) -> Array:
    """One division; NaN where the denominator is not above zero, never infinite."""
    with np.errstate(divide="ignore", invalid="ignore"):  # what is replaced; to leave it out takes three times as long
        return np.where(denominator > 0, numerator / denominator, np.nan)


def exponential_mean(daily: Array, weight: float, *, from_zero: bool) -> Array:
    """E[t] = weight·L[t] + (1 − weight)·E[t−1] over each stretch of known days; NaN on unknown days.

    A stretch starts from zero the day before it (*from_zero*), or from its first value.
    """
    from scipy.signal import lfilter  # more than a second to import, which most commands need not spend

    known = ~np.isnan(daily)
    starts = known.copy()
    starts[..., 1:] &= ~known[..., :-1]
    loads = np.where(known, daily, 0.0)
    if not from_zero:
        loads = np.where(starts, loads / weight, loads)
    means = lfilter([weight], [1.0, weight - 1.0], loads, axis=-1)
    if starts[..., 1:].any():
        means = means - _left_over(means, starts, weight)
    return np.where(known, means, np.nan)


def _left_over(means: Array, starts: npt.NDArray[np.bool_], weight: float) -> Array:
    """What an earlier stretch left at the start of a later one, which has decayed since like everything else."""
    index = np.arange(means.shape[-1])
    start = np.maximum.accumulate(np.where(starts, index, 0), axis=-1)
    at_start = np.take_along_axis(means, np.maximum(start - 1, 0), axis=-1) * (start > 0)
    return np.asarray(at_start * (1.0 - weight) ** (index - start + 1))


def days_known(daily: Array) -> Array:
    """How many days in a row are known, that day included."""
    return streak(~np.isnan(daily))


def streak(holds: npt.NDArray[np.bool_]) -> Array:
    """How many days in a row *holds* has been true, that day included; 0 where it is false."""
    index = np.arange(1, holds.shape[-1] + 1)
    last_false = np.maximum.accumulate(np.where(holds, 0, index), axis=-1)
    return (index - last_false).astype(np.float64)
