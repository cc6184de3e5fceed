"""How fast is fast for this runner: learned from what they ran, or set by them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import zip_longest

import numpy as np

from monitor.load.exposure import BEST_5K_FACTOR, speed_percentile
from monitor.model import Exposure

LEARNED_FROM = timedelta(days=365)
FASTEST_5K_S = 755  # the world record: what is faster was not run
USUAL_FACTOR = 1.15

Dated = Sequence[tuple[date, Exposure]]  # the day of a run and what its samples held, in any order


@dataclass(frozen=True, slots=True)
class FastSpeed:
    """The speed from which running is fast for a runner, and where that came from."""

    mps: float
    origin: str  # "set", "learned" from the best 5 km, or from the "usual" speed
    days: int  # from the first run that had samples to the day asked about, at most 365; 0 without any
    best_5k_s: int | None  # fastest 5 km of those days


def fast_speed(exposures_by_day: Dated, day: date, set_mps: float | None) -> FastSpeed | None:
    """The largest of 1.05 × the best 5 km speed of the 365 days up to and including *day*, 1.15 × the usual speed of
    those days, and *set_mps*. [m/s]

    Who only ran easily has a best 5 km that was easy too: a little above it nothing is fast yet. Runs after *day* do
    not count, nor does a 5 km faster than the world record. None where no 5 km and no set speed are known.
    The factors are defaults of this project, not of a study: fast means faster than the runner can hold for 5 km.
    """
    recent = list(_recent(exposures_by_day, day))
    days = (day - min(on for on, _ in recent)).days + 1 if recent else 0
    run_5k_s = [run.best_5k_s for _, run in recent if run.best_5k_s and run.best_5k_s >= FASTEST_5K_S]
    best_5k_s = min(run_5k_s, default=None)
    speeds = {"set": set_mps or 0.0}
    if best_5k_s:
        speeds["learned"] = BEST_5K_FACTOR * 5_000 / best_5k_s
        speeds["usual"] = USUAL_FACTOR * float(np.nan_to_num(_percentile((run for _, run in recent), 0.5)))
    origin = max(speeds, key=lambda name: speeds[name])
    return FastSpeed(speeds[origin], origin, days, best_5k_s) if speeds[origin] else None


def _percentile(runs: Iterable[Exposure], share: float) -> float:
    seconds = [sum(bins) for bins in zip_longest(*(run.speed_s for run in runs), fillvalue=0)]
    return speed_percentile(np.array(seconds, dtype=float), share)


def _recent(exposures_by_day: Dated, day: date) -> Iterator[tuple[date, Exposure]]:
    return ((on, run) for on, run in exposures_by_day if timedelta(0) <= day - on < LEARNED_FROM)
