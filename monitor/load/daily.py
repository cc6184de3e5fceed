"""Days: one value per calendar day and series, 0 for rest, NaN for unknown."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, timedelta
from functools import wraps

import numpy as np

from monitor.load.windows import Array
from monitor.model import Activity, Flag

Span = tuple[date, date]  # the first and the last day of a stretch that is known, both included


@dataclass(frozen=True, slots=True)
class History:
    """The days of one runner, or of a block of runners as rows; the last axis is days, from *first_day* on.

    A day is known where *distance_m* is. On a known day every series of volume is known; one that needs the samples
    of a run is NaN where a run of the day has none. Whole metres and seconds, so that sums are exact.
    """

    first_day: date

    distance_m: Array  # of all runs of the day
    moving_s: Array  # moving time of the runs whose distance counts
    runs: Array  # how many of them
    unusable_runs: Array  # how many more there were, whose distance cannot be used
    unusable_s: Array  # moving time of those
    fast_m: Array  # at or above the runner's own fast speed
    sprint_m: Array  # at 5.5 m/s or faster for at least 2 s
    fast_uphill_m: Array  # at grades of 4 % and more, at a grade-adjusted speed at or above the fast speed
    internal_load: Array  # of all runs of the day, by one method for all days

    longest_m: Array  # longest single run of the day
    longest_s: Array  # longest moving time of a single run
    by_time_s: Array  # the same of runs on trails or a treadmill, whose distance tells too little
    climb_m: Array  # most climb of a single run
    hard_marked: Array  # 1 where the runner called a run a race or a workout
    race: Array  # 1 where the runner called a run a race

    # Of the day's longest run; NaN on a day of rest.
    start_h: Array  # wall clock of its start [hours after midnight]
    cadence_spm: Array
    cadence_mps: Array
    cadence_grade: Array
    cadence_fade: Array  # last third / first third
    pace_fade: Array
    heartrate_fade: Array

    checked_in: Array  # 1 on a day on which the runner told how it felt
    pain: Array  # the pain that was told then, as it counts (`symptoms.pain.counted`) [0-11]

    excused: Array  # 1 on days of a planned taper, a race, illness or holiday

    measured: dict[object, Array] = field(default_factory=dict, init=False, repr=False, compare=False)  # `remembered`

    @property
    def days(self) -> list[date]:
        return [self.first_day + timedelta(days=n) for n in range(self.distance_m.shape[-1])]

    @property
    def last_day(self) -> date:
        return self.first_day + timedelta(days=self.distance_m.shape[-1] - 1)

    def index(self, day: date) -> int:
        """Position of *day* on the last axis; negative or past the end where the history does not hold it."""
        return (day - self.first_day).days

    def until(self, day: date) -> "History":
        """What was known at the end of *day*."""
        end = max(0, self.index(day) + 1)
        return History(self.first_day, **{name: getattr(self, name)[..., :end] for name in SERIES})


SERIES = tuple(each.name for each in fields(History) if each.init and each.name != "first_day")
NOTHING = History(date.min, **{name: np.zeros(0) for name in SERIES})


def remembered(measure: Callable[[History], Array]) -> Callable[[History], Array]:
    """*measure*, computed once of each History and kept as long as that is: several rules build upon it.

    What it gives is shared, so it can be read and not written.
    """

    @wraps(measure)
    def once(history: History) -> Array:
        if once not in history.measured:
            values = measure(history)
            values.flags.writeable = False
            history.measured[once] = values
        return history.measured[once]

    return once


def known_spans(runs: Sequence[Activity], told: Sequence[Span]) -> list[Span]:
    """The known stretches: what sources have *told*, but nothing before the runner's first recorded run.

    The first run entered by hand starts a series only where no run was recorded: entries of 1991 start no series.
    """
    inside = [run for run in runs if any(start <= run.day <= end for start, end in told)]
    recorded = [run.day for run in inside if Flag.MANUAL not in run.flags] or [run.day for run in inside]
    if not recorded:
        return []
    first = min(recorded)
    return [(max(start, first), end) for start, end in told if end >= first]


UNUSABLE_DISTANCE = frozenset(
    {Flag.NO_DISTANCE, Flag.NO_TIME, Flag.TOO_FAST, Flag.TOO_SLOW, Flag.TOO_LONG, Flag.FULL_DAY}
)


def usable_distance(run: Activity) -> int | None:
    """The distance that counts [m]; None where it is missing or a flag says it cannot be true."""
    return None if run.flags & UNUSABLE_DISTANCE else run.distance_m
