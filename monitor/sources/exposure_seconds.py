"""Samples become seconds: evenly spaced, without the pauses, without speeds that nobody runs."""

from dataclasses import dataclass, fields, replace

import numpy as np
import numpy.typing as npt

from monitor.errors import BadRecord
from monitor.load.windows import Array
from monitor.sources.samples import Samples

Mask = npt.NDArray[np.bool_]

LONGEST_GAP_S = 10.0  # with a longer one nobody can say what the runner did
FASTEST_MPS = 12.0
HARDEST_ACCELERATION = 5.0  # m/s²
STANDING_MPS = 0.5
FILTER_S = 11  # five seconds to either side: a filter of 10 s
LONGEST_S = 48 * 3600  # twice the longest race by time
TOLD_AT_LEAST = 0.75  # share of the distance that the samples must tell of


@dataclass(frozen=True, slots=True, eq=False)
class Seconds:
    """A run second by second. A pause, however long, is one second in which nothing is known.

    Arrays of equal length; NaN where a second lacks the value.
    """

    elapsed_s: Array  # at the end of the second, pauses included
    covered_m: Array  # in the second; 0 where unknown
    speed_mps: Array
    filtered_mps: Array  # the middle of the 10 s around it
    moving: Mask
    altitude_m: Array
    heartrate_bpm: Array
    cadence_spm: Array


def seconds(samples: Samples) -> Seconds:
    """The seconds of a run. BadRecord where the samples tell too little of it to say what it contained."""
    samples = _one_a_moment(samples)
    _refuse_too_few(samples)
    clock, paused_s = _moving_clock(samples)
    edges = np.arange(int(clock[-1] + 1e-6) + 1.0)
    pause = np.diff(np.interp(edges, clock, paused_s)) > 0

    def told(values: Array | None) -> Array:
        return np.full(len(edges), np.nan) if values is None else _at(edges, clock, values)

    covered_m = _possible(np.diff(told(samples.distance_m)))
    by_distance = _believable(covered_m, edges[1:])
    speed_mps = np.where(pause, np.nan, _first_known(told(_device_speed(samples))[1:], by_distance))
    filtered_mps = np.where(pause, np.nan, running_median(speed_mps, FILTER_S))
    if not (filtered_mps >= STANDING_MPS).any():
        raise BadRecord("its samples show no running")
    return Seconds(
        elapsed_s=np.interp(edges, clock, samples.time_s)[1:],
        covered_m=np.where(pause, 0.0, np.nan_to_num(_first_known(covered_m, filtered_mps))),
        speed_mps=speed_mps,
        filtered_mps=filtered_mps,
        moving=filtered_mps >= STANDING_MPS,
        altitude_m=told(samples.altitude_m)[1:],
        heartrate_bpm=told(samples.heartrate_bpm)[1:],
        cadence_spm=told(samples.cadence_spm)[1:],
    )


def running_median(values: Array, width: int) -> Array:
    """The middle of the *width* (odd) values around each one, unknown ones left out. NaN where all are unknown."""
    padded = np.pad(values, width // 2, constant_values=np.nan)
    ordered = np.sort(np.lib.stride_tricks.sliding_window_view(padded, width), axis=-1)  # NaN comes last
    known = np.count_nonzero(~np.isnan(ordered), axis=-1)
    middle = np.stack(((known - 1) // 2, known // 2), axis=-1)
    return np.asarray(np.take_along_axis(ordered, middle, axis=-1).mean(axis=-1))


def _one_a_moment(samples: Samples) -> Samples:
    last = np.append(np.diff(samples.time_s) > 0, True)
    given = {field.name: values for field in fields(samples) if (values := getattr(samples, field.name)) is not None}
    return replace(samples, **{name: values[last] for name, values in given.items()})


def _refuse_too_few(samples: Samples) -> None:
    """BadRecord where much of the way was run between samples that are too far apart to show its speeds."""
    known = np.isfinite(samples.distance_m)
    way_m, took_s = np.diff(samples.distance_m[known]), np.diff(samples.time_s[known])
    run = (way_m > took_s) & (way_m <= FASTEST_MPS * took_s)  # neither a rest nor a jump of the receiver
    untold_m = way_m[run & (took_s > LONGEST_GAP_S)].sum()
    if untold_m > (1 - TOLD_AT_LEAST) * way_m[run].sum():
        raise BadRecord("its samples are too far apart to show how it was run")


def _moving_clock(samples: Samples) -> tuple[Array, Array]:
    """For each sample the seconds that the run had taken, with one for each pause, and the pauses so far.

    BadRecord for a time that is no run's.
    """
    passed_s = np.diff(samples.time_s)
    paused = passed_s > LONGEST_GAP_S
    if samples.moving is not None:
        paused |= ~samples.moving[1:]
    begins = paused & ~np.append(False, paused[:-1])
    clock = np.append(0.0, np.cumsum(np.where(paused, begins, passed_s)))
    if not 1.0 <= clock[-1] <= LONGEST_S:
        raise BadRecord("its samples tell of less than a second, or of more than two days")
    return clock, np.append(0.0, np.cumsum(begins))


def _at(moments: Array, clock: Array, values: Array) -> Array:
    """The values at *moments*; NaN in a hole of more than 10 s."""
    known = np.isfinite(values)
    if not known.any():
        return np.full(len(moments), np.nan)
    at = clock[known]
    before = at[np.maximum(np.searchsorted(at, moments, side="right") - 1, 0)]
    after = at[np.minimum(np.searchsorted(at, moments, side="left"), len(at) - 1)]
    hole_s = np.maximum(after - before, np.abs(moments - before))
    return np.where(hole_s > LONGEST_GAP_S, np.nan, np.interp(moments, at, values[known]))


def _device_speed(samples: Samples) -> Array | None:
    if samples.speed_mps is None or not (samples.speed_mps > 0.0).any():
        return None
    return _believable(samples.speed_mps, samples.time_s)


def _believable(speed_mps: Array, at_s: Array) -> Array:
    """NaN for a speed that nobody runs, and on both sides of a change that nobody can make."""
    sharp = np.abs(np.diff(speed_mps)) > HARDEST_ACCELERATION * np.diff(at_s)
    return np.where(np.append(False, sharp) | np.append(sharp, False), np.nan, _possible(speed_mps))


def _possible(speed_mps: Array) -> Array:
    return np.where((speed_mps >= 0.0) & (speed_mps <= FASTEST_MPS), speed_mps, np.nan)


def _first_known(values: Array, otherwise: Array) -> Array:
    return np.where(np.isnan(values), otherwise, values)
