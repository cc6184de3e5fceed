"""Fast and uphill running by calendar week, to be looked at: no rule counts in weeks that begin on a Monday."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from monitor.load.daily import History
from monitor.load.exposure import uphill_m
from monitor.load.gathering import is_indoors
from monitor.load.stretch import stretch
from monitor.load.training import Log

WEEK = 7


@dataclass(frozen=True, slots=True)
class ExposureWeek:
    """A calendar week, that of today up to today; None where a day, or the samples of a run, are not known."""

    monday: date
    fast_m: float | None
    uphill_m: float | None  # at grades of 4 % and more


def exposure_weeks(log: Log, today: date, count: int) -> list[ExposureWeek]:
    """The last *count* calendar weeks, that of *today* last; nothing where nothing is known."""
    if log.history is None:
        return []
    this = today - timedelta(days=today.weekday())
    return [_week(log, log.history, this - timedelta(weeks=n), today) for n in reversed(range(count))]


def _week(log: Log, history: History, monday: date, today: date) -> ExposureWeek:
    last = min(monday + timedelta(days=WEEK - 1), today)
    days = (last - monday).days + 1
    known = not np.isnan(stretch(history, history.distance_m, last, days)).any()
    fast = float(stretch(history, history.fast_m, last, days).sum())
    uphill = sum(_uphill(log, monday, last)) if known else float("nan")
    return ExposureWeek(monday, _known(fast), _known(uphill))


def _uphill(log: Log, first: date, last: date) -> Sequence[float]:
    """Of each run of these days. [m] NaN without samples; a treadmill has no hills."""
    runs = [each.run for each in log.runs if first <= each.run.day <= last]
    found = [(run, log.exposures.get(run.key)) for run in runs]
    return [0.0 if is_indoors(run) else uphill_m(held) if held else float("nan") for run, held in found]


def _known(metres: float) -> float | None:
    return None if np.isnan(metres) else metres
