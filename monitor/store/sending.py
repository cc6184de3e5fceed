"""Sending: which letter of the outbox may leave now, leased to one sender, and what became of the try."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlmodel import Session, col, select

from monitor.alerts.policy import not_before
from monitor.errors import Gone
from monitor.store.backoff import wait_after
from monitor.store.circuit import claim_probe, note_down, note_up, rests
from monitor.store.coach_digests import still_agreed, take_back
from monitor.store.consents import Subject, consent
from monitor.store.leases import lapsed
from monitor.store.own_settings import quiet_hours
from monitor.store.suspensions import SUSPENDED, suspend, suspension
from monitor.store.tables import Letter, Runner
from monitor.store.zones import zone_of

LEASE = timedelta(seconds=120)
GIVE_UP = timedelta(hours=48)
NO_QUIET = (0, 0)


@dataclass(frozen=True, slots=True)
class Leased:
    """A letter that the caller alone may send until the lease runs out."""

    id: int
    recipient: str
    message: EmailMessage
    attempts: int
    decided_at: datetime
    channel_id: int | None = None  # None: by mail
    probe: bool = False  # it tries for all while the mail server takes nothing


def waiting(db: Session, now: datetime) -> int:
    """How many letters are due."""
    return sum(db.exec(select(sa.func.count()).select_from(Letter).where(free)).one() for free in _free(now))


def lease_letter(db: Session, now: datetime, quiet: tuple[int, int] = NO_QUIET) -> Leased | None:
    """The next letter that may leave, leased to the caller; one whose lease ran out is due again.

    While the mail server takes nothing that is a probe, once a step. What must not leave is put aside on the way:
    without its consent, too old, to a suspended address, or for later where its reader's *quiet* hours hold.
    """
    mail_rests = rests(db, now)
    while (row := _due(db, now, mail_rests)) and _put_aside(db, row, now, quiet):
        db.flush()
    if row is None:
        return None
    row.state, row.lease_until, row.attempts = "sending", now + LEASE, row.attempts + 1
    probe = row.channel_id is None and claim_probe(db, now)
    message = message_from_bytes(row.message, policy=SMTP)
    return Leased(row.id or 0, row.recipient, message, row.attempts, row.decided_at, row.channel_id, probe)


def may_leave(db: Session, letter_id: int) -> bool:
    """Whether the consent that a leased letter needs is still in force. Raises `Gone`."""
    return _has_consent(db, _row(db, letter_id))


def cancel(db: Session, letter_id: int) -> None:
    """The letter does not leave, because its consent was withdrawn. Raises `Gone`."""
    _cancel(db, _row(db, letter_id))


def mark_sent(db: Session, letter_id: int, now: datetime) -> None:
    """The letter is out. Raises `Gone` where it was taken out meanwhile."""
    row = _row(db, letter_id)
    row.state, row.sent_at, row.lease_until, row.error = "sent", now, None, ""
    if row.channel_id is None:
        note_up(db)


def mark_failed(
    db: Session,
    letter: Leased,
    error: str,
    now: datetime,
    *,
    permanent: bool,
    app_wide: bool = False,
    jitter: float = 1.0,
) -> bool:
    """Put a letter back for another try, or give it up; returns whether it was given up. Raises `Gone`.

    *permanent*: its address is suspended. *app_wide*: the fault is the mail server's, and does not count as a try.
    """
    row = _row(db, letter.id)
    row.error, row.lease_until, by_mail = error, None, row.channel_id is None
    if app_wide and by_mail:
        note_down(db, error, now, jitter, probe=letter.probe)
        row.state, row.attempts = "queued", row.attempts - 1
        return False
    if by_mail:
        note_up(db)
        if permanent:
            suspend(db, row.recipient, error, now)
    row.due_at = now + wait_after(letter.attempts, jitter)
    given_up = permanent or row.due_at - letter.decided_at > GIVE_UP
    row.state = "failed" if given_up else "queued"
    return given_up


def _row(db: Session, letter_id: int) -> Letter:
    row = db.get(Letter, letter_id)
    if row is None:
        raise Gone(f"letter {letter_id} was taken out while it was being sent")
    return row


def _due(db: Session, now: datetime, mail_rests: bool) -> Letter | None:
    """Two questions, so that the index answers each without sorting all that waits."""
    for free in _free(now):
        query = select(Letter).where(free).order_by(col(Letter.due_at), col(Letter.id)).limit(1)
        if mail_rests:
            query = query.where(col(Letter.channel_id).is_not(None))
        if row := db.exec(query.with_for_update(skip_locked=True)).first():
            return row
    return None


def _free(now: datetime) -> tuple[sa.ColumnElement[bool], sa.ColumnElement[bool]]:
    """Leases that ran out, and letters that are due."""
    return (
        sa.and_(col(Letter.state) == "sending", lapsed(Letter.lease_until, now, LEASE)),
        sa.and_(col(Letter.state) == "queued", col(Letter.due_at) <= now),
    )


def _put_aside(db: Session, row: Letter, now: datetime, quiet: tuple[int, int]) -> bool:
    """Whether this letter must not leave now; then its row says why."""
    if not _has_consent(db, row):
        _cancel(db, row)
    # What a runner should know is not true for ever; what others must know is worth a late try.
    elif row.runner_id is not None and now - row.decided_at > GIVE_UP:
        row.state, row.lease_until = "failed", None
        row.error = row.error or "it could not leave within 48 hours"
    elif row.channel_id is None and (rest := suspension(db, row.recipient)):
        row.state, row.lease_until, row.error = SUSPENDED, None, rest.reason
    elif (morning := not_before(now, _zone(db, row), *_night(db, row, quiet))) > now:
        row.state, row.lease_until, row.due_at = "queued", None, morning
    else:
        return False
    return True


def _night(db: Session, row: Letter, quiet: tuple[int, int]) -> tuple[int, int]:
    """The reader's quiet hours. Letters to the operator, and the last one to somebody who left, wait for no morning."""
    return quiet_hours(db, row.runner_id, quiet) if row.runner_id is not None or row.zone else NO_QUIET


def _zone(db: Session, row: Letter) -> ZoneInfo:
    """Where the reader lives now; UTC where this machine does not know that zone any more."""
    whose = db.get(Runner, row.runner_id) if row.runner_id is not None else None
    return zone_of(whose.timezone if whose else row.zone or "UTC")


def _cancel(db: Session, row: Letter) -> None:
    """It does not leave. One that tells a coach of somebody goes whole, so that it can be written anew without them."""
    if row.needs:
        row.state, row.lease_until, row.error = "cancelled", None, f"the consent to {row.needs} is not in force"
    else:
        take_back(db, row)


def _has_consent(db: Session, row: Letter) -> bool:
    if not row.needs:
        return still_agreed(db, row.id or 0)
    return row.runner_id is not None and consent(db, row.runner_id, Subject(row.needs)) is not None
