"""Browsers that are signed in. Each ends by itself: 12 hours after it was last used, 14 days after it began."""

import secrets
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col, select

from monitor.store.database import Database
from monitor.store.sealing import digest
from monitor.store.sign_in_tables import SignedIn

IDLE, LIFE = timedelta(hours=12), timedelta(days=14)
SEEN_EVERY = timedelta(minutes=10)  # not every page that is read must write
LONGEST_AGENT = 200


@dataclass(frozen=True, slots=True)
class Identity:
    """Who signed in: whoever holds a plain *address*, or one runner whom Strava named."""

    address: str = ""
    runner_id: int | None = None


def still_open(db: Session, session_id: int | None) -> SignedIn | None:
    """The session with this number; None where it was ended elsewhere meanwhile."""
    return db.get(SignedIn, session_id) if session_id is not None else None


def begin_session(db: Session, who: Identity, via: str, agent: str, now: datetime, instead_of: str = "") -> str:
    """The token of a new session, in place of the one that this browser had: none that was known before is valid."""
    token = secrets.token_urlsafe(32)
    db.execute(sa.delete(SignedIn).where(sa.or_(sa.not_(_lives(now)), col(SignedIn.digest) == digest(instead_of))))
    row = SignedIn(digest=digest(token), via=via, at=now, seen_at=now)
    row.address, row.runner_id, row.agent = who.address, who.runner_id, readable(agent)
    db.add(row)
    return token


def opened(db: Session, token: str, now: datetime) -> SignedIn | None:
    """The session of this token, while it lives."""
    return db.exec(select(SignedIn).where(SignedIn.digest == digest(token), _lives(now))).first()


def prolong(database: Database, session_id: int, now: datetime) -> None:
    """It was used just now. Where that cannot be written the page is served all the same."""
    with suppress(sa.exc.DBAPIError), database.writing() as db:
        db.execute(sa.update(SignedIn).where(col(SignedIn.id) == session_id).values(seen_at=now))


def sessions(db: Session, who: Identity, now: datetime) -> Sequence[SignedIn]:
    """All that live and are theirs, the one used last first."""
    return db.exec(select(SignedIn).where(_of(who), _lives(now)).order_by(col(SignedIn.seen_at).desc())).all()


def end_session(db: Session, who: Identity, session_id: int) -> bool:
    """End one of theirs, in effect from the next request on; whether there was one."""
    ended = sa.delete(SignedIn).where(_of(who), col(SignedIn.id) == session_id)
    return bool(db.execute(ended).rowcount)  # type: ignore[attr-defined]


def ends_at(session: SignedIn) -> datetime:
    """When the session ends by itself, unless it is used meanwhile."""
    return min(session.seen_at + IDLE, session.at + LIFE)


def identity(session: SignedIn) -> Identity:
    return Identity(session.address, session.runner_id)


def readable(agent: str) -> str:
    """What a browser calls itself, fit to be kept."""
    return "".join(sign for sign in agent[:LONGEST_AGENT] if sign.isprintable())


def _of(who: Identity) -> sa.ColumnElement[bool]:
    return sa.and_(col(SignedIn.address) == who.address, col(SignedIn.runner_id).is_not_distinct_from(who.runner_id))


def _lives(now: datetime) -> sa.ColumnElement[bool]:
    return sa.and_(col(SignedIn.seen_at) > now - IDLE, col(SignedIn.at) > now - LIFE)
