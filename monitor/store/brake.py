"""The deletion brake: where many permissions end at once, nothing is deleted for it until a person has looked."""

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col, select

from monitor.errors import UserError
from monitor.model import Origin
from monitor.rules.freshness import Access, mass_failure
from monitor.store.due import make_due
from monitor.store.outbox import RECONNECT
from monitor.store.strava_tables import Brake
from monitor.store.tables import Connection, Letter, Runner

WINDOW = timedelta(hours=1)


def brake(db: Session) -> Brake | None:
    """The brake, where it is on."""
    row = db.get(Brake, Origin.STRAVA.value)
    return row if row and row.lifted_at is None else None


def held_since(db: Session, row: Connection) -> datetime | None:
    """Since when this lost permission counts as Strava's silence, because the brake is on; None where it does not."""
    pulled = brake(db) if row.access == Access.REVOKED else None
    return pulled.since if pulled and row.access_since >= pulled.since - WINDOW else None


def pull_if_many(db: Session, now: datetime) -> bool:
    """Pull the brake where the last hour looks like a fault of ours; whether that happened now."""
    last = db.get(Brake, Origin.STRAVA.value)
    if brake(db):
        return False
    begin = max(now - WINDOW, last.lifted_at) if last and last.lifted_at else now - WINDOW
    ended = _count(db, col(Connection.access) == Access.REVOKED.value, col(Connection.access_since) > begin)
    answered = _count(db, col(Connection.access) == Access.OK.value, col(Connection.last_complete_at) > begin)
    if not mass_failure(ended, answered):
        return False
    db.merge(Brake(origin=Origin.STRAVA.value, since=now, lifted_at=None))
    db.flush()
    _hold_letters(db)
    return True


def release(db: Session, now: datetime, delete_after: timedelta, *, ask_again: bool) -> list[int]:
    """A person lifts the brake; the runners whom it held: from now on their clock runs, and they are mailed.

    With *ask_again* their stored tokens are tried once more instead. Raises `UserError` where the brake is not on.
    """
    pulled, rows = brake(db), held(db)
    if pulled is None:
        raise UserError("the deletion brake is not on: there is nothing to release")
    pulled.lifted_at = now
    for row in rows:
        if ask_again:
            row.access, row.access_since, row.delete_at = Access.OK.value, now, None
            make_due(db, row.runner_id)
        else:
            row.delete_at = now + delete_after
        db.get_one(Runner, row.runner_id).alert_due = True
    return [row.runner_id for row in rows]


def held(db: Session) -> list[Connection]:
    """The connections whose lost permission the brake does not believe."""
    lost = db.exec(select(Connection).where(Connection.access == Access.REVOKED.value)).all()
    return [row for row in lost if held_since(db, row)]


def _hold_letters(db: Session) -> None:
    """What would ask these runners to reconnect, and has not left yet, is written anew when the brake is lifted."""
    whose = [row.runner_id for row in held(db)]
    waiting = (col(Letter.kind) == RECONNECT, col(Letter.state) == "queued", col(Letter.runner_id).in_(whose))
    db.execute(sa.delete(Letter).where(*waiting))


def _count(db: Session, *such: sa.ColumnElement[bool]) -> int:
    return db.exec(select(sa.func.count()).select_from(Connection).where(*such)).one()
