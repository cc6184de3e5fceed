"""Strava accounts that came back with a browser, kept sealed until their runner says that they are theirs."""

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from monitor.store.connections import Held, connect, holder
from monitor.store.revocations import owe_revocation
from monitor.store.sealing import CannotOpen, Keyring, digest
from monitor.store.strava_tables import Unconfirmed

LIFE = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Account:
    """A Strava account, and what it allowed."""

    athlete_id: int
    athlete_name: str | None
    access: str = field(repr=False)
    refresh: str = field(repr=False)
    expires_at: datetime
    scope: str


def keep(db: Session, keys: Keyring, runner_id: int, nonce: str, account: Account, now: datetime) -> None:
    """Keep an account for ten minutes, for the browser that holds *nonce*."""
    place = ("unconfirmed", digest(nonce))
    db.add(
        Unconfirmed(
            digest=digest(nonce),
            runner_id=runner_id,
            athlete_id=account.athlete_id,
            athlete_name=account.athlete_name,
            access_sealed=keys.seal(account.access, *place, "access"),
            refresh_sealed=keys.seal(account.refresh, *place, "refresh"),
            expires_at=account.expires_at,
            scope=account.scope,
            kept_until=now + LIFE,
        )
    )


def waiting(db: Session, nonce: str, now: datetime) -> Unconfirmed | None:
    """The account that waits for a yes from this browser."""
    row = db.get(Unconfirmed, digest(nonce))
    return row if row and row.kept_until >= now else None


def confirm(db: Session, keys: Keyring, row: Unconfirmed, now: datetime) -> None:
    """It is theirs: connected, and their consent on record. Raises `UserError` where somebody else holds it."""
    held = _opened(keys, row)
    connect(
        db,
        keys,
        row.runner_id,
        athlete_id=row.athlete_id,
        access=held.access,
        refresh=held.refresh,
        expires_at=row.expires_at,
        scope=row.scope,
        now=now,
    )
    db.delete(row)


def drop(db: Session, keys: Keyring, row: Unconfirmed, now: datetime) -> None:
    """It is not theirs, or nobody said so: the permission is given back, but where a runner has it in use."""
    if holder(db, row.athlete_id) is None:
        with suppress(CannotOpen):  # without a key there is nothing that could be given back
            owe_revocation(db, keys, _opened(keys, row), now)
    db.delete(row)


def drop_of(db: Session, keys: Keyring, runner_id: int, now: datetime) -> None:
    """The runner leaves: nobody waits for their yes any more."""
    for row in db.exec(select(Unconfirmed).where(Unconfirmed.runner_id == runner_id)).all():
        drop(db, keys, row, now)


def drop_stale(db: Session, keys: Keyring, now: datetime) -> int:
    """Drop what nobody said yes to in time; how many there were."""
    rows = db.exec(select(Unconfirmed).where(col(Unconfirmed.kept_until) < now)).all()
    for row in rows:
        drop(db, keys, row, now)
    return len(rows)


def _opened(keys: Keyring, row: Unconfirmed) -> Held:
    place = ("unconfirmed", row.digest)
    access, refresh = (
        keys.open(sealed, *place, name)
        for sealed, name in ((row.access_sealed, "access"), (row.refresh_sealed, "refresh"))
    )
    return Held(row.runner_id, access, refresh, row.expires_at)
