"""Sign-ins that were begun. Each is completed once, within ten minutes, in the browser that asked for it."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from functools import partial

import sqlalchemy as sa
from sqlmodel import Session, col, select

from monitor.store.sealing import digest
from monitor.store.sign_in_tables import SignInBegun
from monitor.store.tables import Letter

LIFE = timedelta(minutes=10)
COUNTED = timedelta(hours=1)
KIND = "sign-in"  # of the letter
OF_AN_ADDRESS, OF_A_CALLER = 5, 20  # in an hour


class Way(StrEnum):
    """How somebody proves who they are; the values stand in sessions, too."""

    MAIL = "mail"
    STRAVA = "strava"
    PASSKEY = "passkey"
    NEW_PASSKEY = "new passkey"


@dataclass(frozen=True, slots=True)
class Begun:
    """What is sent out, what the browser keeps: only both together complete the sign-in."""

    sent: str = field(repr=False, default_factory=partial(secrets.token_urlsafe, 32))
    nonce: str = field(repr=False, default_factory=partial(secrets.token_urlsafe, 32))


def drop_old(db: Session, now: datetime) -> None:
    """Take out what is not counted any more, and mails whose link has ended: a link is not kept as it was sent."""
    db.execute(sa.delete(SignInBegun).where(col(SignInBegun.at) <= now - COUNTED))
    over = (col(Letter.kind) == KIND, col(Letter.decided_at) <= now - LIFE, col(Letter.state) != "sending")
    db.execute(sa.delete(Letter).where(*over))


def too_many(db: Session, caller: str, now: datetime, address: str = "") -> bool:
    """Whether this address, or whoever calls, has begun too many sign-ins within the hour."""
    if _counted(db, now, col(SignInBegun.caller) == digest(caller)) >= OF_A_CALLER:
        return True
    return bool(address) and _counted(db, now, col(SignInBegun.address) == address) >= OF_AN_ADDRESS


def begin(
    db: Session,
    way: Way,
    caller: str,
    now: datetime,
    *,
    address: str = "",
    leads_to: str = "/",
    begun: Begun | None = None,
) -> Begun | None:
    """A new sign-in, or *begun* where it is drawn already; None where too many were begun."""
    drop_old(db, now)
    if too_many(db, caller, now, address):
        return None
    begun = begun or Begun()
    kept = {"digest": digest(begun.sent), "browser": digest(begun.nonce), "way": way.value, "caller": digest(caller)}
    db.add(SignInBegun(**kept, address=address, leads_to=leads_to, at=now, used_at=None))
    return begun


def complete(db: Session, way: Way, sent: str, nonce: str, now: datetime) -> SignInBegun | None:
    """What was begun, once; None for what was never sent out, is used or too old, or belongs to another browser."""
    mine = (
        col(SignInBegun.digest) == digest(sent),
        col(SignInBegun.browser) == digest(nonce),
        col(SignInBegun.way) == way.value,
        col(SignInBegun.used_at).is_(None),
        col(SignInBegun.at) > now - LIFE,
    )
    used = db.execute(sa.update(SignInBegun).where(*mine).values(used_at=now))
    return db.get(SignInBegun, digest(sent)) if used.rowcount else None  # type: ignore[attr-defined]


def _counted(db: Session, now: datetime, such: sa.ColumnElement[bool]) -> int:
    within = col(SignInBegun.at) > now - COUNTED
    return db.exec(select(sa.func.count()).select_from(SignInBegun).where(such, within)).one()
