"""Signs of life, and everything else that says whether a part of Hamwatch is late."""

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col, select

from monitor.store.claims import last_finished
from monitor.store.heartbeat_tables import Heartbeat
from monitor.store.leases import in_force
from monitor.store.tables import Connection, Letter, Runner
from monitor.store.upsert import insert
from monitor.watch import Part, Signs


def beat(db: Session, part: Part, now: datetime, silent_after: timedelta, owner: str = "") -> datetime | None:
    """A sign of life; returns since when there was no silence longer than *silent_after*.

    With an *owner* it is a lease too: None where another owner's last sign is younger than that.
    """
    statement = insert(db, Heartbeat)
    first, last = (end - silent_after for end in in_force(now, silent_after))
    new, went_on = statement.excluded, col(Heartbeat.at).between(first, last)
    written = statement.on_conflict_do_update(
        index_elements=["part"],
        set_={"at": new.at, "owner": new.owner, "since": sa.case((went_on, Heartbeat.since), else_=new.since)},
        where=sa.or_(col(Heartbeat.owner) == owner, sa.not_(went_on)),
    )
    row = {"part": part, "owner": owner, "since": now, "at": now}
    since: datetime | None = db.execute(written.returning(col(Heartbeat.since)), row).scalar()
    return since


def beats(db: Session) -> dict[str, datetime]:
    """When each part that has run gave its last sign."""
    return {row.part: row.at for row in db.exec(select(Heartbeat).order_by(Heartbeat.part)).all()}


def forget(db: Session, part: Part) -> None:
    """Nothing is expected of *part* until it gives a sign again."""
    db.execute(sa.delete(Heartbeat).where(col(Heartbeat.part) == part))


def signs(db: Session, now: datetime) -> Signs:
    """What was seen last of each part."""
    seen = beats(db)
    return Signs(
        worker=seen.get(Part.WORKER),
        web=seen.get(Part.WEB),
        last_pass=_last_pass(db, has_worked=Part.WORKER in seen),
        oldest_due=oldest_due(db, now),
        last_copy=seen.get(Part.COPIES),
    )


def _last_pass(db: Session, *, has_worked: bool) -> datetime | None:
    """None where no pass is expected: only files are here, and no worker has ever run."""
    waiting = select(sa.func.min(Runner.created_at))
    since = db.exec(waiting if has_worked else waiting.join(Connection)).one()
    return last_finished(db) or since if since else None


def oldest_due(db: Session, now: datetime) -> datetime | None:
    """Since when a letter waits that the sender has not tried: a try moves the moment it is due."""
    queued = select(sa.func.min(Letter.due_at)).where(Letter.state == "queued", col(Letter.due_at) <= now)
    left = select(sa.func.min(Letter.lease_until)).where(Letter.state == "sending", col(Letter.lease_until) < now)
    found = [moment for query in (queued, left) if (moment := db.exec(query).one())]
    return min(found, default=None)
