"""A week in whole figures: what a digest tells of it."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from monitor.load.daily import History
from monitor.load.stretch import stretch

DAYS, WEEKS_BEFORE = 7, 4


@dataclass(frozen=True, slots=True)
class Week:
    """The 7 days ending *last*, of their known days; None is not known, and nothing of it is extrapolated."""

    last: date
    known_days: int
    distance_m: int
    runs: int
    longest_m: int | None  # None without a run
    fast_m: int | None  # None where it is unknown of a day
    usual_m: int | None  # mean of the four weeks before; None where one of their days is unknown


def week(history: History, last: date) -> Week:
    """The week of one runner that ends on *last*."""
    distance, runs = (stretch(history, each, last, DAYS) for each in (history.distance_m, history.runs))
    before = stretch(history, history.distance_m, last - timedelta(days=DAYS), DAYS * WEEKS_BEFORE)
    longest = np.nan_to_num(stretch(history, history.longest_m, last, DAYS)).max()
    return Week(
        last=last,
        known_days=int(np.count_nonzero(~np.isnan(distance))),
        distance_m=int(np.nansum(distance)),
        runs=int(np.nansum(runs)),
        longest_m=int(longest) or None,
        fast_m=_whole(stretch(history, history.fast_m, last, DAYS).sum()),
        usual_m=_whole(before.sum() / WEEKS_BEFORE),
    )


def _whole(value: float) -> int | None:
    return None if np.isnan(value) else round(value)
