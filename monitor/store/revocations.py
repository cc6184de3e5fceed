"""Permissions that we give back: their tokens are kept, sealed anew, until Strava has heard of it."""

from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from monitor.store.backoff import BACKOFF_MIN, wait_after
from monitor.store.connections import Held
from monitor.store.sealing import Keyring
from monitor.store.strava_tables import Revocation

MOST_ATTEMPTS = len(BACKOFF_MIN) + 30 * 24  # hourly for 30 days


@dataclass(frozen=True, slots=True)
class Owed:
    """A revocation whose turn has come, its tokens opened."""

    id: int
    access: str = field(repr=False)
    refresh: str = field(repr=False)


def owe_revocation(db: Session, keys: Keyring, held: Held, now: datetime) -> None:
    """Keep the tokens of a connection that ends, sealed for their new place."""
    row = Revocation(access_sealed=b"", refresh_sealed=b"", due_at=now)
    db.add(row)
    db.flush()
    seal(row, keys, held.access, held.refresh)


def next_revocation(db: Session, now: datetime) -> int | None:
    """One that is due, and its next try put off already: whoever is killed meanwhile loses none."""
    query = select(Revocation).where(col(Revocation.due_at) <= now).order_by(col(Revocation.due_at)).limit(1)
    row = db.exec(query.with_for_update(skip_locked=True)).first()
    if row is None:
        return None
    row.attempts += 1
    row.due_at = now + wait_after(row.attempts)
    return row.id


def owed(db: Session, keys: Keyring, revocation_id: int) -> Owed:
    """Its tokens. Raises `CannotOpen`."""
    row = db.get_one(Revocation, revocation_id)
    access = keys.open(row.access_sealed, "revocation", row.id, "access")
    return Owed(revocation_id, access, keys.open(row.refresh_sealed, "revocation", row.id, "refresh"))


def renewed(db: Session, keys: Keyring, revocation_id: int, access: str, refresh: str) -> None:
    """Keep renewed tokens before anybody uses them."""
    seal(db.get_one(Revocation, revocation_id), keys, access, refresh)


def given_back(db: Session, revocation_id: int) -> None:
    """Strava knows: its tokens are of no use any more."""
    db.execute(sa.delete(Revocation).where(col(Revocation.id) == revocation_id))


def give_up(db: Session, revocation_id: int) -> bool:
    """Whether this one was tried for 30 days; then it goes."""
    row = db.get(Revocation, revocation_id)
    if row is None or row.attempts < MOST_ATTEMPTS:
        return False
    db.delete(row)
    return True


def seal(row: Revocation, keys: Keyring, access: str, refresh: str) -> None:
    row.access_sealed = keys.seal(access, "revocation", row.id, "access")
    row.refresh_sealed = keys.seal(refresh, "revocation", row.id, "refresh")
