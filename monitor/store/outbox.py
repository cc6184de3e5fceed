"""The outbox: letters wait here, written in the transaction that decided them, and what they tell beside them."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from monitor.alerts.policy import Told
from monitor.alerts.short import shortened
from monitor.model import Finding, Level
from monitor.store.channels import channels
from monitor.store.consents import Subject
from monitor.store.tables import Letter, Notice
from monitor.store.upsert import insert, upsert

RECONNECT = "reconnect"  # the kind of a letter


def queue_letter(
    db: Session,
    runner_id: int | None,
    kind: str,
    episode: str,
    message: EmailMessage,
    now: datetime,
    due_at: datetime,
    needs: Subject | None = None,
    *,
    coach_id: int | None = None,
    zone: str = "",
) -> int | None:
    """Put a letter in the outbox, and beside it a short one for each channel of its reader.

    None where this *episode* was told already. It leaves only while the consent that it *needs* is in force, and
    outside the quiet hours of its reader: a runner's zone is known, that of any other reader is *zone*.
    """
    row = {
        "runner_id": runner_id,
        "kind": kind,
        "needs": needs.value if needs else "",
        "episode": episode,
        "recipient": str(message["To"]),
        "zone": zone,
        "channel_id": None,
        "message": message.as_bytes(policy=SMTP),
        "state": "queued",
        "decided_at": now,
        "due_at": due_at,
        "attempts": 0,
        "error": "",
    }
    queued = _insert(db, row)
    if queued is not None and (runner_id is not None or coach_id is not None):
        short = shortened(message).as_bytes(policy=SMTP)
        for channel in channels(db, runner_id=runner_id, coach_id=coach_id):
            told_by = {"channel_id": channel.id, "recipient": f"{channel.scheme} {channel.label}".strip()}
            _insert(db, row | told_by | {"episode": f"{episode}/channel/{channel.id}", "message": short})
    return queued


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


def is_known(db: Session, episode: str) -> bool:
    """Whether a letter of this episode was ever queued."""
    return db.exec(select(Letter.id).where(Letter.episode == episode)).first() is not None


def letters(db: Session, state: str | None = None) -> Sequence[Letter]:
    """The letters of a state, oldest first; all of them without one."""
    query = select(Letter).order_by(col(Letter.id))
    return db.exec(query.where(Letter.state == state) if state else query).all()


def letters_by_state(db: Session) -> dict[str, int]:
    """How many letters there are of each state."""
    return dict(db.exec(select(Letter.state, sa.func.count()).group_by(col(Letter.state))).all())


def _insert(db: Session, row: dict[str, Any]) -> int | None:
    statement = insert(db, Letter).on_conflict_do_nothing(index_elements=["episode"]).returning(col(Letter.id))
    return db.execute(statement, row).scalar()
