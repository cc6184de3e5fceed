"""The days before a morning: what stood before it, which is not the same as what caused it."""

from dataclasses import dataclass
from datetime import date, timedelta

from monitor.load.daily import History

DAYS_BEFORE = 3  # 72 hours


@dataclass(frozen=True, slots=True)
class DayBefore:
    """Metres of a day; NaN where they are not known."""

    day: date
    distance_m: float
    fast_m: float
    fast_uphill_m: float


def days_before(history: History, morning: date) -> list[DayBefore]:
    """The three days before *morning*, newest first; all unknown where the history does not hold them."""
    return [_day(history, morning - timedelta(days=n)) for n in range(1, DAYS_BEFORE + 1)]


def _day(history: History, day: date) -> DayBefore:
    n = history.index(day)
    held = 0 <= n < len(history.distance_m)
    series = (history.distance_m, history.fast_m, history.fast_uphill_m)
    return DayBefore(day, *(float(each[n]) if held else float("nan") for each in series))
