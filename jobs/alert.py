"""Who is told what: decided and drawn first, then queued in one short transaction a runner."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlmodel import Session

from jobs.coaching import tell_coaches
from jobs.context import Context, fenced
from jobs.letters import findings_letter, reconnect_letter, stale_letter
from jobs.outgoing import Draft, due_at, memory, queue
from jobs.weekly import about_week
from monitor.alerts.episodes import began
from monitor.alerts.policy import Decision, Memory, Reason, reason_to_notify, recent
from monitor.model import Freshness, Origin
from monitor.rules.freshness import Access
from monitor.store.brake import held_since
from monitor.store.connections import connection, silent_since
from monitor.store.consents import Subject
from monitor.store.findings import changes_of, clear_alert_due, unchanged, with_alert_due
from monitor.store.mail_choices import MailList, wanted
from monitor.store.outbox import RECONNECT, is_known
from monitor.store.view import Judged, judged

SILENT = timedelta(hours=72)


def run(context: Context, now: datetime) -> None:
    """Look at every runner who was assessed since the last look, then at what their coaches should know."""
    with context.database.reading() as db:
        waiting = with_alert_due(db)
    for runner_id in waiting:
        with fenced("alert failed", runner=runner_id):
            tell_runner(context, runner_id, now)
    tell_coaches(context, now)


def tell_runner(context: Context, runner_id: int, now: datetime) -> None:
    """Gather, decide, apply. Whoever changed meanwhile is looked at again at the next tick."""
    with context.database.reading() as db:
        changes = changes_of(db, runner_id)
        row = judged(db, runner_id, context.rules, now, context.settings.files.stale_after_days)
        letters = list(drafts(db, context, row, now)) if row else []
    with context.database.writing() as db:
        if unchanged(db, runner_id, changes):
            clear_alert_due(db, runner_id)
            for draft in letters:
                queue(db, runner_id, draft, now)


def drafts(db: Session, context: Context, row: Judged, now: datetime) -> Iterator[Draft]:
    """The letters that a runner should get now. What one tells is no news to the next."""
    remembered = memory(db, row)
    alert = about_findings(db, context, row, remembered, now)
    if alert and alert.tells:
        remembered = remembered.after(alert.tells.findings, now)
    letters = (alert, about_silence(db, context, row, now), about_week(db, context, row, remembered, now))
    yield from filter(None, letters)


def about_findings(db: Session, context: Context, row: Judged, remembered: Memory, now: datetime) -> Draft | None:
    """The mail about what was found, where the policy sees a reason."""
    if row.verdict.level is None or row.history is None:
        return None
    findings = recent(row.findings, row.verdict.findings, context.rules_by_name, row.today)
    decision = reason_to_notify(findings, remembered, context.rules_by_name, now, row.person.zone)
    if not decision.reason.mails:
        return None
    due, episode = due_at(db, context, row, now), _episode(row, decision)
    if is_known(db, episode):
        return None
    rests_on = {origin for finding in decision.findings for origin in finding.origins}
    needs = Subject.STRAVA if Origin.STRAVA in rests_on else None
    return Draft("findings", episode, findings_letter(context, row, decision, episode, due), due, needs, decision)


def about_silence(db: Session, context: Context, row: Judged, now: datetime) -> Draft | None:
    """The mail about a source that has told nothing for 72 hours, or a permission that is gone: once each.

    While the deletion brake is on nobody is asked to reconnect.
    """
    source = connection(db, row.person.id)
    if source is None or held_since(db, source) or not wanted(db, row.person.id, MailList.SOURCE):
        return None
    due = due_at(db, context, row, now)
    if source.access != Access.OK:
        episode = f"{row.person.id}/reconnect/{source.access_since.isoformat()}"
        letter = reconnect_letter(context, row, episode, due, source.delete_at)
        return Draft(RECONNECT, episode, letter, due, Subject.STRAVA)
    if row.verdict.freshness is Freshness.STALE and now - (since := silent_since(source)) >= SILENT:
        episode = f"{row.person.id}/stale/{since.isoformat()}"
        letter = stale_letter(context, row, since, source.failure, episode, due)
        return Draft("stale", episode, letter, due, Subject.STRAVA)
    return None


def _episode(row: Judged, decision: Decision) -> str:
    """What a letter is about, the same whoever decides it again: the worst finding's episode, at its level."""
    worst = decision.findings[0]
    again = f"/{worst.day}" if decision.reason is Reason.REMINDER else ""
    return f"{row.person.id}/{worst.rule}/{began(worst, row.findings)}/{worst.level.name}{again}"
