"""A runner's week, on the day they chose."""

from datetime import date, datetime, timedelta

from sqlmodel import Session

from jobs.context import Context
from jobs.digest_letters import weekly_mail
from jobs.outgoing import Draft, due_at
from monitor.alerts.digest import Quiet, corrected, digest_week
from monitor.alerts.policy import Memory, why_not_mailed
from monitor.model import Origin
from monitor.store.consents import Subject
from monitor.store.corrections import Correction, corrections
from monitor.store.mail_choices import choice
from monitor.store.outbox import is_known
from monitor.store.tables import Runner
from monitor.store.view import Judged

LATE_DAYS = 2  # a worker that was off on the day still sends the week's letter, but not a stale one
WEEK = timedelta(days=7)


def about_week(db: Session, context: Context, row: Judged, remembered: Memory, now: datetime) -> Draft | None:
    """The runner's weekly letter, once a week, on their day or soon after; none before any day is known."""
    chosen = choice(db, row.person.id)
    day = digest_week(row.today, chosen.weekday)
    episode = f"{row.person.id}/weekly/{day}"
    late = (row.today - day).days > LATE_DAYS
    if row.history is None or late or not chosen.weekly or _joined(db, row) >= day or is_known(db, episode):
        return None
    unmailed = quiet(context, row, remembered, now)
    changed = [_corrected(each) for each in corrections(db, row.person.id, now - WEEK)]
    due = due_at(db, context, row, now)
    letter = weekly_mail(context, row, unmailed, changed, episode, due)
    rests_on_strava = any(each.run.origin is Origin.STRAVA for each in row.runs)
    return Draft("weekly", episode, letter, due, Subject.STRAVA if rests_on_strava else None)


def quiet(context: Context, row: Judged, remembered: Memory, now: datetime) -> list[Quiet]:
    """What was found in the last 7 days and told by no letter of these days: the latest of each rule, and why not."""
    rules = context.rules_by_name
    told = {(notice.rule, notice.day) for notice in remembered.told if now - notice.at < WEEK}
    of_the_week = [finding for finding in row.findings if timedelta(0) <= row.today - finding.day < WEEK]
    untold = [finding for finding in of_the_week if (finding.rule, finding.day) not in told]
    latest = {finding.rule: finding for finding in reversed(untold)}  # they come newest first
    return [
        (rule, latest[name], why_not_mailed(latest[name], remembered, rule, now, row.person.zone))
        for name, rule in rules.items()
        if name in latest
    ]


def _corrected(each: Correction) -> str:
    was, now = each.was, each.is_now
    return corrected(each.name, now.day, (was.sport, was.distance_m), (now.sport, now.distance_m))


def _joined(db: Session, row: Judged) -> date:
    return db.get_one(Runner, row.person.id).created_at.astimezone(row.person.zone).date()
