"""The same questions asked before the run: how long may the next one be?"""

from datetime import date, timedelta

import numpy as np

from monitor.load.daily import History
from monitor.load.spikes import LOOK_BACK_DAYS, longest_30d
from monitor.load.windows import Array, days_known, window_sum
from monitor.load.workload import ACUTE_DAYS, CHRONIC_DAYS, PRIOR_DAYS, SETTLED_DAYS, ewma_load

FEWEST_RUNS = 4  # with fewer in 30 days there is no habit to compare with
RECORD_DAYS = 7  # a record this fresh is not built upon yet: 11, 12.1, 13.3 km in a week are not three small steps


def ceiling_m(history: History, day: date) -> int | None:
    """The longest run of *day* that is no spike: 1.1 × the longest of the 30 days before, rounded down. [m]

    Just that longest where a new 30-day record was set within the last 7 days (expert opinion).
    None with fewer than 4 runs in those 30 days. *history* is one runner's; what it holds from *day* on does not count.
    Source: the reference group of Schuster Brandt Frandsen et al. 2025, doi:10.1136/bjsports-2024-109380.
    """
    before = history.until(day - timedelta(days=1))
    month, week = (max(0, before.index(day) - days) for days in (LOOK_BACK_DAYS, RECORD_DAYS))
    if np.nansum(before.runs[month:]) < FEWEST_RUNS:
        return None
    longest_m = int(np.nanmax(before.longest_m[month:]))
    record = before.longest_m > longest_30d(before.longest_m)
    return longest_m if record[week:].any() else 11 * longest_m // 10


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
