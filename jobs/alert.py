"""Who is told what: decisions and their letters, in one transaction a runner."""

from datetime import datetime, timedelta

import structlog
from sqlmodel import Session

from jobs.coaching import tell_coaches
from jobs.context import Context, fenced
from jobs.letters import findings_letter, reconnect_letter, stale_letter
from jobs.outgoing import due_at, memory, queue
from jobs.weekly import tell_week
from monitor.alerts.episodes import began
from monitor.alerts.policy import Decision, Reason, reason_to_notify, recent
from monitor.model import Freshness, Origin
from monitor.rules.freshness import Access
from monitor.store.brake import held_since
from monitor.store.connections import connection, silent_since
from monitor.store.consents import Subject
from monitor.store.findings import clear_alert_due, with_alert_due
from monitor.store.mail_choices import MailList, wanted
from monitor.store.outbox import RECONNECT, note_told
from monitor.store.view import Judged, judged

log = structlog.get_logger()
SILENT = timedelta(hours=72)


def run(context: Context, now: datetime) -> None:
    """Look at every runner who was assessed since the last look, then at what their coaches should know."""
    with context.database.reading() as db:
        waiting = with_alert_due(db)
    for runner_id in waiting:
        with fenced("alert failed", runner=runner_id), context.database.writing() as db:
            clear_alert_due(db, runner_id)
            row = judged(db, runner_id, context.rules, now, context.settings.files.stale_after_days)
            if row:
                tell_findings(db, context, row, now)
                tell_silence(db, context, row, now)
                tell_week(db, context, row, now)
    tell_coaches(context, now)


def tell_findings(db: Session, context: Context, row: Judged, now: datetime) -> None:
    """Queue the mail about what was found, where the policy sees a reason."""
    if row.verdict.level is None or row.history is None:
        return
    findings = recent(row.findings, row.verdict.findings, context.rules_by_name, row.today)
    decision = reason_to_notify(findings, memory(db, row), context.rules_by_name, now, row.person.zone)
    if not decision.reason.mails:
        return
    episode = _episode(row, decision)
    letter = findings_letter(context, row, decision, episode, due_at(db, context, row, now))
    rests_on = {origin for finding in decision.findings for origin in finding.origins}
    needs = Subject.STRAVA if Origin.STRAVA in rests_on else None
    letter_id = queue(db, context, row, "findings", episode, letter, now, needs)
    if letter_id is not None:
        note_told(db, row.person.id, decision.findings, decision.reason.value, letter_id, now)


def tell_silence(db: Session, context: Context, row: Judged, now: datetime) -> None:
    """Queue the mail about a source that has told nothing for 72 hours, or a permission that is gone: once each.

    While the deletion brake is on nobody is asked to reconnect.
    """
    source = connection(db, row.person.id)
    if source is None or held_since(db, source) or not wanted(db, row.person.id, MailList.SOURCE):
        return
    if source.access != Access.OK:
        episode = f"{row.person.id}/reconnect/{source.access_since.isoformat()}"
        letter = reconnect_letter(context, row, episode, due_at(db, context, row, now), source.delete_at)
        queue(db, context, row, RECONNECT, episode, letter, now, Subject.STRAVA)
    elif row.verdict.freshness is Freshness.STALE and now - (since := silent_since(source)) >= SILENT:
        episode = f"{row.person.id}/stale/{since.isoformat()}"
        letter = stale_letter(context, row, since, source.failure, episode, due_at(db, context, row, now))
        queue(db, context, row, "stale", episode, letter, now, Subject.STRAVA)


def _episode(row: Judged, decision: Decision) -> str:
    """What a letter is about, the same whoever decides it again: the worst finding's episode, at its level."""
    worst = decision.findings[0]
    again = f"/{worst.day}" if decision.reason is Reason.REMINDER else ""
    return f"{row.person.id}/{worst.rule}/{began(worst, row.findings)}/{worst.level.name}{again}"
