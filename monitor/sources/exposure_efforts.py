"""What was run fast: speeds as histograms, repetitions, sprints, the best 5 km."""

from collections.abc import Iterator
from typing import Literal

import numpy as np

from monitor.load.windows import Array
from monitor.model import SPEED_STEP_MPS
from monitor.sources.exposure_seconds import Mask, Seconds, running_median

MOST_BINS = 120
REPETITION_S = 20
SPRINT_MPS, SPRINT_S, SPRINT_FILTER_S = 5.5, 2, 3
BEST_M = 5_000.0

Histogram = tuple[int, ...]


def histograms(run: Seconds, speed_mps: Array, chosen: Mask) -> tuple[Histogram, Histogram]:
    """Metres and seconds by *speed_mps*, of the *chosen* seconds. Speeds beyond the last bin count in it."""
    bins = _bins(speed_mps[chosen])
    metres = np.bincount(bins, run.covered_m[chosen], MOST_BINS)
    # The running total is rounded, not each bin, so that the bins add up to the metres that were run.
    whole = np.diff(np.rint(np.cumsum(metres)), prepend=0.0)
    return _trimmed(whole), _trimmed(np.bincount(bins, minlength=MOST_BINS))


def repetitions(run: Seconds, speed_mps: Array) -> Histogram:
    """For each bin the stretches of 20 s and longer at or above its lower end, in the filtered *speed_mps*.

    The lowest bins hold the stretches between rests, the highest those of the fastest work. Between the two the number
    rises where one long stretch falls into several, so it does not only fall with the speed.
    """
    bins = _bins(np.where(run.moving, speed_mps, -1.0))
    counts = [sum(1 for _ in _stretches(bins >= n, REPETITION_S)) for n in range(int(bins.max()) + 1)]
    return _trimmed(np.array(counts))


def sprint_m(run: Seconds) -> int:
    """Metres at 5.5 m/s or faster, held for at least 2 s. A filter of 3 s lets no single sample pass for a sprint."""
    known = run.moving & ~np.isnan(run.speed_mps)
    fast = known & (running_median(run.speed_mps, SPRINT_FILTER_S) >= SPRINT_MPS)
    return round(sum(float(run.covered_m[stretch].sum()) for stretch in _stretches(fast, SPRINT_S)))


def best_5k_s(run: Seconds) -> int | None:
    """The shortest time in which 5 km were run, pauses included; None where the run is shorter.

    With a steady speed within each second, the best 5 km begin or end at the turn of a second.
    """
    at_s = np.append(run.elapsed_s[0] - 1.0, run.elapsed_s)
    way_m = np.round(np.append(0.0, np.cumsum(run.covered_m)), 3)
    from_here, to_here = way_m + BEST_M <= way_m[-1], way_m >= BEST_M
    if not from_here.any():
        return None
    forward = _reached(way_m[from_here] + BEST_M, way_m, at_s, "left") - at_s[from_here]
    backward = at_s[to_here] - _reached(way_m[to_here] - BEST_M, way_m, at_s, "right")
    return round(min(float(forward.min()), float(backward.min())))


def _reached(target_m: Array, way_m: Array, at_s: Array, side: Literal["left", "right"]) -> Array:
    """When *target_m* was passed: on arriving there ("left") or on leaving again ("right"), as people also stand."""
    after = np.clip(np.searchsorted(way_m, target_m, side=side), 1, len(way_m) - 1)
    share = (target_m - way_m[after - 1]) / np.maximum(way_m[after] - way_m[after - 1], 1e-9)
    return np.asarray(at_s[after - 1] + np.clip(share, 0.0, 1.0) * (at_s[after] - at_s[after - 1]))


def _stretches(holds: Mask, at_least: int) -> Iterator[slice]:
    """Where *holds* stays true for *at_least* seconds."""
    turns = np.flatnonzero(np.diff(np.concatenate(([False], holds, [False]))))
    return (slice(start, end) for start, end in turns.reshape(-1, 2).tolist() if end - start >= at_least)


def _bins(speed_mps: Array) -> np.typing.NDArray[np.intp]:
    # A hair is added because 4.2 / 0.1 is 41.99999… or 42.00000…1, and a rounding must not move a whole bin.
    return np.clip(np.floor(speed_mps / SPEED_STEP_MPS + 1e-9), -1, MOST_BINS - 1).astype(np.intp)


def _trimmed(bins: np.typing.NDArray[np.generic]) -> Histogram:
    return tuple(int(value) for value in np.trim_zeros(bins, "b").tolist())
