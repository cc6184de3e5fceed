"""How fast is fast for this runner: learned from what they ran, or set by them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import zip_longest

import numpy as np

from monitor.load.exposure import BEST_5K_FACTOR, speed_percentile
from monitor.model import Exposure

LEARNED_FROM = timedelta(days=365)
FASTEST_5K_S = 755  # the world record: what is faster was not run
TOP_SHARE = 0.98

Dated = Sequence[tuple[date, Exposure]]  # the day of a run and what its samples held, in any order


@dataclass(frozen=True, slots=True)
class FastSpeed:
    """The speed from which running is fast for a runner, and where that came from."""

    mps: float
    origin: str  # "set" or "learned"
    days: int  # from the first run that had samples to the day asked about, at most 365; 0 without any
    best_5k_s: int | None  # fastest 5 km of those days


def fast_speed(exposures_by_day: Dated, day: date, set_mps: float | None) -> FastSpeed | None:
    """The larger of 1.05 × the best 5 km speed of the 365 days up to and including *day*, and *set_mps*. [m/s]

    Runs after *day* do not count, nor does a 5 km faster than the world record. None where neither speed is known.
    The factor is a default of this project, not of a study: fast means faster than the runner can hold for 5 km.
    """
    recent = list(_recent(exposures_by_day, day))
    days = (day - min(on for on, _ in recent)).days + 1 if recent else 0
    run_5k_s = [run.best_5k_s for _, run in recent if run.best_5k_s and run.best_5k_s >= FASTEST_5K_S]
    best_5k_s = min(run_5k_s, default=None)
    learned_mps = BEST_5K_FACTOR * 5_000 / best_5k_s if best_5k_s else 0.0
    if set_mps and set_mps > learned_mps:
        return FastSpeed(set_mps, "set", days, best_5k_s)
    return FastSpeed(learned_mps, "learned", days, best_5k_s) if best_5k_s else None


def reference_speed(exposures_by_day: Dated, day: date) -> float:
    """The speed that 98 % of the running time of the 365 days up to and including *day* stayed below. [m/s]

    Of the 10-s filtered speed. Distance runners rarely reach their top speed, so this stands in for it.
    NaN without samples.
    """
    histograms = [run.speed_s for _, run in _recent(exposures_by_day, day)]
    seconds = [sum(bins) for bins in zip_longest(*histograms, fillvalue=0)]
    return speed_percentile(np.array(seconds, dtype=float), TOP_SHARE)


def _recent(exposures_by_day: Dated, day: date) -> Iterator[tuple[date, Exposure]]:
    return ((on, run) for on, run in exposures_by_day if timedelta(0) <= day - on < LEARNED_FROM)
