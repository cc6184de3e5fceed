"""Leaving: what goes when a runner disconnects, loses their permission for good, or has everything erased."""

from dataclasses import dataclass
from datetime import date, datetime
from email.message import EmailMessage

import sqlalchemy as sa
from sqlmodel import Session, col, select

from monitor.errors import UserError
from monitor.model import Origin
from monitor.store.activities import mark_changed
from monitor.store.brake import brake
from monitor.store.coach_digests import drop_about, message_id
from monitor.store.connections import claim_refresh, connection, held_tokens
from monitor.store.consents import Subject, withdraw
from monitor.store.due import make_due
from monitor.store.outbox import queue_letter
from monitor.store.own_tables import AmendmentRow
from monitor.store.people import still_here
from monitor.store.revocations import owe_revocation
from monitor.store.sealing import CannotOpen, Keyring
from monitor.store.sending import LEASE
from monitor.store.source_state import strava_state
from monitor.store.strava_tables import Deferral, FormerRun, OauthState, StravaEvent, Tombstone, Unconfirmed
from monitor.store.suspensions import SUSPENDED, lift
from monitor.store.tables import ActivityRow, Connection, Coverage, ExposureRow, JobRun, Letter, Quarantine, Runner
from monitor.store.unconfirmed import drop_of
from monitor.store.visitor import forget

ERASED = "erased"  # the kind of the last letter


@dataclass(frozen=True, slots=True)
class LastLetter:
    """The confirmation of an erasure, and whose mails must not be left anywhere."""

    id: int
    to: str
    message_id: str
    is_over: bool  # it went out, or never will, and no other letter can still be on its way


def disconnect(db: Session, keys: Keyring, runner_id: int, now: datetime) -> None:
    """End a runner's connection from our side: Strava is told later, what it brought goes now, their files stay.

    Raises `UserError` where there is no connection.
    """
    if connection(db, runner_id) is None:
        raise UserError(f"runner {runner_id} has no Strava account connected")
    _give_back(db, keys, runner_id, now)
    drop_of(db, keys, runner_id, now)
    drop_strava(db, runner_id, now)


def drop_strava(db: Session, runner_id: int, now: datetime) -> None:
    """Take out the connection, all that came through it, and what was written of it. The runner stays."""
    withdraw(db, runner_id, Subject.STRAVA, now)
    # First: a sync that is under way notes its end in this row, finds it gone, and writes nothing.
    db.execute(sa.delete(Connection).where(col(Connection.runner_id) == runner_id))
    for told in (ActivityRow, ExposureRow, Coverage, Quarantine, Deferral, FormerRun, AmendmentRow):
        db.execute(sa.delete(told).where(col(told.runner_id) == runner_id, col(told.origin) == Origin.STRAVA.value))
    parts = col(AmendmentRow.runner_id) == runner_id, col(AmendmentRow.into_origin) == Origin.STRAVA.value
    db.execute(sa.delete(AmendmentRow).where(*parts))
    for begun in (StravaEvent, OauthState, Unconfirmed):
        db.execute(sa.delete(begun).where(col(begun.runner_id) == runner_id))
    _blank_letters(db, runner_id)
    drop_about(db, runner_id)
    mark_changed(db, runner_id, date.min)  # findings of days that are long out of Strava's window rest on it, too
    make_due(db, runner_id)


def overdue(db: Session, now: datetime) -> list[int]:
    """The runners whose permission ended so long ago that what it brought must go; none while the brake is on."""
    if brake(db):
        return []
    due = select(Connection.runner_id).where(col(Connection.delete_at) <= now).order_by(col(Connection.runner_id))
    return list(db.exec(due).all())


def erase(db: Session, keys: Keyring, runner_id: int, confirmation: EmailMessage, now: datetime) -> None:
    """Take out everything of a runner; what stays is a tombstone, and the *confirmation* until it was sent.

    Raises `UserError` while their token is being renewed.
    """
    if connection(db, runner_id):
        _give_back(db, keys, runner_id, now)
    drop_of(db, keys, runner_id, now)
    db.add(Tombstone(runner_id=runner_id, at=now))
    queue_letter(db, None, ERASED, f"{runner_id}/{ERASED}", confirmation, now, now)
    db.execute(sa.delete(JobRun).where(col(JobRun.subject) == str(runner_id)))
    drop_about(db, runner_id)
    source = strava_state(db)
    source.failing = [each for each in source.failing if each != runner_id]
    whose = still_here(db, runner_id)
    lift(db, whose.email)
    db.delete(whose)  # every other row of theirs goes with it
    db.flush()
    forget(db, whose.email)


def last_letters(db: Session, now: datetime) -> list[LastLetter]:
    """The confirmations that still name somebody."""
    rows = db.exec(select(Letter).where(Letter.kind == ERASED, Letter.recipient != "")).all()
    return [LastLetter(row.id or 0, row.recipient, message_id(row), _is_over(row, now)) for row in rows]


def blank(db: Session, letter_id: int) -> None:
    """Of the confirmation only that it went out is kept."""
    row = db.get_one(Letter, letter_id)
    lift(db, row.recipient)
    row.recipient, row.message, row.error = "", b"", ""


def drop_erased(db: Session) -> None:
    """Take out runners who left and are there again, as after a backup was restored."""
    db.execute(sa.delete(Runner).where(col(Runner.id).in_(select(Tombstone.runner_id))))


def _give_back(db: Session, keys: Keyring, runner_id: int, now: datetime) -> None:
    """Keep the tokens until Strava was told. Without a key for them there is nothing that could be given back."""
    if not claim_refresh(db, runner_id, now):
        raise UserError("the Strava token is being renewed at this moment: try again in two minutes")
    try:
        owe_revocation(db, keys, held_tokens(db, keys, runner_id), now)
    except CannotOpen:
        return


def _blank_letters(db: Session, runner_id: int) -> None:
    """What was written of Strava's data goes; that it was told stays, so that it is not told again."""
    mine = col(Letter.runner_id) == runner_id
    db.execute(sa.update(Letter).where(mine, col(Letter.state).in_(("queued", SUSPENDED))).values(state="cancelled"))
    db.execute(sa.update(Letter).where(mine, col(Letter.state) != "sending").values(message=b""))


def _is_over(row: Letter, now: datetime) -> bool:
    """One that was being sent when its runner was erased is on its way no longer than a lease."""
    return row.state in ("failed", SUSPENDED) or bool(row.sent_at and row.sent_at <= now - LEASE)
