"""A stretch of days out of a series, by the calendar."""

from datetime import date

import numpy as np

from monitor.load.daily import History
from monitor.load.windows import Array


def stretch(history: History, series: Array, last: date, days: int) -> Array:
    """The *days* values of one runner's *series* that end with the day *last*. [unit of *series*]

    *series* has the days of *history*; NaN stands for every day that it does not hold.
    """
    first = history.index(last) - days + 1
    begin, end = max(0, first), min(len(series), first + days)
    values = np.full(days, np.nan)
    if begin < end:
        values[begin - first : end - first] = series[begin:end]
    return values
