"""A training log in one string, and single runs with sensible defaults: what tests build their worlds from."""

from collections.abc import Sequence
from dataclasses import MISSING, fields
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import numpy as np

from monitor.load.daily import SERIES, History
from monitor.load.gathering import OF_THE_LONGEST
from monitor.model import Activity, Exposure, Origin

FIRST_DAY = date(2026, 3, 2)  # a Monday
PACE_S_PER_KM = 360


def history(log: str, first_day: date = FIRST_DAY, **given: Sequence[float]) -> History:
    """`history("8 - 5+3 ? 10.5")`: 8 km, rest, two runs in one day, an unknown day, 10.5 km.

    Easy runs on the flat from 7:00 on, with samples; any series can be *given* instead, a value a day.
    """
    days = [_day(word) for word in log.split()]
    series = {name: np.array([day[name] for day in days], dtype=float) for name in SERIES}
    return History(first_day, **series | {name: np.array(values, dtype=float) for name, values in given.items()})


def block(histories: Sequence[History]) -> History:
    """Runners as rows: histories of equal length and first day, stacked."""
    series = {name: np.stack([getattr(one, name) for one in histories]) for name in SERIES}
    return History(histories[0].first_day, **series)


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


def held(**given: Any) -> Exposure:
    """The exposure of a run whose samples told nothing but what is *given*."""
    unknown = dict.fromkeys(field.name for field in fields(Exposure) if field.default is MISSING)
    empty: dict[str, Any] = {"speed_m": (), "speed_s": (), "repetitions": (), "sprint_m": 0}
    return Exposure(**(unknown | empty | given))


def _day(word: str) -> dict[str, float]:
    if word == "?":
        return dict.fromkeys(SERIES, np.nan)
    runs = _distances_m(word)
    of_the_longest = dict.fromkeys(OF_THE_LONGEST, np.nan) | ({"start_h": 7.0} if runs else {})
    return (
        dict.fromkeys(SERIES, 0.0)
        | of_the_longest
        | {
            "distance_m": sum(runs),
            "moving_s": sum(map(_moving_s, runs)),
            "runs": len(runs),
            "longest_m": max(runs, default=0),
            "longest_s": max(map(_moving_s, runs), default=0),
        }
    )


def _distances_m(word: str) -> list[int]:
    return [] if word in {"-", "?"} else [round(float(km) * 1000) for km in word.split("+")]


def _moving_s(distance_m: int) -> int:
    return round(distance_m * PACE_S_PER_KM / 1000)
