"""The three days before a morning."""

from datetime import timedelta

import numpy as np

from monitor.load.before import DayBefore, days_before
from tests.builders import FIRST_DAY, history


def day(n: int):
    return FIRST_DAY + timedelta(days=n)


def test_the_morning_itself_is_not_before_it() -> None:
    log = history("5 8 - 12 30", fast_m=[0, 900, 0, 0, 0], fast_uphill_m=[0, 100, 0, 0, 0])
    assert days_before(log, day(4)) == [
        DayBefore(day(3), 12_000, 0, 0),
        DayBefore(day(2), 0, 0, 0),
        DayBefore(day(1), 8_000, 900, 100),
    ]


def test_days_that_no_source_told_and_days_outside_the_history_are_not_known() -> None:
    found = days_before(history("8 ?"), day(2))
    assert [each.day for each in found] == [day(1), day(0), day(-1)]
    assert [bool(np.isnan(each.distance_m)) for each in found] == [True, False, True]
