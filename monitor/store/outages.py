"""What the operator is told is late: claimed before it is told, so that of several processes one does."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col

from monitor.store.heartbeat_tables import Outage
from monitor.store.upsert import columns, insert
from monitor.watch import Late, Part

AGAIN = timedelta(days=1)
RETRY = timedelta(minutes=5)  # where the mail was not taken, or its sender was killed


def claim(db: Session, late: Late, now: datetime) -> Outage | None:
    """The outage, where it is the caller's to tell now; None where it was told in the last day, or is being told."""
    statement = insert(db, Outage)
    taken = statement.on_conflict_do_update(
        index_elements=["part"], set_={"tell_at": now + RETRY}, where=col(Outage.tell_at) <= now
    )
    row = {"part": late.part, "since": late.since, "times": 0, "tell_at": now + RETRY}
    found = db.execute(taken.returning(*columns(Outage).columns), row).mappings().first()
    return Outage(**found) if found else None


def told(db: Session, part: Part, now: datetime) -> None:
    """The operator was told; again in a day."""
    changed = {"times": col(Outage.times) + 1, "tell_at": now + AGAIN}
    db.execute(sa.update(Outage).where(col(Outage.part) == part).values(**changed))


def end(db: Session, found: Sequence[Late]) -> None:
    """Whatever is late no more is over: should it come again, it is told anew."""
    db.execute(sa.delete(Outage).where(col(Outage.part).not_in([each.part for each in found])))
