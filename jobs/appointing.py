"""Who coaches a team, as pages and commands change it: what is changed and the mail that says so are one commit.

*by* is the address of the owner who decides it; None for the operator. What is returned is whether they are told: the
change holds in any case, for a limit on mails must keep nobody in.
"""

from datetime import datetime

import structlog
from sqlmodel import Session

from jobs.context import Context
from jobs.letters import appointment_mail
from monitor.alerts.appointment import appointed_letter, changed_role_letter, dismissed_letter
from monitor.alerts.letter import Letter
from monitor.alerts.policy import not_before
from monitor.store.appointments import KIND, may_be_told
from monitor.store.coaches import add_coach, coaches
from monitor.store.outbox import queue_letter
from monitor.store.people import team_name
from monitor.store.roles import coach_of, remove_coach, set_role
from monitor.store.tables import Coach
from monitor.store.zones import zone_of

log = structlog.get_logger()


def appoint(
    context: Context,
    team: str,
    name: str,
    address: str,
    role: str,
    by: str | None,
    now: datetime,
    *,
    timezone: str = "UTC",
    locale: str = "",
) -> tuple[int, bool]:
    """A new coach, and the team where it is new; their number too. Raises `UserError` as `add_coach` does."""
    with context.database.writing() as db:
        coach = add_coach(db, name, address, team, timezone, role, locale=locale)
        letter = appointed_letter(team, coach.role, _named(db, coach, by), _url(context, coach))
        return coach.id or 0, _tell(db, context, coach, letter, now)


def change_role(
    context: Context, coach_id: int, role: str, by: str | None, now: datetime, team_id: int | None = None
) -> bool:
    """Another role, of a coach of this team where one is named. Raises `UserError` as `set_role` does."""
    with context.database.writing() as db:
        coach = coach_of(db, coach_id, team_id)
        was = coach.role
        set_role(db, coach, role)
        if coach.role == was:
            return True
        team, named = team_name(db, coach.team_id) or "", _named(db, coach, by)
        return _tell(db, context, coach, changed_role_letter(team, was, role, named, _url(context, coach)), now)


def dismiss(context: Context, coach_id: int, by: str | None, now: datetime, team_id: int | None = None) -> bool:
    """A coach no longer. Raises `UserError` as `remove_coach` does."""
    with context.database.writing() as db:
        coach = coach_of(db, coach_id, team_id)
        letter = dismissed_letter(team_name(db, coach.team_id) or "", _named(db, coach, by))
        remove_coach(db, coach, context.settings.mail.operator_address)
        return _tell(db, context, coach, letter, now)


def _tell(db: Session, context: Context, coach: Coach, letter: Letter, now: datetime) -> bool:
    """Put it into the outbox, for their own daytime."""
    if not may_be_told(db, coach.team_id, coach.email, now):
        log.warning("coach not told: enough was mailed", coach=coach.id)
        return False
    mail = context.settings.mail
    due = not_before(now, zone_of(coach.timezone), mail.quiet_from, mail.quiet_until)
    episode = f"coach/{coach.id}/{KIND}/{coach.role}/{now.isoformat()}"
    message = appointment_mail(context, coach, letter, episode, due)
    queue_letter(db, None, KIND, episode, message, now, due, coach_id=coach.id, zone=coach.timezone)
    log.info("coach told of what changed", coach=coach.id, team=coach.team_id)
    return True


def _named(db: Session, coach: Coach, by: str | None) -> str:
    """Who decides it, as their letter names them."""
    name = next((each.name for each in coaches(db, coach.team_id) if each.email.lower() == (by or "").lower()), "")
    return f"{name} ({by})" if name else by or ""


def _url(context: Context, coach: Coach) -> str:
    return f"{context.settings.web.base_url}/teams/{coach.team_id}"
