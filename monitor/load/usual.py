"""The runner's own usual range, as it stands on a day that is asked about."""

from datetime import date, datetime, time, timedelta

import numpy as np

from monitor.load.daily import History
from monitor.load.hard_days import hard_days
from monitor.load.spikes import LOOK_BACK_DAYS
from monitor.load.stretch import stretch
from monitor.load.windows import Array

DAY = timedelta(days=1)
WEEK, WEEKS = 7, 4
HARD_APART = timedelta(hours=48)


def usual_fast_m(history: History, day: date) -> float | None:
    """Fast metres of the largest of the 4 weeks before the 7 days ending *day*. [m]

    Weeks with an unknown day are left out; None where no other is there, or only such that held none: an unknown week
    may have held some. *history* is one runner's.
    """
    days = stretch(history, history.fast_m, day - WEEK * DAY, WEEK * WEEKS)
    return _largest(days.reshape(WEEKS, WEEK).sum(axis=-1))


def fast_left_m(history: History, day: date) -> float | None:
    """Fast metres that the 7 days ending *day* can still hold within `usual_fast_m`. [m]

    What *day* already holds is spent. None where that is unknown, or one of the last 6 days is. *history* is one
    runner's. A comparison with oneself, of no tested value as a limit.
    """
    usual_m, spent_m = usual_fast_m(history, day), fast_week_m(history, day)
    return None if usual_m is None or spent_m is None else max(0.0, usual_m - spent_m)


def fast_week_m(history: History, day: date) -> float | None:
    """Fast metres that the 7 days ending *day* already hold. [m] None where one of the 6 days before it is unknown."""
    spent_m = float(stretch(history, history.fast_m, day - DAY, WEEK - 1).sum() + _so_far(history, day))
    return None if np.isnan(spent_m) else spent_m


def usual_climb_m(history: History, day: date) -> float | None:
    """Most climb of one run in the 30 days before *day*. [m]

    Days of unknown climb are left out; None where no other is there, or only such without any. *history* is one
    runner's.
    """
    return _largest(stretch(history, history.climb_m, day - DAY, LOOK_BACK_DAYS))


def hard_from(history: History, day: date) -> datetime | None:
    """When 48 h have passed since the last hard session, on the runner's wall clock; midnight of *day* if before.

    A session of *day* itself counts. One whose hour is not known counts from the midnight before it. None where it is
    not known whether one of the last days was hard. *history* is one runner's.
    Source: the 48 h are a default, drawn loosely from Rhodes et al. 2019, doi:10.1080/15438627.2018.1523168.
    """
    past = history.until(day)
    hard = stretch(past, hard_days(past), day, 3)
    if np.isnan(stretch(past, past.distance_m, day, 1)).any():
        hard[-1] = 0.0  # the day is not told yet
    for days_ago, is_hard in enumerate(hard[::-1]):
        if np.isnan(is_hard):
            return None
        if is_hard:
            return _start(past, day - days_ago * DAY) + HARD_APART
    return datetime.combine(day, time())


def _largest(values: Array) -> float | None:
    """The largest known value; None where none is known, or a 0 that an unknown one may exceed."""
    largest = float(np.fmax.reduce(values))
    is_known = largest > 0 or not np.isnan(values).any()
    return largest if is_known else None


def _so_far(history: History, day: date) -> float:
    """Fast metres of a day that may not be over; one that is not told yet holds none."""
    told = not np.isnan(stretch(history, history.distance_m, day, 1)).any()
    return float(stretch(history, history.fast_m, day, 1)[0]) if told else 0.0


def _start(history: History, day: date) -> datetime:
    hour = float(np.nan_to_num(stretch(history, history.start_h, day, 1)[0]))
    return datetime.combine(day, time()) + timedelta(hours=hour)
