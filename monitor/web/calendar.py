"""The last weeks as a calendar: each day its distance, its finding, and whether the runner corrected something."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from monitor.load.daily import History
from monitor.load.duplicates import Counted
from monitor.load.stretch import stretch
from monitor.web.said import Told, worst_by_day

WEEKS, WEEK = 12, 7
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True)
class Square:
    """A day of the calendar; its distance is NaN where it is not known."""

    day: date
    distance_m: float
    worst: Told | None
    corrected: bool
    to_come: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A week; *distance_m* is that of its known days."""

    first: date
    squares: list[Square]
    distance_m: float


@dataclass(frozen=True, slots=True)
class Calendar:
    """Weeks, that of today first, under the names of their days."""

    weekdays: tuple[str, ...]
    rows: list[Row]


def calendar(
    history: History,
    findings: Iterable[Told],
    runs: Iterable[Counted],
    today: date,
    first_weekday: int = 0,
    weeks: int = WEEKS,
) -> Calendar:
    """The last *weeks* weeks as the reader counts them, from *first_weekday* on; 0 is Monday."""
    worst = worst_by_day(findings)
    corrected = {each.run.day for each in runs if each.amendments}
    this = today - timedelta(days=(today.weekday() - first_weekday) % WEEK)
    last = this + timedelta(days=WEEK - 1)
    distances = stretch(history, history.distance_m, last, weeks * WEEK)
    days = [last - timedelta(days=n) for n in reversed(range(weeks * WEEK))]
    squares = [
        Square(day, float(metres), worst.get(day), day in corrected, to_come=day > today)
        for day, metres in zip(days, distances, strict=True)
    ]
    rows = [squares[n : n + WEEK] for n in range(0, len(squares), WEEK)]
    return Calendar(
        weekdays=WEEKDAYS[first_weekday:] + WEEKDAYS[:first_weekday],
        rows=[Row(row[0].day, row, _known_sum(row)) for row in reversed(rows)],
    )


def _known_sum(row: Iterable[Square]) -> float:
    return sum(each.distance_m for each in row if each.distance_m == each.distance_m)
