"""Runs become days: what each run adds, and how the runs of one day go together."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import isnan

import numpy as np

from monitor.load.daily import SERIES, History, Span, usable_distance
from monitor.load.exposure import fast_m, fast_uphill_m
from monitor.model import Activity, Exposure, Flag, RunKey, Workout

LARGEST = ("longest_m", "longest_s", "by_time_s", "climb_m", "hard_marked", "race")
OF_THE_LONGEST = (
    "start_h",
    "cadence_spm",
    "cadence_mps",
    "cadence_grade",
    "cadence_fade",
    "pace_fade",
    "heartrate_fade",
)
NOT_GIVEN = float("nan")
NOT_READ = dict.fromkeys(("fast_m", "sprint_m", "fast_uphill_m"), NOT_GIVEN)


@dataclass(frozen=True, slots=True)
class Reading:
    """How a runner's runs are read: what their samples held, what is fast for this runner, what days are excused."""

    exposures: Mapping[RunKey, Exposure] = field(default_factory=dict)
    fast_mps: float | None = None
    internal_loads: Mapping[RunKey, float] = field(default_factory=dict)
    excused: Sequence[Span] = ()
    races: Sequence[Span] = ()  # days of which the runner told a race
    pains: Mapping[date, float] = field(default_factory=dict)  # what counts of the check-in of a day


PLAIN = Reading()  # distances and times alone


def history(runs: Iterable[Activity], known: Sequence[Span], reading: Reading = PLAIN) -> History | None:
    """The days from the first to the last known one.

    *runs* are those that count (`duplicates.counted`), *known* the stretches that a source has told completely.
    Runs outside them are left out. None where nothing is known.
    """
    if not known:
        return None
    first, last = min(start for start, _ in known), max(end for _, end in known)
    days = (last - first).days + 1
    series = {name: [NOT_GIVEN] * days for name in SERIES}  # lists: single days of arrays are slow to read and write
    for name in set(SERIES) - set(OF_THE_LONGEST):
        for start, end in known:
            _fill(series[name], 0.0, first, start, end)
    for run in sorted(runs, key=lambda run: (run.distance_m or 0, run.start)):  # the longest of a day comes last
        position = (run.day - first).days
        if 0 <= position < days and not isnan(series["runs"][position]):
            _add(series, position, contribution(run, reading))
    for start, end in reading.excused:
        _fill(series["excused"], 1.0, first, start, end)
    for day, pain in reading.pains.items():
        _fill(series["checked_in"], 1.0, first, day, day)
        _fill(series["pain"], pain, first, day, day)
    return History(first, **{name: np.array(values) for name, values in series.items()})


def contribution(run: Activity, reading: Reading) -> dict[str, float]:
    """What one run adds to the series of its day; one whose distance cannot be used adds its time, and unknowns."""
    if usable_distance(run) is None:
        return {"unusable_runs": 1.0, "unusable_s": float(run.moving_s or 0), **_marks(run, reading), **NOT_READ}
    found = reading.exposures.get(run.key)
    return {
        "distance_m": float(run.distance_m or 0),
        "moving_s": float(run.moving_s or 0),
        "runs": 1.0,
        "longest_m": float(run.distance_m or 0),
        "longest_s": float(run.moving_s or 0),
        "by_time_s": float(run.moving_s or 0) if is_indoors(run) or run.sport == "TrailRun" else 0.0,
        "climb_m": _climb(run, found),
        **_marks(run, reading),
        "start_h": NOT_GIVEN if Flag.HIDDEN_START in run.flags else run.start_local.hour + run.start_local.minute / 60,
        **_from_samples(run, found, reading.fast_mps),
    }


def _marks(run: Activity, reading: Reading) -> dict[str, float]:
    """What holds of a run however far it was."""
    raced = run.workout is Workout.RACE or any(start <= run.day <= end for start, end in reading.races)
    return {
        "hard_marked": float(raced or run.workout is Workout.WORKOUT),
        "race": float(raced),
        "internal_load": reading.internal_loads.get(run.key, NOT_GIVEN),
    }


def _from_samples(run: Activity, found: Exposure | None, fast_mps: float | None) -> dict[str, float]:
    if found is None:
        return NOT_READ | ({"fast_uphill_m": 0.0} if is_indoors(run) else {})
    known_speed = fast_mps is not None
    return {
        "fast_m": fast_m(found, fast_mps) if known_speed else NOT_GIVEN,
        "sprint_m": float(found.sprint_m),
        # A treadmill has no hills; elsewhere a missing grade is missing.
        "fast_uphill_m": 0.0 if is_indoors(run) else fast_uphill_m(found, fast_mps) if known_speed else NOT_GIVEN,
        **{name: _given(getattr(found, name)) for name in OF_THE_LONGEST if name != "start_h"},
    }


def _climb(run: Activity, found: Exposure | None) -> float:
    if is_indoors(run):
        return 0.0
    measured = found.climb_m if found and found.climb_m is not None else run.climb_m
    return _given(measured)


def is_indoors(run: Activity) -> bool:
    """Whether the place had no true hills: a treadmill or a virtual run."""
    return Flag.TREADMILL in run.flags or run.sport == "VirtualRun"


def _given(value: float | None) -> float:
    return NOT_GIVEN if value is None else float(value)


def _add(series: dict[str, list[float]], position: int, added: Mapping[str, float]) -> None:
    for name, value in added.items():
        day = series[name]
        if name in OF_THE_LONGEST:
            day[position] = value
        elif name in LARGEST:
            unknown = isnan(day[position]) or isnan(value)
            day[position] = NOT_GIVEN if unknown else max(day[position], value)
        else:
            day[position] += value


def _fill(series: list[float], value: float, first: date, start: date, end: date) -> None:
    """Put *value* on the days *start* … *end*, as far as the series that begins on *first* holds them."""
    begin = max(0, (start - first).days)
    stop = max(begin, min(len(series), (end - first).days + 1))
    series[begin:stop] = [value] * (stop - begin)
