"""A training log in one string, and single runs with sensible defaults: what tests build their worlds from."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import numpy as np

from monitor.load.daily import History
from monitor.model import Activity, Origin

FIRST_DAY = date(2026, 3, 2)  # a Monday
PACE_S_PER_KM = 360


def history(log: str, first_day: date = FIRST_DAY) -> History:
    """`history("8 - 5+3 ? 10.5")`: 8 km, rest, two runs in one day, an unknown day, 10.5 km."""
    return History(first_day, *np.array([_day(word) for word in log.split()], dtype=float).reshape(-1, 5).T.copy())


def block(histories: Sequence[History]) -> History:
    """Runners as rows: histories of equal length and first day, stacked."""
    series = (np.stack([getattr(one, f.name) for one in histories]) for f in fields(History)[1:])
    return History(histories[0].first_day, *series)


def activities(log: str, first_day: date = FIRST_DAY, **given: Any) -> list[Activity]:
    """The runs of a log, one every four hours from 7:00; *given* goes to each `activity`."""
    return [
        activity(datetime.combine(first_day + timedelta(days=n), time(7 + 4 * m)), distance_m, **given)
        for n, word in enumerate(log.split())
        for m, distance_m in enumerate(_distances_m(word))
    ]


def activity(
    start_local: datetime | str = "2026-03-02 07:00",
    distance_m: int | None = 10_000,
    moving_s: int | None = None,
    **given: Any,
) -> Activity:
    """A run at 6:00 min/km from Strava, where local time is UTC; any field of Activity can be *given*."""
    local = datetime.fromisoformat(start_local) if isinstance(start_local, str) else start_local
    defaults: dict[str, Any] = {
        "origin": Origin.STRAVA,
        "origin_id": f"{local:%y%m%d%H%M%S}{distance_m or 0:06d}",  # digits, and the same in every test run
        "name": "Morning Run",
        "sport": "Run",
        "start": local.replace(tzinfo=UTC),
        "moving_s": _moving_s(distance_m or 0) if moving_s is None else moving_s,
    }
    return Activity(**(defaults | {"start_local": local, "distance_m": distance_m} | given))


def _day(word: str) -> tuple[float, ...]:
    if word == "?":
        return (np.nan,) * 5
    runs = _distances_m(word)
    return sum(runs), max(runs, default=0), sum(map(_moving_s, runs)), len(runs), 0


def _distances_m(word: str) -> list[int]:
    return [] if word in {"-", "?"} else [round(float(km) * 1000) for km in word.split("+")]


def _moving_s(distance_m: int) -> int:
    return round(distance_m * PACE_S_PER_KM / 1000)
