"""A coach's morning: one letter a day at most, when there is something new."""

from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

import structlog
from sqlmodel import Session

from jobs.context import Context, fenced
from jobs.digest_letters import coach_mail
from monitor.alerts.coach_digest import NO_NEWS, Before, Line, coach_letter, coach_reason
from monitor.alerts.letter import in_a_sentence
from monitor.alerts.policy import not_before
from monitor.model import Level
from monitor.store.coach_digests import note_told, told_lately
from monitor.store.outbox import is_known, queue_letter
from monitor.store.people import coaches
from monitor.store.tables import Coach
from monitor.store.view import Judged, not_agreed, team_board, teams

log = structlog.get_logger()


def tell_coaches(context: Context, now: datetime) -> None:
    """Queue each coach's digest of today, where its hour has come and it holds something new."""
    with context.database.reading() as db:
        known = [coach for coach in coaches(db) if coach.digest]
    for coach in known:
        with fenced("coach digest failed", coach=coach.id), context.database.writing() as db:
            tell_coach(db, context, coach, now)


def tell_coach(db: Session, context: Context, coach: Coach, now: datetime) -> None:
    """One coach's digest: at most one a day, of those who agreed to be seen."""
    local, settings = now.astimezone(ZoneInfo(coach.timezone)), context.settings
    if local.hour < settings.schedule.coach_hour or is_known(db, _episode(coach, local.date())):
        return
    board = team_board(
        db,
        coach.team_id,
        context.rules,
        now,
        settings.files.stale_after_days,
        strava_is_shared=settings.strava.coach_sharing,
    )
    shown, before = lines(context, board), told_lately(db, coach, local.date())
    reason = coach_reason(shown, before, local.weekday())
    if reason.mails:
        _send(db, context, coach, shown, before, len(board), now)
        log.info("coach digest queued", coach=coach.id, reason=reason.value, runners=len(shown))


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


def _send(
    db: Session, context: Context, coach: Coach, shown: list[Line], before: Before, watched: int, now: datetime
) -> None:
    zone, settings = ZoneInfo(coach.timezone), context.settings
    day = now.astimezone(zone).date()
    letter = coach_letter(
        coach.name,
        {known: name for known, name, _ in teams(db)}[coach.team_id],
        shown,
        before,
        watched=watched,
        not_agreed=not_agreed(db, coach.team_id),
        board_url=f"{settings.web.base_url}/teams/{coach.team_id}",
    )
    due = not_before(now, zone, settings.mail.quiet_from, settings.mail.quiet_until)
    episode = _episode(coach, day)
    mail = coach_mail(context, coach, letter, episode, due)
    letter_id = queue_letter(db, None, "coach", episode, mail, now, due, coach_id=coach.id, zone=coach.timezone)
    if letter_id is not None:
        note_told(db, coach, letter_id, shown, day)


def _episode(coach: Coach, day: date) -> str:
    return f"coach/{coach.id}/{day}"
