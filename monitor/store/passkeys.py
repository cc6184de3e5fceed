"""Passkeys: which ones open the pages, and whose they are."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from monitor.store.sessions import Identity, readable
from monitor.store.sign_in_tables import Passkey


def add_passkey(
    db: Session, who: Identity, credential: str, public_key: str, uses: int, agent: str, now: datetime
) -> None:
    """One more of theirs."""
    row = Passkey(credential=credential, public_key=public_key, uses=uses, at=now, used_at=None)
    row.address, row.runner_id, row.agent = who.address, who.runner_id, readable(agent)
    db.add(row)


def passkey(db: Session, credential: str) -> Passkey | None:
    """The one with this number, held until the transaction ends: of two uses at once the second sees the first."""
    return db.exec(select(Passkey).where(Passkey.credential == credential).with_for_update()).first()


def passkeys(db: Session, who: Identity) -> Sequence[Passkey]:
    """All of theirs, oldest first."""
    return db.exec(select(Passkey).where(_of(who)).order_by(col(Passkey.id))).all()


def remove_passkey(db: Session, who: Identity, number: int) -> bool:
    """It opens nothing any more; whether there was one of theirs."""
    removed = db.execute(sa.delete(Passkey).where(_of(who), col(Passkey.id) == number))
    return bool(removed.rowcount)  # type: ignore[attr-defined]


def owner(row: Passkey) -> Identity:
    return Identity(row.address, row.runner_id)


def _of(who: Identity) -> sa.ColumnElement[bool]:
    return sa.and_(col(Passkey.address) == who.address, col(Passkey.runner_id).is_not_distinct_from(who.runner_id))
