"""What a runner tells of themselves: injuries, events, and the figures that reading their runs needs."""

from collections.abc import Collection
from dataclasses import asdict, fields, replace
from datetime import date
from typing import Any

from sqlmodel import Session, col, select

from monitor.errors import UserError
from monitor.model import Event, EventKind, Injury, Profile, Site
from monitor.store.activities import mark_changed
from monitor.store.due import make_due
from monitor.store.people import Person, person
from monitor.store.tables import EventRow, InjuryRow, ProfileRow
from monitor.store.within import by_runner

EARLIEST, LATEST = date(1990, 1, 1), date(2100, 12, 31)  # what is beyond is a typing error
LONGEST_EVENT_DAYS, MOST_EVENTS = 366, 1_000
SIDES = ("left", "right", "both")
SEXES = ("men", "women")
HEARTRATE_RESERVE_BPM = 30  # less than that between rest and maximum is a typing error
BOUNDS = {
    "fast_mps": (2.0, 8.0, "fast speed", "m/s"),
    "resting_heartrate_bpm": (25, 120, "resting heart rate", "beats/min"),
    "max_heartrate_bpm": (100, 230, "maximal heart rate", "beats/min"),
    "first_threshold_bpm": (60, 220, "first threshold", "beats/min"),
    "second_threshold_bpm": (60, 220, "second threshold", "beats/min"),
    "threshold_mps": (1.5, 7.0, "threshold speed", "m/s"),
}


def add_injury(db: Session, runner_id: int, injury: Injury) -> int:
    """A new injury, and its number; the runner's days from its onset on are assessed anew. Raises `UserError`."""
    if injury.side not in SIDES:
        raise UserError(f"{injury.side!r} is no side: give one of {', '.join(SIDES)}")
    _check_end(injury.onset, injury.ended)
    row = InjuryRow(runner_id=person(db, runner_id).id, **asdict(injury) | {"site": injury.site.value})
    db.add(row)
    db.flush()
    _changed(db, runner_id, injury.onset)
    return row.id or 0


def check_past(told: Injury, today: date) -> None:
    """Raises `UserError` for an injury of days to come."""
    if max(told.onset, told.ended or told.onset) > today:
        raise UserError(f"an injury of days to come cannot be noted: today is {today}")


def end_injury(db: Session, injury_id: int, ended: date) -> Injury:
    """Close an injury, or move its end; the runner's days from its onset on are assessed anew. Raises `UserError`."""
    row = db.get(InjuryRow, injury_id)
    if row is None:
        raise UserError(f"no injury {injury_id}: `hamwatch injury list --runner ID` shows a runner's")
    _check_end(row.onset, ended)
    row.ended = ended
    _changed(db, row.runner_id, row.onset)
    return _injury(row)


def sufferer(db: Session, injury_id: int) -> Person:
    """Whose injury it is."""
    return person(db, db.get_one(InjuryRow, injury_id).runner_id)


def remove_injury(db: Session, injury_id: int) -> None:
    """Forget an injury that was noted by mistake. Raises `UserError`."""
    row = db.get(InjuryRow, injury_id)
    if row is None:
        raise UserError(f"no injury {injury_id}: `hamwatch injury list --runner ID` shows a runner's")
    _changed(db, row.runner_id, row.onset)
    db.delete(row)


def injuries(db: Session, runner_id: int) -> dict[int, Injury]:
    """A runner's injuries by their number, oldest first."""
    return injuries_of(db, [runner_id])[runner_id]


def injuries_of(db: Session, runners: Collection[int]) -> dict[int, dict[int, Injury]]:
    """The same of many runners."""
    query = select(InjuryRow).where(col(InjuryRow.runner_id).in_(runners))
    rows = db.exec(query.order_by(col(InjuryRow.onset), col(InjuryRow.id))).all()
    found = by_runner(runners, ((row.runner_id, (row.id or 0, _injury(row))) for row in rows))
    return {runner_id: dict(each) for runner_id, each in found.items()}


def add_event(db: Session, runner_id: int, event: Event) -> int:
    """A new event, and its number; the runner's days from its first on are assessed anew. Raises `UserError`."""
    _check_days(event.first_day, event.last_day)
    if event.last_day < event.first_day:
        raise UserError(f"an event cannot end on {event.last_day}, before it begins on {event.first_day}")
    if (event.last_day - event.first_day).days >= LONGEST_EVENT_DAYS:
        raise UserError("an event lasts a year at most")
    if len(events(db, runner_id)) >= MOST_EVENTS:
        raise UserError(f"{MOST_EVENTS} events are noted: remove some")
    row = EventRow(runner_id=person(db, runner_id).id, **asdict(event) | {"kind": event.kind.value})
    db.add(row)
    db.flush()
    _changed(db, runner_id, event.first_day)
    return row.id or 0


def remove_event(db: Session, event_id: int) -> None:
    """Forget an event that was noted by mistake. Raises `UserError`."""
    row = db.get(EventRow, event_id)
    if row is None:
        raise UserError(f"no event {event_id}: `hamwatch event list --runner ID` shows a runner's")
    _changed(db, row.runner_id, row.first_day)
    db.delete(row)


def events(db: Session, runner_id: int) -> dict[int, Event]:
    """A runner's events by their number, oldest first."""
    return events_of(db, [runner_id])[runner_id]


def events_of(db: Session, runners: Collection[int]) -> dict[int, dict[int, Event]]:
    """The same of many runners."""
    query = select(EventRow).where(col(EventRow.runner_id).in_(runners))
    rows = db.exec(query.order_by(col(EventRow.first_day), col(EventRow.id))).all()
    found = by_runner(runners, ((row.runner_id, (row.id or 0, _event(row))) for row in rows))
    return {runner_id: dict(each) for runner_id, each in found.items()}


def profile(db: Session, runner_id: int) -> Profile:
    """What is known of the runner; all unknown where nothing was told."""
    return profiles(db, [runner_id])[runner_id]


def profiles(db: Session, runners: Collection[int]) -> dict[int, Profile]:
    """The same of many runners."""
    rows = db.exec(select(ProfileRow).where(col(ProfileRow.runner_id).in_(runners))).all()
    return {runner_id: Profile() for runner_id in runners} | {row.runner_id: _profile(row) for row in rows}


def set_profile(db: Session, runner_id: int, **told: Any) -> Profile:
    """Change the fields of `Profile` that are *told*; None forgets one. All days are assessed anew.

    Raises `UserError` for a value that nobody has.
    """
    changed = checked_profile(replace(profile(db, person(db, runner_id).id), **told))
    db.merge(ProfileRow(runner_id=runner_id, **asdict(changed)))
    _changed(db, runner_id, date.min)
    return changed


def checked_profile(told: Profile) -> Profile:
    """The same profile. Raises `UserError` for a value that nobody has."""
    for name, (least, most, what, unit) in BOUNDS.items():
        value = getattr(told, name)
        if value is not None and not least <= value <= most:
            raise UserError(f"a {what} of {value:g} {unit} is not plausible: give one from {least:g} to {most:g}")
    rest, most_bpm = told.resting_heartrate_bpm, told.max_heartrate_bpm
    if rest is not None and most_bpm is not None and rest >= most_bpm - HEARTRATE_RESERVE_BPM:
        raise UserError(f"a resting heart rate of {rest} must be more than 30 below the maximal one, {most_bpm}")
    first, second = told.first_threshold_bpm, told.second_threshold_bpm
    if first is not None and second is not None and first >= second:
        raise UserError(f"a first threshold of {first} must be below the second, {second}")
    if told.sex not in (None, *SEXES):
        raise UserError(f"{told.sex!r} has no published weights: give one of {', '.join(SEXES)}, or leave it out")
    return told


def _changed(db: Session, runner_id: int, first: date) -> None:
    """The runner's days from *first* on read differently, and their next pass need not wait for tomorrow."""
    mark_changed(db, runner_id, first)
    make_due(db, runner_id)


def _check_days(*days: date) -> None:
    for each in days:
        if not EARLIEST <= each <= LATEST:
            raise UserError(f"{each} cannot be meant: give a day from {EARLIEST} to {LATEST}")


def _check_end(onset: date, ended: date | None) -> None:
    _check_days(onset, ended or onset)
    if ended is not None and ended < onset:
        raise UserError(f"an injury cannot end on {ended}, before its onset on {onset}")


def _profile(row: ProfileRow) -> Profile:
    return Profile(**{field.name: getattr(row, field.name) for field in fields(Profile)})


def _event(row: EventRow) -> Event:
    return Event(EventKind(row.kind), row.first_day, row.last_day)


def _injury(row: InjuryRow) -> Injury:
    return Injury(Site(row.site), row.side, row.onset, row.ended)
