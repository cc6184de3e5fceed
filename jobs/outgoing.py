"""What every letter to a runner goes through: what is remembered of them, when it may go, and the outbox."""

from datetime import datetime
from email.message import EmailMessage

import structlog
from sqlmodel import Session

from jobs.context import Context
from monitor.alerts.policy import Memory, not_before
from monitor.store.answers import answers
from monitor.store.consents import Subject
from monitor.store.mail_choices import MailList, wanted
from monitor.store.outbox import queue_letter, told
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


def queue(
    db: Session,
    context: Context,
    row: Judged,
    kind: str,
    episode: str,
    letter: EmailMessage,
    now: datetime,
    needs: Subject | None,
) -> int | None:
    """Put a runner's letter into the outbox; None where this *episode* was told already."""
    due = due_at(db, context, row, now)
    letter_id = queue_letter(db, row.person.id, kind, episode, letter, now, due, needs)
    if letter_id is not None:
        log.info("letter queued", runner=row.person.id, kind=kind, due_at=due.isoformat())
    return letter_id
