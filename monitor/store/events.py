"""Strava's hints that something changed, kept until a complete list has answered them."""

from collections.abc import Collection
from datetime import datetime, timedelta
from enum import StrEnum

import sqlalchemy as sa
from sqlmodel import Session, col, select

from monitor.store.strava_tables import StravaEvent
from monitor.store.tables import Connection
from monitor.store.upsert import insert

# A run is followed by its title, its photo, its copy from a second watch: one list answers them all.
SETTLES_IN = timedelta(minutes=2)
AGAIN_AFTER_MIN = (5, 15, 60, 240, 720)  # a run that is announced may not be listed yet


class Aspect(StrEnum):
    CREATE = "create"
    UPDATE = "update"
    DELETE = "delete"
    DEAUTHORIZE = "deauthorize"


def note_event(db: Session, athlete_id: int, aspect: Aspect, object_id: int, event_time: int, now: datetime) -> bool:
    """Keep a hint, once however often it comes; False where nobody here has this Strava account."""
    runner_id = db.exec(select(Connection.runner_id).where(Connection.athlete_id == athlete_id)).first()
    if runner_id is None:
        return False
    hint = {
        "runner_id": runner_id,
        "aspect": aspect.value,
        "object_id": object_id,
        "event_time": event_time,
        "received_at": now,
        "due_at": now + SETTLES_IN,
        "attempts": 0,
    }
    key = ("runner_id", "aspect", "object_id", "event_time")
    db.execute(insert(db, StravaEvent).on_conflict_do_nothing(index_elements=key), hint)
    return True


def with_news(db: Session, now: datetime) -> set[int]:
    """The runners of whom something is to be looked up now."""
    return set(db.exec(select(StravaEvent.runner_id).where(StravaEvent.due_at <= now)).all())


def is_expected(db: Session, runner_id: int) -> bool:
    """Whether Strava has told that something of this runner changed, due or not."""
    return db.exec(select(StravaEvent.id).where(StravaEvent.runner_id == runner_id)).first() is not None


def answer_events(db: Session, runner_id: int, listed: Collection[str], asked_at: datetime) -> None:
    """A list that was complete as of *asked_at* answers what came before it.

    A run that was announced and is not listed yet is looked for again, five times in a day, unless its end was told
    as well: whatever the order in which the two came, the list is right.
    """
    hints = db.exec(
        select(StravaEvent).where(StravaEvent.runner_id == runner_id, StravaEvent.received_at <= asked_at)
    ).all()
    deleted = {hint.object_id for hint in hints if hint.aspect == Aspect.DELETE}
    for hint in hints:
        missing = hint.aspect == Aspect.CREATE and str(hint.object_id) not in listed and hint.object_id not in deleted
        if missing and hint.attempts < len(AGAIN_AFTER_MIN):
            hint.due_at = asked_at + timedelta(minutes=AGAIN_AFTER_MIN[hint.attempts])
            hint.attempts += 1
        else:
            db.delete(hint)


def look_again(db: Session, runner_id: int, missing: Collection[str], now: datetime) -> None:
    """Runs that a list did not name, and that are not known to be gone, are a hint too: the next list comes soon."""
    account = db.get(Connection, runner_id)
    if account and missing:
        note_event(db, account.athlete_id, Aspect.DELETE, int(min(missing)), int(now.timestamp()), now)


def waiting_events(db: Session) -> int:
    """How many hints no list has answered yet."""
    return db.exec(select(sa.func.count(col(StravaEvent.id)))).one()
