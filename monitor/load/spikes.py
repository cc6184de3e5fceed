"""One run against what the runner had lately run in one go."""

import numpy as np

from monitor.load.daily import History, remembered
from monitor.load.windows import Array, longest_before, ratio, sum_before

LOOK_BACK_DAYS = 30
FEWEST_RUNS = 4  # with fewer in 30 days there is no habit to compare with


def longest_30d(longest: Array) -> Array:
    """Longest single run of the 30 calendar days before that day, the day itself never among them. [unit of *longest*]

    Over those days that are known; NaN where none of them holds a run.
    """
    before = longest_before(longest, LOOK_BACK_DAYS)
    return np.where(before > 0, before, np.nan)


@remembered
def session_spike(history: History) -> Array:
    """Longest run of the day / longest run of the 30 days before. [1]

    0 on a day of rest. NaN on an unknown day, and where there is no run to compare with: the study had no ratio for a
    first run after a month either.
    Source: Schuster Brandt Frandsen et al. 2025, Br J Sports Med 59:1203, doi:10.1136/bjsports-2024-109380.
    """
    return ratio(history.longest_m, longest_30d(history.longest_m))


@remembered
def runs_30d(history: History) -> Array:
    """How many runs the known days among the 30 days before that day hold. [1]"""
    return sum_before(history.runs, LOOK_BACK_DAYS)
