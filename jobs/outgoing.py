"""What every letter to a runner goes through: what is remembered of them, when it may go, and the outbox."""

from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage

import structlog
from sqlmodel import Session

from jobs.context import Context
from monitor.alerts.policy import Decision, Memory, not_before
from monitor.store.answers import answers
from monitor.store.consents import Subject
from monitor.store.mail_choices import MailList, wanted
from monitor.store.outbox import note_told, queue_letter, told
from monitor.store.own_settings import quiet_hours
from monitor.store.view import Judged

log = structlog.get_logger()


def memory(db: Session, row: Judged) -> Memory:
    """What the policy remembers of a runner."""
    runner_id = row.person.id
    return Memory(told(db, runner_id), answers(db, runner_id), row.findings, wanted(db, runner_id, MailList.ALERTS))


def due_at(db: Session, context: Context, row: Judged, now: datetime) -> datetime:
    """When a letter goes out: now, or when the runner's quiet hours end. Its words are of that day."""
    mail = context.settings.mail
    return not_before(now, row.person.zone, *quiet_hours(db, row.person.id, (mail.quiet_from, mail.quiet_until)))


@dataclass(frozen=True, slots=True)
class Draft:
    """A letter to a runner that was decided and drawn, but not queued yet."""

    kind: str
    episode: str  # what it is about: each is told once
    letter: EmailMessage
    due_at: datetime
    needs: Subject | None  # the consent without which it may not leave
    tells: Decision | None = None  # the findings that it tells


def queue(db: Session, runner_id: int, draft: Draft, now: datetime) -> None:
    """Put a runner's letter into the outbox, with what it tells; nothing where its episode was told already."""
    letter_id = queue_letter(db, runner_id, draft.kind, draft.episode, draft.letter, now, draft.due_at, draft.needs)
    if letter_id is None:
        return
    if draft.tells:
        note_told(db, runner_id, draft.tells.findings, draft.tells.reason.value, letter_id, now)
    log.info("letter queued", runner=runner_id, kind=draft.kind, due_at=draft.due_at.isoformat())
