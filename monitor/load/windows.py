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


def shifted(daily: Array, days: int) -> Array:
    """The value of *days* days ago; NaN before the series began."""
    out = np.full(daily.shape, np.nan)
    if daily.shape[-1] > days:
        out[..., days:] = daily[..., : daily.shape[-1] - days]
    return out


def ratio(numerator: Array, denominator: Array) -> Array:
    """One division; NaN where the denominator is not above zero, never infinite."""
    out = np.full(np.broadcast_shapes(numerator.shape, denominator.shape), np.nan)
    return np.asarray(np.divide(numerator, denominator, out=out, where=denominator > 0))


def exponential_mean(daily: Array, weight: float, *, from_zero: bool) -> Array:
    """E[t] = weight·L[t] + (1 − weight)·E[t−1] over each stretch of known days; NaN on unknown days.

    A stretch starts from zero the day before it (*from_zero*), or from its first value.
    """
    from scipy.signal import lfilter  # more than a second to import, which most commands need not spend

    known = ~np.isnan(daily)
    starts = known & ~(shifted(known.astype(float), 1) == 1)
    loads = np.where(known, daily, 0.0)
    if not from_zero:
        loads = np.where(starts, loads / weight, loads)
    means = lfilter([weight], [1.0, weight - 1.0], loads, axis=-1)
    # What an earlier stretch left over at the start of a later one has decayed like everything else: take it out.
    index = np.arange(daily.shape[-1])
    start = np.maximum.accumulate(np.where(starts, index, 0), axis=-1)
    left_over = np.take_along_axis(means, np.maximum(start - 1, 0), axis=-1) * (start > 0)
    means = means - left_over * (1.0 - weight) ** (index - start + 1)
    return np.where(known, means, np.nan)


def days_known(daily: Array) -> Array:
    """How many days in a row are known, that day included."""
    return streak(~np.isnan(daily))


def streak(holds: npt.NDArray[np.bool_]) -> Array:
    """How many days in a row *holds* has been true, that day included; 0 where it is false."""
    index = np.arange(1, holds.shape[-1] + 1)
    last_false = np.maximum.accumulate(np.where(holds, 0, index), axis=-1)
    return (index - last_false).astype(np.float64)
