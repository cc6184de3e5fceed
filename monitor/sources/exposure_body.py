"""What the body did during a run: steps, heart rate, and how both and the speed faded."""

import numpy as np

from monitor.load.windows import Array
from monitor.sources.exposure_seconds import Mask, Seconds
from monitor.sources.samples import both_feet

RUNNING_MPS = 1.5
CADENCES_SPM, HEART_RATES_BPM = (120.0, 240.0), (30.0, 230.0)
LOCK_SHARE, LOCK_ABOVE_SPM, LOCK_WITHIN = 0.8, 140.0, 1.0
FADE_AT_LEAST_S = 20 * 60
KNOWN_SHARE = 0.5  # of a third, for its mean to stand for it


def cadence(run: Seconds) -> Array:
    """Steps a minute of both feet where the runner runs; NaN where they walk, or where it is not plausible."""
    running = run.moving & (run.filtered_mps > RUNNING_MPS)
    return _within(both_feet(np.where(running, run.cadence_spm, np.nan)), CADENCES_SPM)


def heartrate(run: Seconds, cadence_spm: Array) -> Array:
    """Beats per minute of the moving seconds; NaN where it is not plausible.

    NaN throughout where the sensor has locked on to the steps: it then shows the cadence instead of the heart.
    """
    plausible = _within(np.where(run.moving, run.heartrate_bpm, np.nan), HEART_RATES_BPM)
    both = cadence_spm[~np.isnan(plausible)] > LOCK_ABOVE_SPM
    same = np.abs(plausible - cadence_spm)[~np.isnan(plausible)] <= LOCK_WITHIN
    locked = len(both) > 0 and (both & same).mean() > LOCK_SHARE
    return np.full(len(plausible), np.nan) if locked else plausible


def mean_of(values: Array, where: Mask) -> float | None:
    """The mean of the known *values* there; None where there is none."""
    known = values[where & ~np.isnan(values)]
    return round(float(known.mean()), 4) if len(known) else None


def fade(values: Array, moving: Mask) -> float | None:
    """The mean of the last third of the moving time / that of the first. [1]

    None for less than 20 min, or where *values* are unknown for more than half of a third.
    """
    if moving.sum() < FADE_AT_LEAST_S:
        return None
    third = int(moving.sum()) // 3
    first, last = values[moving][:third], values[moving][-third:]
    if min(np.isfinite(first).mean(), np.isfinite(last).mean()) < KNOWN_SHARE or not np.nanmean(first) > 0:
        return None
    return round(float(np.nanmean(last) / np.nanmean(first)), 4)


def beats(heartrate_bpm: Array) -> tuple[tuple[int, int], ...]:
    """(beats per minute, seconds), rising."""
    rates, lasted_s = np.unique(np.rint(heartrate_bpm[~np.isnan(heartrate_bpm)]), return_counts=True)
    return tuple((int(rate), int(time_s)) for rate, time_s in zip(rates, lasted_s, strict=True))


def _within(values: Array, limits: tuple[float, float]) -> Array:
    return np.where((values >= limits[0]) & (values <= limits[1]), values, np.nan)
