"""Who is told what: decisions and their letters, in one transaction a runner."""

from datetime import datetime, timedelta
from email.message import EmailMessage

import structlog
from sqlmodel import Session

from jobs.context import Context, fenced
from jobs.letters import findings_letter, reconnect_letter, stale_letter
from monitor.alerts.policy import not_before, reason_to_notify, recent
from monitor.model import Freshness, Origin
from monitor.rules.freshness import Access
from monitor.store.brake import held_since
from monitor.store.connections import connection, silent_since
from monitor.store.consents import Subject
from monitor.store.findings import clear_alert_due, with_alert_due
from monitor.store.outbox import RECONNECT, note_told, queue_letter, told
from monitor.store.view import Judged, judged

log = structlog.get_logger()
SILENT = timedelta(hours=72)


def run(context: Context, now: datetime) -> None:
    """Look at every runner who was assessed since the last look."""
    with context.database.reading() as db:
        waiting = with_alert_due(db)
    for runner_id in waiting:
        with fenced("alert failed", runner=runner_id), context.database.writing() as db:
            clear_alert_due(db, runner_id)
            row = judged(db, runner_id, context.rules, now, context.settings.files.stale_after_days)
            if row:
                tell_findings(db, context, row, now)
                tell_silence(db, context, row, now)


def tell_findings(db: Session, context: Context, row: Judged, now: datetime) -> None:
    """Queue the mail about what was found, where the policy sees a reason."""
    if row.verdict.level is None or row.history is None:
        return
    findings = recent(row.findings, row.verdict.findings, context.rules_by_name, row.today)
    decision = reason_to_notify(findings, told(db, row.person.id), context.rules_by_name, now, row.person.zone)
    if not decision.reason.mails:
        return
    worst = decision.findings[0]
    episode = f"{row.person.id}/{worst.rule}/{worst.day}/{worst.level.name}"
    letter = findings_letter(context, row, decision, episode, due_at(context, row, now))
    rests_on = {origin for finding in decision.findings for origin in finding.origins}
    needs = Subject.STRAVA if Origin.STRAVA in rests_on else None
    letter_id = _queue(db, context, row, "findings", episode, letter, now, needs)
    if letter_id is not None:
        note_told(db, row.person.id, decision.findings, decision.reason.value, letter_id, now)


def tell_silence(db: Session, context: Context, row: Judged, now: datetime) -> None:
    """Queue the mail about a source that has told nothing for 72 hours, or a permission that is gone: once each.

    While the deletion brake is on nobody is asked to reconnect.
    """
    source = connection(db, row.person.id)
    if source is None:
        return
    if held_since(db, source):
        return
    if source.access != Access.OK:
        episode = f"{row.person.id}/reconnect/{source.access_since.isoformat()}"
        letter = reconnect_letter(context, row, episode, due_at(context, row, now), source.delete_at)
        _queue(db, context, row, RECONNECT, episode, letter, now, Subject.STRAVA)
    elif row.verdict.freshness is Freshness.STALE and now - (since := silent_since(source)) >= SILENT:
        episode = f"{row.person.id}/stale/{since.isoformat()}"
        letter = stale_letter(context, row, since, source.failure, episode, due_at(context, row, now))
        _queue(db, context, row, "stale", episode, letter, now, Subject.STRAVA)


def due_at(context: Context, row: Judged, now: datetime) -> datetime:
    """When a letter goes out: now, or when the runner's quiet hours end. Its words are of that day."""
    quiet = context.settings.mail
    return not_before(now, row.person.zone, quiet.quiet_from, quiet.quiet_until)


def _queue(
    db: Session,
    context: Context,
    row: Judged,
    kind: str,
    episode: str,
    letter: EmailMessage,
    now: datetime,
    needs: Subject | None,
) -> int | None:
    due = due_at(context, row, now)
    letter_id = queue_letter(db, row.person.id, kind, episode, letter, now, due, needs)
    if letter_id is not None:
        log.info("letter queued", runner=row.person.id, kind=kind, due_at=due.isoformat())
    return letter_id
