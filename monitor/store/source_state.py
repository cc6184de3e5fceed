"""What is known of Strava as a whole: after a rate limit, a lost connection or a run of faults, all asking waits."""

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col

from monitor.model import Origin
from monitor.store.tables import SourceState

CIRCUIT_RUNNERS = 5
CIRCUIT_OPEN = timedelta(minutes=15)
_DOWN_SINCE = sa.select(col(SourceState.down_since)).where(col(SourceState.origin) == Origin.STRAVA.value)


def strava_state(db: Session) -> SourceState:
    return db.get(SourceState, Origin.STRAVA.value) or SourceState(origin=Origin.STRAVA.value)


def down_since(db: Session) -> datetime | None:
    """Since when nobody gets an answer, or None; as little as a page needs of it."""
    return db.execute(_DOWN_SINCE).scalar()


def blocked_until(db: Session, now: datetime) -> datetime | None:
    """Until when nobody may ask, or None."""
    until = strava_state(db).blocked_until
    return until if until and until > now else None


def note_answer(db: Session) -> None:
    """Strava answered as it should."""
    row = strava_state(db)
    row.failing, row.down_since, row.blocked_until, row.reason = [], None, None, ""
    db.add(row)


def note_fault(
    db: Session, runner_id: int, reason: str, now: datetime, *, app_wide: bool, retry_at: datetime | None
) -> None:
    """Strava did not answer as it should, when asked for this runner.

    A fault of the whole source, or one that five runners met since the last good answer, stops all asking for a
    quarter of an hour. Where Strava said when to come back (*retry_at*) it is limiting us, and is not down.
    """
    row = strava_state(db)
    row.reason = reason
    if retry_at is None:
        row.failing = sorted({*row.failing, runner_id})
    if app_wide or len(row.failing) >= CIRCUIT_RUNNERS:
        row.blocked_until = retry_at or now + CIRCUIT_OPEN
        row.down_since = row.down_since if retry_at else row.down_since or now
    db.add(row)
