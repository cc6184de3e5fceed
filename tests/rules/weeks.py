"""Weeks of running with one session each, the last of them ending today."""

import numpy as np

from monitor.load.daily import History
from tests.builders import history

EASY_WEEK = "8 " * 7
NAN = np.nan


def weeks(series: str, *metres: float) -> History:
    """8 km on every day; *series* holds one value a week, on its last day."""
    return history(EASY_WEEK * len(metres), **{series: sessions(*metres)})


def sessions(*metres: float) -> list[float]:
    """A value on the last day of each week, 0 on the other six."""
    return [value for week in metres for value in (0, 0, 0, 0, 0, 0, week)]
