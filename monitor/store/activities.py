"""Runs in and out: a source's list or file is written once, edits change rows, and what left a complete list goes."""

import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from monitor.load.daily import Span
from monitor.model import Activity, Flag, Origin, Workout
from monitor.store.audience import OWN, Audience
from monitor.store.corrections import keep_former
from monitor.store.own_tables import AmendmentRow
from monitor.store.people import count_change, still_here
from monitor.store.tables import ActivityRow, Coverage, Quarantine
from monitor.store.upsert import upsert
from monitor.store.within import by_runner

KEY = ("runner_id", "origin", "origin_id")
TOLD = tuple(field.name for field in fields(Activity))
SHAPE = ("sport", "start", "distance_m", "moving_s", "elapsed_s", "flags")  # what a new recording would change
ALIKE = "one run listed many times: is something importing it over and over?"
COPIED = "copied"  # begins the origin of days that Strava told once, as the runner's own copy says


@dataclass(frozen=True, slots=True)
class Changes:
    """What writing a batch changed. *first_day* is the earliest day that now reads differently."""

    new: int = 0
    changed: int = 0
    same: int = 0
    first_day: date | None = None
    new_starts: tuple[datetime, ...] = ()  # of the new ones


def stored_activities(db: Session, runner_id: int, audience: Audience = OWN) -> list[Activity]:
    """All that is stored of a runner's training and may be seen, copies included."""
    return activities_of(db, [runner_id], audience)[runner_id]


def activities_of(db: Session, runners: Collection[int], audience: Audience = OWN) -> dict[int, list[Activity]]:
    """The same of many runners. Only the columns are read: making a row of each costs more than all else."""
    columns = [col(getattr(ActivityRow, name)) for name in ("runner_id", *TOLD)]
    query = sa.select(*columns).where(col(ActivityRow.runner_id).in_(runners), audience.sees(ActivityRow.origin))
    rows = db.execute(query).all()
    return by_runner(runners, ((row[0], _activity(dict(zip(TOLD, row[1:], strict=True)))) for row in rows))


def write_activities(db: Session, runner_id: int, activities: Iterable[Activity], seen_at: datetime) -> Changes:
    """Write a batch; a row that is there already changes only where its content does. Raises `Gone`."""
    still_here(db, runner_id)
    rows = {(a.origin.value, a.origin_id): _as_row(runner_id, a, seen_at) for a in activities}
    stored = {(row.origin, row.origin_id): row for row in _stored(db, runner_id)}
    new = [row for key, row in rows.items() if key not in stored]
    changed = [row for key, row in rows.items() if key in stored and stored[key].content != row["content"]]
    former = [stored[row["origin"], row["origin_id"]] for row in changed]
    days = [row["start_local"].date() for row in new + changed] + [row.start_local.date() for row in former]
    keep_former(db, former, seen_at)
    upsert(db, ActivityRow, list(rows.values()), KEY)
    same = len(rows) - len(new) - len(changed)
    result = Changes(len(new), len(changed), same, min(days, default=None), tuple(row["start"] for row in new))
    mark_changed(db, runner_id, result.first_day)
    return result


def missing_from(
    db: Session, runner_id: int, origin: Origin, ids: Iterable[str], after: datetime, before: datetime
) -> list[str]:
    """The stored ids of runs begun between *after* and *before* that a list of that time did not name, newest first."""
    listed = set(ids)
    newest_first = sorted(_stored(db, runner_id, origin), key=lambda row: row.start, reverse=True)
    return [row.origin_id for row in newest_first if row.origin_id not in listed and after < row.start < before]


def remove_activities(db: Session, runner_id: int, origin: Origin, ids: Sequence[str]) -> None:
    """Take out rows that their source no longer has."""
    gone = set(ids)
    rows = [row for row in _stored(db, runner_id, origin) if row.origin_id in gone]
    mark_changed(db, runner_id, min((row.start_local.date() for row in rows), default=None))
    _take_out(db, rows)


def purge_unseen(db: Session, runner_id: int, origin: Origin, before: datetime) -> None:
    """Take out rows that no list has shown since *before*.

    Where the source still counts as telling such a day, it has been silent for too long: it tells nothing any more.
    """
    unseen = [row for row in _stored(db, runner_id, origin) if row.seen_at < before]
    told = db.get(Coverage, (runner_id, origin.value))
    if told and any(told.first_day <= row.start_local.date() <= told.last_day for row in unseen):
        mark_changed(db, runner_id, told.first_day)
        db.delete(told)
    _take_out(db, unseen)


def told_of(db: Session, runners: Collection[int], audience: Audience = OWN) -> dict[int, list[tuple[Origin, Span]]]:
    """The stretches of days that each runner's sources have told completely, and which source it was."""
    query = select(Coverage).where(col(Coverage.runner_id).in_(runners), audience.sees(Coverage.origin))
    rows = db.exec(query).all()
    return by_runner(runners, ((row.runner_id, (_told_by(row), (row.first_day, row.last_day))) for row in rows))


def replace_coverage(db: Session, runner_id: int, origin: Origin, first: date, last: date) -> None:
    """A complete list of *first* … *last* is all that this source now tells; days it did not tell before are new."""
    old = db.get(Coverage, (runner_id, origin.value))
    if old and last > old.last_day:
        mark_changed(db, runner_id, old.last_day + timedelta(days=1))
    if old is None or first < old.first_day:
        mark_changed(db, runner_id, first)
    row = {"runner_id": runner_id, "origin": origin.value, "first_day": first, "last_day": last}
    upsert(db, Coverage, [row], ("runner_id", "origin"))


def extend_coverage(db: Session, runner_id: int, origin: Origin, days: Sequence[date]) -> None:
    """A file told *days*; the days between files of one kind are rest."""
    old = db.get(Coverage, (runner_id, origin.value))
    known = [*days, *([old.first_day, old.last_day] if old else [])]
    if known:
        replace_coverage(db, runner_id, origin, min(known), max(known))


def restore_coverage(db: Session, runner_id: int, origin: str, first: date, last: date) -> None:
    """A runner's own copy told *first* … *last*, as *origin* had told them when it was made.

    What Strava had told is kept as a stretch of its own: the days between it and the runner's files stay unknown.
    """
    if origin in (Origin.EXPORT, Origin.RECORDING):
        extend_coverage(db, runner_id, Origin(origin), [first, last])
        return
    row = {"runner_id": runner_id, "origin": f"{COPIED}/{first}", "first_day": first, "last_day": last}
    upsert(db, Coverage, [row], ("runner_id", "origin"))
    mark_changed(db, runner_id, first)


def quarantine(
    db: Session, runner_id: int, origin: Origin, records: Iterable[tuple[str | None, str, str, int]], seen_at: datetime
) -> None:
    """Keep why records could not be used: (id, reason, sha256, size), nothing of what they said."""
    names = ("record_id", "reason", "sha256", "size")
    unique = {record[2]: record for record in records}
    rows = [
        {"runner_id": runner_id, "origin": origin.value, "seen_at": seen_at, **dict(zip(names, r, strict=True))}
        for r in unique.values()
    ]
    upsert(db, Quarantine, rows, ("runner_id", "origin", "sha256"))


def mark_changed(db: Session, runner_id: int, day: date | None) -> None:
    """The days from *day* on must be assessed anew. Raises `Gone`."""
    runner = still_here(db, runner_id)
    if day is not None:
        runner.assess_from = min(day, runner.assess_from or day)
        count_change(db, runner_id)


def as_activity(row: ActivityRow) -> Activity:
    """The stored row as the core knows it."""
    return _activity({name: getattr(row, name) for name in TOLD})


def _activity(values: dict[str, Any]) -> Activity:
    origin, workout = Origin(values["origin"]), Workout(values["workout"])
    flags = frozenset(Flag[name] for name in values["flags"])
    return Activity(**values | {"origin": origin, "workout": workout, "flags": flags})


def _told_by(row: Coverage) -> Origin:
    """A runner's own copy is their own, whoever told it first."""
    return Origin.EXPORT if row.origin.startswith(COPIED) else Origin(row.origin)


def _take_out(db: Session, rows: Iterable[ActivityRow]) -> None:
    """The rows, and what their runner said of them."""
    for row in rows:
        mine = col(AmendmentRow.runner_id) == row.runner_id, col(AmendmentRow.origin) == row.origin
        db.execute(sa.delete(AmendmentRow).where(*mine, col(AmendmentRow.origin_id) == row.origin_id))
        db.delete(row)


def _stored(db: Session, runner_id: int, origin: Origin | None = None) -> Sequence[ActivityRow]:
    query = select(ActivityRow).where(ActivityRow.runner_id == runner_id)
    return db.exec(query.where(ActivityRow.origin == origin.value) if origin else query).all()


def _as_row(runner_id: int, activity: Activity, seen_at: datetime) -> dict[str, Any]:
    values = {field.name: getattr(activity, field.name) for field in fields(activity)}
    values |= {
        "origin": activity.origin.value,
        "workout": int(activity.workout),
        "flags": sorted(flag.name for flag in activity.flags),
        "start": activity.start.astimezone(UTC),
    }
    hashes = {"content": _hash(values), "shape": _hash({name: values[name] for name in SHAPE})}
    return values | hashes | {"runner_id": runner_id, "seen_at": seen_at}


def _hash(values: dict[str, Any]) -> str:
    return hashlib.sha256(repr(sorted(values.items())).encode()).hexdigest()
