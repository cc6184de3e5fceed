"""The same questions asked before the run: how long may the next one be?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np

from monitor.load.daily import History
from monitor.load.returning import Return, returning
from monitor.load.spikes import FEWEST_RUNS, LOOK_BACK_DAYS, longest_30d
from monitor.load.stretch import stretch
from monitor.load.usual import fast_left_m, fast_week_m, hard_from, usual_climb_m, usual_fast_m
from monitor.load.windows import Array, days_known, window_sum
from monitor.load.workload import ACUTE_DAYS, CHRONIC_DAYS, PRIOR_DAYS, SETTLED_DAYS, ewma_load
from monitor.model import Injury

RECORD_DAYS = 7  # a record this fresh is not built upon yet: 11, 12.1, 13.3 km in a week are not three small steps


@dataclass(frozen=True, slots=True)
class Headroom:
    """What a day can hold within the runner's own usual range; None is not known, and nothing of it is a promise.

    While the runner is *returning* no ratio says anything: all else is None then.
    """

    day: date
    easy_ceiling_m: int | None = None  # of `ceiling_m`
    longest_30d_m: int | None = None  # longest run of the 30 days before
    builds_on_record: bool = False  # that longest is a week old or less, and the ceiling therefore no higher
    fast_usual_m: float | None = None  # of `usual_fast_m`
    fast_left_m: float | None = None  # of `fast_left_m`
    climb_m: float | None = None  # of `usual_climb_m`
    hard_from: datetime | None = None  # of `hard_from`, on the runner's wall clock
    returning: Return | None = None
    fast_week_m: float | None = None  # what the 6 days before and the day itself already hold of fast running

    def hours_until_hard(self, moment: datetime) -> float | None:
        """Hours from *moment* (wall clock) until a hard session is 48 h away from the last one; 0 where it is."""
        return None if self.hard_from is None else max(0.0, (self.hard_from - moment) / timedelta(hours=1))


def headroom(history: History, day: date, injuries: Sequence[Injury] = ()) -> Headroom:
    """All that can be said before a run of *day*, for the history of one runner."""
    back = returning(history, injuries, day)
    if back:
        return Headroom(day, returning=back)
    return Headroom(
        day,
        easy_ceiling_m=ceiling_m(history, day),
        longest_30d_m=usual_longest_m(history, day),
        builds_on_record=has_fresh_record(history, day),
        fast_usual_m=usual_fast_m(history, day),
        fast_left_m=fast_left_m(history, day),
        fast_week_m=fast_week_m(history, day),
        climb_m=usual_climb_m(history, day),
        hard_from=hard_from(history, day),
    )


def ceiling_m(history: History, day: date) -> int | None:
    """The longest run of *day* that is no spike: 1.1 × the longest of the 30 days before, rounded down. [m]

    Just that longest where a new 30-day record was set within the last 7 days (expert opinion).
    None with fewer than 4 runs in those 30 days. *history* is one runner's; what it holds from *day* on does not count.
    Source: the reference group of Schuster Brandt Frandsen et al. 2025, doi:10.1136/bjsports-2024-109380.
    """
    longest_m = usual_longest_m(history, day)
    return longest_m if longest_m is None or has_fresh_record(history, day) else 11 * longest_m // 10


def usual_longest_m(history: History, day: date) -> int | None:
    """Longest run of the 30 days before *day*. [m] None with fewer than 4 runs in them."""
    before = day - timedelta(days=1)
    if np.nansum(stretch(history, history.runs, before, LOOK_BACK_DAYS)) < FEWEST_RUNS:
        return None
    return int(np.nanmax(stretch(history, history.longest_m, before, LOOK_BACK_DAYS)))


def has_fresh_record(history: History, day: date) -> bool:
    """Whether one of the 7 days before *day* held the longest run of its 30 days."""
    record = (history.longest_m > longest_30d(history.longest_m)).astype(float)
    return bool(np.nansum(stretch(history, record, day - timedelta(days=1), RECORD_DAYS)))


def acwr_limits_m(history: History, day: date, target: float) -> dict[str, int | None]:
    """The distance of *day* up to which each acute:chronic ratio stays at or below *target*. [m]

    None where it needs days that are not known. The ratios are contested: information, never a limit to keep.
    """
    before = day - timedelta(days=1)
    past = history.until(before)
    ways = {"coupled": planned_coupled, "uncoupled": planned_uncoupled, "ewma": planned_ewma}
    limits = {name: stretch(past, way(past.distance_m, target), before, 1)[0] for name, way in ways.items()}
    return {name: None if np.isnan(limit) else int(limit) for name, limit in limits.items()}


def planned_coupled(daily: Array, target: float) -> Array:
    """The largest load of the next day that keeps its `acwr_coupled` at or below *target* (< 4). [unit of *daily*]

    0 where even a day of rest is beyond it, NaN until 27 days are known.
    Solves 4·(A + x) / (C + x) = target, A and C the sums of the 6 and the 27 days ending that day.
    """
    ratio = CHRONIC_DAYS / ACUTE_DAYS
    acute, chronic = window_sum(daily, ACUTE_DAYS - 1), window_sum(daily, CHRONIC_DAYS - 1)
    return np.maximum((target * chronic - ratio * acute) / (ratio - target), 0)


def planned_uncoupled(daily: Array, target: float) -> Array:
    """The largest load of the next day that keeps its `acwr_uncoupled` at or below *target*. [unit of *daily*]

    0 and NaN as in `planned_coupled`. Solves 3·(A + x) / (C − A) = target.
    """
    acute, chronic = window_sum(daily, ACUTE_DAYS - 1), window_sum(daily, CHRONIC_DAYS - 1)
    return np.maximum(target * (chronic - acute) * ACUTE_DAYS / PRIOR_DAYS - acute, 0)


def planned_ewma(daily: Array, target: float) -> Array:
    """The largest load of the next day that keeps its `acwr_ewma` at or below *target* (< 3.625). [unit of *daily*]

    0 as in `planned_coupled`, NaN until 41 days in a row are known.
    Solves (a·x + (1−a)·A) / (c·x + (1−c)·C) = target, A and C the two means with their weights a and c.
    """
    a, c = 2 / (ACUTE_DAYS + 1), 2 / (CHRONIC_DAYS + 1)
    acute, chronic = ewma_load(daily, ACUTE_DAYS), ewma_load(daily, CHRONIC_DAYS)
    load = (target * (1 - c) * chronic - (1 - a) * acute) / (a - target * c)
    return np.where(days_known(daily) >= SETTLED_DAYS - 1, np.maximum(load, 0), np.nan)
