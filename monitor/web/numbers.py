"""The numbers of a runner's page: today's, and one row a day for the table beside the chart."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from math import isnan

import numpy as np

from monitor.load.daily import History
from monitor.load.spikes import session_spike
from monitor.load.windows import Array
from monitor.load.workload import acute_load, acwr_coupled, acwr_ewma, acwr_uncoupled, chronic_load
from monitor.web.said import Told, worst_by_day

RECENT_DAYS = 7
ALIKE_PERCENT = 5


@dataclass(frozen=True, slots=True)
class Today:
    """What holds now, from the last known day up to today; NaN where it cannot be computed."""

    acute_m: float
    chronic_m: float
    acwr_coupled: float
    acwr_uncoupled: float
    acwr_ewma: float


@dataclass(frozen=True, slots=True)
class Day:
    """A row of the table: metres, and metres per day; NaN where it is not known."""

    day: date
    distance_m: float
    acute_m: float
    chronic_m: float
    worst: Told | None


@dataclass(frozen=True, slots=True)
class Trend:
    """This week's load beside the last four weeks'; NaN where it cannot be computed."""

    acute_m: float
    chronic_m: float
    acwr: float

    @property
    def said(self) -> str:
        """In words, with an arrow; within 5 % it is the same."""
        if isnan(self.acwr):
            return "not known"
        percent = abs(round(100 * (self.acwr - 1)))
        if percent <= ALIKE_PERCENT:
            return "→ the same"
        return f"↑ {percent} % more" if self.acwr > 1 else f"↓ {percent} % less"


@dataclass(frozen=True, slots=True)
class Week:
    """Seven days, as far as they are known."""

    distance_m: float
    longest_m: float
    days_run: int
    unknown: int  # how many of the days are not known


def trend_of(history: History, today: date) -> Trend:
    """How this week's load stands to what the runner is used to."""
    daily = history.until(today).distance_m
    return Trend(last(acute_load(daily)), last(chronic_load(daily)), last(acwr_coupled(daily)))


def week_of(history: History, last_day: date) -> Week | None:
    """The 7 days to *last_day*; None where none of them is known. A day that the history does not hold is not."""
    end = history.index(last_day) + 1
    begin, end = max(0, end - RECENT_DAYS), max(0, end)
    daily, longest = history.distance_m[begin:end], history.longest_m[begin:end]
    if np.isnan(daily).all():
        return None
    return Week(
        distance_m=float(np.nansum(daily)),
        longest_m=float(np.fmax.reduce(longest, initial=0.0)),
        days_run=int(np.count_nonzero(np.nan_to_num(daily))),
        unknown=RECENT_DAYS - int(np.count_nonzero(~np.isnan(daily))),
    )


def today_of(history: History, today: date) -> Today:
    """Today's numbers."""
    past = history.until(today)
    daily = past.distance_m
    return Today(
        acute_m=last(acute_load(daily)),
        chronic_m=last(chronic_load(daily)),
        acwr_coupled=last(acwr_coupled(daily)),
        acwr_uncoupled=last(acwr_uncoupled(daily)),
        acwr_ewma=last(acwr_ewma(daily)),
    )


def days_of(history: History, findings: Iterable[Told], today: date, days: int) -> list[Day]:
    """The last *days* days that the history holds up to *today*, newest first, each with its worst finding."""
    past = history.until(today)
    acute, chronic = acute_load(past.distance_m), chronic_load(past.distance_m)
    worst = worst_by_day(findings)
    first_shown = today - timedelta(days=days - 1)
    rows = [
        Day(day, float(past.distance_m[n]), float(acute[n]), float(chronic[n]), worst.get(day))
        for n, day in enumerate(past.days)
        if day >= first_shown
    ]
    return rows[::-1]


def longest_ratio(history: History, today: date) -> float:
    """The largest `session_spike` of the 7 days to *today*. [1] 0 without a run, NaN without one to compare with."""
    past = history.until(today)
    recent = session_spike(past)[max(0, past.index(today) - RECENT_DAYS + 1) :]
    return float(np.fmax.reduce(recent, initial=np.nan))


def last(series: Array) -> float:
    """The value of the last day; NaN where there is no day."""
    return float(series[-1]) if len(series) else float("nan")
