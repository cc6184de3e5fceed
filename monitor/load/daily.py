"""Runs become days: one value per calendar day, 0 for rest, NaN for unknown."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta

import numpy as np

from monitor.load.windows import Array
from monitor.model import Activity, Flag

Span = tuple[date, date]  # the first and the last day of a stretch that is known, both included


@dataclass(frozen=True, slots=True)
class History:
    """The days of one runner, or of a block of runners as rows; the last axis is days, from *first_day* on.

    A day is known in all series or in none. Whole metres and seconds, so that sums are exact.
    """

    first_day: date
    distance_m: Array  # of all runs of the day
    longest_m: Array  # longest single run of the day
    moving_s: Array  # moving time of the runs whose distance counts
    runs: Array  # how many of them
    unusable_s: Array  # moving time of runs whose distance cannot be used

    @property
    def days(self) -> list[date]:
        return [self.first_day + timedelta(days=n) for n in range(self.distance_m.shape[-1])]

    @property
    def last_day(self) -> date:
        return self.first_day + timedelta(days=self.distance_m.shape[-1] - 1)

    def index(self, day: date) -> int:
        """Position of *day* on the last axis; negative or past the end where the history does not hold it."""
        return (day - self.first_day).days

    def until(self, day: date) -> "History":
        """What was known at the end of *day*."""
        end = max(0, self.index(day) + 1)
        return History(self.first_day, *(getattr(self, f.name)[..., :end] for f in fields(self)[1:]))


NOTHING = History(date.min, *np.zeros((5, 0)))


def history(runs: Iterable[Activity], known: Sequence[Span]) -> History | None:
    """The days from the first to the last known one.

    *runs* are those that count (`duplicates.counted`), *known* the stretches that a source has told completely.
    Runs outside them are left out. None where nothing is known.
    """
    if not known:
        return None
    first, last = min(start for start, _ in known), max(end for _, end in known)
    series = np.full((5, (last - first).days + 1), np.nan)
    for start, end in known:
        series[:, (start - first).days : (end - first).days + 1] = 0.0
    for run in runs:
        position = (run.day - first).days
        if 0 <= position < series.shape[1]:
            _add(series[:, position], run)
    return History(first, *series)


def known_spans(runs: Sequence[Activity], told: Sequence[Span]) -> list[Span]:
    """The known stretches: what sources have *told*, but nothing before the runner's first recorded run.

    The first run entered by hand starts a series only where no run was recorded: entries of 1991 start no series.
    """
    inside = [run for run in runs if any(start <= run.day <= end for start, end in told)]
    recorded = [run.day for run in inside if Flag.MANUAL not in run.flags] or [run.day for run in inside]
    if not recorded:
        return []
    first = min(recorded)
    return [(max(start, first), end) for start, end in told if end >= first]


def _add(day: Array, run: Activity) -> None:
    distance_m, longest_m, moving_s, count, unusable_s = range(5)
    if usable_distance(run) is None:
        day[unusable_s] += run.moving_s or 0
        return
    day[distance_m] += run.distance_m or 0
    day[longest_m] = max(day[longest_m], run.distance_m or 0)
    day[moving_s] += run.moving_s or 0
    day[count] += 1


UNUSABLE_DISTANCE = frozenset({Flag.NO_DISTANCE, Flag.NO_TIME, Flag.TOO_FAST, Flag.TOO_SLOW, Flag.TOO_LONG})


def usable_distance(run: Activity) -> int | None:
    """The distance that counts [m]; None where it is missing or a flag says it cannot be true."""
    return None if run.flags & UNUSABLE_DISTANCE else run.distance_m
