"""Signs of life, and everything else that says whether a part of Hamwatch is late."""

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from monitor.store.claims import LAST_FINISHED
from monitor.store.heartbeat_tables import Heartbeat
from monitor.store.leases import in_force
from monitor.store.tables import Connection, Letter, Runner
from monitor.store.types import UtcDateTime
from monitor.store.upsert import columns, insert
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
    """What was seen last of each part, by one query: every page asks."""
    return signs_of(db.connection().execute(sa.select(*SEEN), {"now": now}).one())


def signs_of(seen: Any) -> Signs:
    """The same of a row with the columns `SEEN`, which take the moment *now*.

    No pass is expected where only files are here and no worker has ever run. A letter waits that the sender has not
    tried: a try moves the moment it is due.
    """
    waiting = seen.first_runner if seen.worker else seen.first_connected
    return Signs(
        worker=seen.worker,
        web=seen.web,
        last_pass=(seen.last_pass or waiting) if waiting else None,
        oldest_due=min(filter(None, (seen.queued, seen.left)), default=None),
        last_copy=seen.last_copy,
    )


def _seen() -> list[sa.Label[Any]]:
    sign, letter, runner = columns(Heartbeat).c, columns(Letter).c, columns(Runner).c
    now, first = sa.bindparam("now", type_=UtcDateTime), sa.func.min
    created = sa.select(first(runner.created_at))
    parts = {
        "worker": sa.select(sign.at).where(sign.part == Part.WORKER.value),
        "web": sa.select(sign.at).where(sign.part == Part.WEB.value),
        "last_copy": sa.select(sign.at).where(sign.part == Part.COPIES.value),
        "first_runner": created,
        "first_connected": created.where(runner.id.in_(sa.select(columns(Connection).c.runner_id))),
        "last_pass": LAST_FINISHED,
        "queued": sa.select(first(letter.due_at)).where(letter.state == "queued", letter.due_at <= now),
        "left": sa.select(first(letter.lease_until)).where(letter.state == "sending", letter.lease_until < now),
    }
    return [query.scalar_subquery().label(name) for name, query in parts.items()]


SEEN = _seen()
