"""The outbox: letters wait here, written in the transaction that decided them, until somebody sends them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP

import sqlalchemy as sa
from sqlmodel import Session, col, select

from monitor.alerts.policy import Told
from monitor.errors import Gone
from monitor.model import Finding, Level
from monitor.store.coach_digests import still_agreed
from monitor.store.consents import Subject, consent
from monitor.store.tables import Letter, Notice
from monitor.store.upsert import insert, upsert

LEASE = timedelta(seconds=120)
GIVE_UP = timedelta(hours=48)
RECONNECT = "reconnect"  # the kind of a letter
BACKOFF_MIN = (1, 5, 15, 30, 60)


@dataclass(frozen=True, slots=True)
class Leased:
    """A letter that the caller alone may send until the lease runs out."""

    id: int
    recipient: str
    message: EmailMessage
    attempts: int
    decided_at: datetime


def queue_letter(
    db: Session,
    runner_id: int | None,
    kind: str,
    episode: str,
    message: EmailMessage,
    now: datetime,
    due_at: datetime,
    needs: Subject | None = None,
) -> int | None:
    """Put a letter in the outbox; None where this *episode* was told already.

    It leaves only while the consent that it *needs* is in force.
    """
    row = {
        "runner_id": runner_id,
        "kind": kind,
        "needs": needs.value if needs else "",
        "episode": episode,
        "recipient": str(message["To"]),
        "message": message.as_bytes(policy=SMTP),
        "state": "queued",
        "decided_at": now,
        "due_at": due_at,
        "attempts": 0,
        "error": "",
    }
    statement = insert(db, Letter).on_conflict_do_nothing(index_elements=["episode"]).returning(col(Letter.id))
    return db.execute(statement, row).scalar()


def note_told(
    db: Session, runner_id: int, findings: Iterable[Finding], reason: str, letter_id: int, now: datetime
) -> None:
    """Remember which findings a letter tells."""
    rows = [
        {
            "runner_id": runner_id,
            "rule": finding.rule,
            "day": finding.day,
            "level": int(finding.level),
            "reason": reason,
            "letter_id": letter_id,
            "decided_at": now,
        }
        for finding in findings
    ]
    upsert(db, Notice, rows, ("runner_id", "rule", "day", "level"))


def told(db: Session, runner_id: int) -> list[Told]:
    """What letters have told this runner."""
    rows = db.exec(select(Notice).where(Notice.runner_id == runner_id)).all()
    return [Told(row.rule, row.day, Level(row.level), row.decided_at) for row in rows]


def lease_letter(db: Session, now: datetime) -> Leased | None:
    """The next letter that is due, leased to the caller; one whose lease ran out is due again.

    One whose consent was withdrawn since it was decided is cancelled instead. One that tells a coach of somebody who
    no longer agrees is taken out, so that it can be written anew without them.
    """
    while (row := _due(db, now)) and not _may_leave(db, row):
        _take_back(db, row)
    if row is None:
        return None
    row.state, row.lease_until, row.attempts = "sending", now + LEASE, row.attempts + 1
    message = message_from_bytes(row.message, policy=SMTP)
    return Leased(row.id or 0, row.recipient, message, row.attempts, row.decided_at)


def mark_sent(db: Session, letter_id: int, now: datetime) -> None:
    """The letter is out. Raises `Gone` where it was taken out meanwhile."""
    row = _row(db, letter_id)
    row.state, row.sent_at, row.lease_until, row.error = "sent", now, None, ""


def mark_failed(db: Session, letter: Leased, error: str, now: datetime, *, permanent: bool) -> bool:
    """Put a letter back for another try, or give it up; returns whether it was given up. Raises `Gone`."""
    row = _row(db, letter.id)
    wait = timedelta(minutes=BACKOFF_MIN[min(letter.attempts, len(BACKOFF_MIN)) - 1])
    given_up = permanent or now + wait - letter.decided_at > GIVE_UP
    row.state, row.error, row.lease_until = "failed" if given_up else "queued", error, None
    row.due_at = now + wait
    return given_up


def _row(db: Session, letter_id: int) -> Letter:
    row = db.get(Letter, letter_id)
    if row is None:
        raise Gone(f"letter {letter_id} was taken out while it was being sent")
    return row


def is_known(db: Session, episode: str) -> bool:
    """Whether a letter of this episode was ever queued."""
    return db.exec(select(Letter.id).where(Letter.episode == episode)).first() is not None


def letters(db: Session, state: str | None = None) -> Sequence[Letter]:
    """The letters of a state, oldest first; all of them without one."""
    query = select(Letter).order_by(col(Letter.id))
    return db.exec(query.where(Letter.state == state) if state else query).all()


def _due(db: Session, now: datetime) -> Letter | None:
    free = sa.or_(
        sa.and_(col(Letter.state) == "queued", col(Letter.due_at) <= now),
        sa.and_(col(Letter.state) == "sending", col(Letter.lease_until) < now),
    )
    query = select(Letter).where(free).order_by(col(Letter.due_at), col(Letter.id)).limit(1)
    return db.exec(query.with_for_update(skip_locked=True)).first()


def _may_leave(db: Session, row: Letter) -> bool:
    if not row.needs:
        return still_agreed(db, row.id or 0)
    return row.runner_id is not None and consent(db, row.runner_id, Subject(row.needs)) is not None


def _take_back(db: Session, row: Letter) -> None:
    if row.needs:
        row.state, row.lease_until, row.error = "cancelled", None, f"the consent to {row.needs} is not in force"
    else:
        db.delete(row)
    db.flush()
