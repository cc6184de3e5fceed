"""The same session told twice counts once: watch and phone, a file and its copy on Strava, an import run again."""

from bisect import bisect_left, insort
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from monitor.load.daily import usable_distance
from monitor.model import Activity, Amendment, Flag, Origin


@dataclass(frozen=True, slots=True)
class Counted:
    """A run that counts, and the copies of it that do not, the best of them first.

    One that the runner corrected (`amended`) reads as they say; where they made it of several, *parts* are those.
    """

    run: Activity
    copies: tuple[Activity, ...] = ()
    amendments: tuple[Amendment, ...] = ()
    parts: tuple["Counted", ...] = ()

    @property
    def records(self) -> tuple[Activity, ...]:
        """Every record of the session, the one that counts first."""
        return (self.run, *self.copies)


@dataclass(frozen=True, slots=True)
class _Session:
    """A counted run on the clock; copies are added as they are met."""

    run: Activity
    start: datetime
    end: datetime
    copies: list[Activity] = field(default_factory=list)

    def is_also(self, other: "_Session") -> bool:
        """Whether the two overlap by at least half of the shorter one: nobody runs twice at once."""
        earlier, later = sorted((self, other), key=lambda session: session.start)
        if later.start > earlier.start and later.start >= earlier.end:
            return False
        shared = min(earlier.end, later.end) - later.start
        return 2 * shared >= min(self.end - self.start, other.end - other.start)


def counted(activities: Sequence[Activity]) -> list[Counted]:
    """The runs among *activities* that count, in order of time, each with its copies.

    Two runs are one session where they overlap by at least half of the shorter one. The best record counts: usable
    distance, then recorded rather than entered by hand, a runner's own file before Strava, with heart rate, with
    fewer flags, the longer. A run with a hidden start matches only its own id.
    The order of *activities* changes nothing.
    """
    sessions: list[_Session] = []
    by_id: dict[tuple[bool, str], _Session] = {}
    clock: list[_Session] = []  # sessions that do not overlap by half, so in order of start and of end alike
    for run in sorted((a for a in activities if a.is_run), key=_worse):
        session = _Session(run, run.start, run.start + timedelta(seconds=length_s(run)))
        hidden = Flag.HIDDEN_START in run.flags
        known = by_id.get(_identity(run)) or (None if hidden else _same(session, clock))
        if known:
            known.copies.append(run)
        else:
            sessions.append(session)
            if not hidden:
                insort(clock, session, key=lambda s: s.start)
        by_id.setdefault(_identity(run), known or session)
    sessions.sort(key=lambda s: (s.start, _worse(s.run)))
    return [Counted(s.run, tuple(s.copies)) for s in sessions]


def _identity(run: Activity) -> tuple[bool, str]:
    """Strava's number of an activity is the same in its list and in its bulk export."""
    return run.origin is Origin.RECORDING, run.origin_id


def _worse(run: Activity) -> tuple[Any, ...]:
    """Sorts the best record of a session first, and equal ones always alike."""
    return (
        usable_distance(run) is None,
        Flag.MANUAL in run.flags,
        run.origin is Origin.STRAVA,
        run.average_heartrate_bpm is None,
        len(run.flags),
        -(run.distance_m or 0),
        run.start,
        run.origin,
        run.origin_id,
    )


def length_s(run: Activity) -> int:
    """From the start of a run to its end. [s]"""
    # A watch that was not stopped ran on into the next session.
    running_on = Flag.FORGOTTEN_STOP in run.flags or run.elapsed_s is None
    return (run.moving_s if running_on else run.elapsed_s) or 0


def _same(session: _Session, clock: Sequence[_Session]) -> _Session | None:
    return next((other for other in _near(session, clock) if other.is_also(session)), None)


def _near(session: _Session, clock: Sequence[_Session]) -> Iterator[_Session]:
    """The sessions of *clock* that may overlap: outwards from its start, until they end before or start after it."""
    here = bisect_left(clock, session.start, key=lambda s: s.start)
    for n in range(here - 1, -1, -1):
        if clock[n].end <= session.start:
            break
        yield clock[n]
    for n in range(here, len(clock)):
        if clock[n].start > session.end:
            break
        yield clock[n]
