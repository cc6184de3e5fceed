"""A coach's morning: one letter a day at most, when there is something new."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

import structlog
from sqlmodel import Session

from jobs.context import Context, fenced
from jobs.digest_letters import coach_mail
from monitor.alerts.coach_digest import NO_NEWS, Before, Line, coach_letter, coach_reason
from monitor.alerts.letter import in_a_sentence
from monitor.alerts.policy import not_before
from monitor.model import Level
from monitor.store.coach_digests import note_looked, note_told, told_lately
from monitor.store.coaches import coaches
from monitor.store.outbox import queue_letter
from monitor.store.people import team_name
from monitor.store.seen import not_agreed
from monitor.store.tables import Coach
from monitor.store.view import Judged, team_board
from monitor.store.zones import zone_of

log = structlog.get_logger()


def tell_coaches(context: Context, now: datetime) -> None:
    """Decide each coach's digest of today once, when its hour has come."""
    with context.database.reading() as db:
        due = [coach for coach in coaches(db) if _is_due(context, coach, now)]
    for coach in due:
        with fenced("coach digest failed", coach=coach.id):
            tell_coach(context, coach, now)


def tell_coach(context: Context, coach: Coach, now: datetime) -> None:
    """One coach's digest, of those who agreed to be seen. Their board is read before anything is written."""
    today = _today(coach, now)
    with context.database.reading() as db:
        seen, before = _board(db, context, coach, now), told_lately(db, coach, today)
    reason = coach_reason(seen.lines, before, today.weekday())
    with context.database.writing() as db:
        note_looked(db, coach, today)
        if reason.mails and queue(db, context, coach, seen, before, now):
            log.info("coach digest queued", coach=coach.id, reason=reason.value, runners=len(seen.lines))


@dataclass(frozen=True, slots=True)
class Seen:
    """What a coach may see of their team."""

    team: str
    lines: list[Line]
    watched: int
    not_agreed: int


def _board(db: Session, context: Context, coach: Coach, now: datetime) -> Seen:
    settings = context.settings
    board = team_board(
        db,
        coach.team_id,
        context.rules,
        now,
        settings.files.stale_after_days,
        strava_is_shared=settings.strava.coach_sharing,
        merge_gap=settings.rules.merge_gap,
    )
    return Seen(team_name(db, coach.team_id) or "", lines(context, board), len(board), not_agreed(db, coach.team_id))


def lines(context: Context, board: Iterable[Judged]) -> list[Line]:
    """Who needs a look, and who cannot be judged; in the board's order."""
    return [_line(context, row) for row in board if row.verdict.level is None or row.verdict.level >= Level.CAUTION]


def _line(context: Context, row: Judged) -> Line:
    verdict, worst = row.verdict, row.verdict.worst
    if worst is None or verdict.level is None:
        news = verdict.freshness not in NO_NEWS
        return Line(row.person.id, row.person.name, verdict.freshness.value, None, f"{verdict.reason}.", news)
    rule = context.rules_by_name[worst.rule]
    text = f"{in_a_sentence(rule, worst)} Grade {rule.evidence.grade}."
    return Line(row.person.id, row.person.name, worst.rule, verdict.level, text)


def queue(db: Session, context: Context, coach: Coach, seen: Seen, before: Before, now: datetime) -> bool:
    """Put the digest into the outbox; whether it is the first of the day."""
    settings, day = context.settings, _today(coach, now)
    due = not_before(now, zone_of(coach.timezone), settings.mail.quiet_from, settings.mail.quiet_until)
    letter = coach_letter(
        coach.name,
        seen.team,
        seen.lines,
        before,
        watched=seen.watched,
        not_agreed=seen.not_agreed,
        board_url=f"{settings.web.base_url}/teams/{coach.team_id}",
    )
    episode = f"coach/{coach.id}/{day}"
    mail = coach_mail(context, coach, letter, episode, due)
    letter_id = queue_letter(db, None, "coach", episode, mail, now, due, coach_id=coach.id, zone=coach.timezone)
    if letter_id is not None:
        note_told(db, coach, letter_id, seen.lines, day)
    return letter_id is not None


def _is_due(context: Context, coach: Coach, now: datetime) -> bool:
    local = now.astimezone(zone_of(coach.timezone))
    return coach.digest and coach.looked_on != local.date() and local.hour >= context.settings.schedule.coach_hour


def _today(coach: Coach, now: datetime) -> date:
    return now.astimezone(zone_of(coach.timezone)).date()
