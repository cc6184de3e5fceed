"""Sign-ins that were begun. Each is completed once, within ten minutes, in the browser that asked for it."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

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

    sent: str = field(repr=False)
    nonce: str = field(repr=False)


def drop_old(db: Session, now: datetime) -> None:
    """Take out what is not counted any more, and mails whose link has ended: a link is not kept as it was sent."""
    db.execute(sa.delete(SignInBegun).where(col(SignInBegun.at) <= now - COUNTED))
    over = (col(Letter.kind) == KIND, col(Letter.decided_at) <= now - LIFE, col(Letter.state) != "sending")
    db.execute(sa.delete(Letter).where(*over))


def begin(db: Session, way: Way, caller: str, now: datetime, *, address: str = "", leads_to: str = "/") -> Begun | None:
    """A new sign-in; None where this address, or whoever calls, has begun too many within the hour."""
    drop_old(db, now)
    asked_by = digest(caller)
    if _counted(db, col(SignInBegun.caller) == asked_by) >= OF_A_CALLER:
        return None
    if address and _counted(db, col(SignInBegun.address) == address) >= OF_AN_ADDRESS:
        return None
    begun = Begun(secrets.token_urlsafe(32), secrets.token_urlsafe(32))
    kept = {"digest": digest(begun.sent), "browser": digest(begun.nonce), "way": way.value, "caller": asked_by}
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


def _counted(db: Session, such: sa.ColumnElement[bool]) -> int:
    return db.exec(select(sa.func.count()).select_from(SignInBegun).where(such)).one()
