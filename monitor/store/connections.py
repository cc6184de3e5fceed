"""A runner's Strava connection: sealed tokens, and the ledger of how asking went."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col, select

from monitor.errors import Gone, UserError
from monitor.rules.freshness import Access
from monitor.store.brake import pull_if_many
from monitor.store.consents import WORDING, Subject, give
from monitor.store.leases import lapsed
from monitor.store.sealing import Keyring
from monitor.store.tables import Connection

CLAIM = timedelta(seconds=120)
HELD = "this Strava account is connected to another runner; it must be disconnected there first"
DELETE_AFTER = timedelta(hours=48)


@dataclass(frozen=True, slots=True)
class Held:
    """The tokens of a connection, opened."""

    runner_id: int
    access: str = field(repr=False)
    refresh: str = field(repr=False)
    expires_at: datetime


def connect(
    db: Session,
    keys: Keyring,
    runner_id: int,
    *,
    athlete_id: int,
    access: str,
    refresh: str,
    expires_at: datetime,
    scope: str,
    now: datetime,
) -> None:
    """Store a connection, or a renewed one, and the runner's consent to it.

    Raises `UserError` where somebody else holds this Strava account, even where they took it at the same moment.
    """
    if holder(db, athlete_id) not in (None, runner_id):
        raise UserError(HELD)
    row = db.get(Connection, runner_id) or Connection(runner_id=runner_id)  # type: ignore[call-arg]
    row.athlete_id, row.scope = athlete_id, scope
    row.access, row.access_since = Access.OK.value, now
    row.failing_since, row.failure, row.retry_at, row.delete_at = None, "", None, None
    _seal(row, keys, access, refresh, expires_at)
    db.add(row)
    give(db, runner_id, Subject.STRAVA, WORDING[Subject.STRAVA], now)
    try:
        db.flush()
    except sa.exc.IntegrityError as error:
        raise UserError(HELD) from error


def holder(db: Session, athlete_id: int) -> int | None:
    """The runner who has connected this Strava account."""
    return db.exec(select(Connection.runner_id).where(Connection.athlete_id == athlete_id)).first()


def connection(db: Session, runner_id: int) -> Connection | None:
    return db.get(Connection, runner_id)


def held_tokens(db: Session, keys: Keyring, runner_id: int) -> Held:
    """The tokens, opened. Raises `CannotOpen`, and `Gone` where the runner disconnected."""
    row = _row(db, runner_id)
    access = keys.open(row.access_sealed, "connection", runner_id, "access")
    return Held(runner_id, access, keys.open(row.refresh_sealed, "connection", runner_id, "refresh"), row.expires_at)


def claim_refresh(db: Session, runner_id: int, now: datetime) -> bool:
    """Whether the caller may refresh this token now; nobody else may until it is stored or the claim runs out."""
    claimed = (
        sa.update(Connection)
        .where(
            col(Connection.runner_id) == runner_id,
            sa.or_(col(Connection.claimed_until).is_(None), lapsed(Connection.claimed_until, now, CLAIM)),
        )
        .values(claimed_until=now + CLAIM)
    )
    return bool(db.execute(claimed).rowcount)  # type: ignore[attr-defined]


def store_tokens(db: Session, keys: Keyring, runner_id: int, access: str, refresh: str, expires_at: datetime) -> None:
    """Keep renewed tokens: committed before anybody uses them, since the old refresh token is dead."""
    row = _row(db, runner_id)
    _seal(row, keys, access, refresh, expires_at)


def release_refresh(db: Session, runner_id: int) -> None:
    _row(db, runner_id).claimed_until = None


def note_complete(db: Session, runner_id: int, at: datetime) -> None:
    """A complete list arrived."""
    row = _row(db, runner_id)
    row.last_complete_at, row.access, row.delete_at = at, Access.OK.value, None
    row.failing_since, row.failure, row.retry_at = None, "", None


def note_failure(db: Session, runner_id: int, failure: str, now: datetime, retry_at: datetime | None) -> None:
    """Asking failed; what is stored stays as it was."""
    row = _row(db, runner_id)
    row.failing_since, row.failure, row.retry_at = row.failing_since or now, failure, retry_at


def note_access(
    db: Session,
    runner_id: int,
    access: Access,
    now: datetime,
    failure: str,
    delete_after: timedelta = DELETE_AFTER,
) -> bool:
    """The runner's permission changed; nobody asks for them until they reconnect.

    One that has ended starts the clock after which what it brought goes. Returns whether so many ended that the brake
    was pulled.
    """
    row = _row(db, runner_id)
    row.failure, row.retry_at = failure, None
    if row.access == access.value:
        return False
    row.access, row.access_since = access.value, now
    row.delete_at = now + delete_after if access is Access.REVOKED else None
    db.flush()
    return access is Access.REVOKED and pull_if_many(db, now)


def silent_since(row: Connection) -> datetime:
    """The last complete list, or the moment of connecting where none ever came."""
    return row.last_complete_at or row.access_since


def _row(db: Session, runner_id: int) -> Connection:
    row = db.get(Connection, runner_id)
    if row is None:
        raise Gone(f"runner {runner_id} is not connected any more")
    return row


def _seal(row: Connection, keys: Keyring, access: str, refresh: str, expires_at: datetime) -> None:
    row.access_sealed = keys.seal(access, "connection", row.runner_id, "access")
    row.refresh_sealed = keys.seal(refresh, "connection", row.runner_id, "refresh")
    row.expires_at = expires_at
