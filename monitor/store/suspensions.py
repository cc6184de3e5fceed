"""Addresses that a mail server refused for good. They rest until a person has looked."""

from collections.abc import Sequence
from datetime import datetime
from email.utils import parseaddr

import sqlalchemy as sa
from sqlmodel import Session, col, select

from monitor.errors import UserError
from monitor.store.delivery_tables import Suspension
from monitor.store.tables import Letter
from monitor.store.upsert import insert

SUSPENDED = "suspended"  # the state of a letter to such an address


def suspend(db: Session, recipient: str, reason: str, now: datetime) -> None:
    """Nothing is tried at the *recipient*'s address any more; others are not touched."""
    statement = insert(db, Suspension).on_conflict_do_nothing(index_elements=["address"])
    db.execute(statement, {"address": plain(recipient), "since": now, "reason": reason})


def suspended(db: Session) -> Sequence[Suspension]:
    """The addresses that rest: since when, and why."""
    return db.exec(select(Suspension).order_by(col(Suspension.since), col(Suspension.address))).all()


def suspension(db: Session, recipient: str) -> Suspension | None:
    return db.get(Suspension, plain(recipient))


def lift(db: Session, recipient: str) -> None:
    """Forget that the address was refused."""
    db.execute(sa.delete(Suspension).where(col(Suspension.address) == plain(recipient)))


def resume(db: Session, address: str) -> int:
    """Try an address again, and what waited for it; returns how many letters that are.

    Raises `UserError` where it is not suspended.
    """
    if suspension(db, address) is None:
        raise UserError(f"{address} is not suspended: `hamwatch mail suspended` shows which are")
    lift(db, address)
    waiting = [row for row in db.exec(select(Letter).where(Letter.state == SUSPENDED)) if _is_to(row, address)]
    for row in waiting:
        row.state = "queued"
    return len(waiting)


def plain(recipient: str) -> str:
    """The bare address of a recipient, as it is compared."""
    return parseaddr(recipient)[1].lower()


def _is_to(row: Letter, address: str) -> bool:
    return plain(row.recipient) == plain(address)
