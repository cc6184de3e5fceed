"""A team's people, as pages and commands change them: what is changed and the mail that says so are one commit."""

from datetime import datetime

import structlog

from jobs.context import Context
from jobs.letters import invitation_mail, left_team_mail
from monitor.errors import UserError
from monitor.store import invitations
from monitor.store.audience import COACHES, Audience
from monitor.store.checks import checked_address, checked_name
from monitor.store.coaches import coaches
from monitor.store.invitation_limit import count_mail
from monitor.store.invitations import KIND, new_token
from monitor.store.membership import leave_team
from monitor.store.outbox import queue_letter
from monitor.store.people import member, team_name
from monitor.store.sealing import digest
from monitor.web.links import join_url

log = structlog.get_logger()


def invite(context: Context, team_id: int, name: str, address: str, sender: str | None, now: datetime) -> str:
    """Ask whoever holds *address* to join, by mail; the link. Raises `UserError`, also for one mail too many.

    *sender* is the address whose mails are counted; None for the operator, whose are not.
    """
    checked_name(name), checked_address(address)
    return _mailed(context, team_id, None, name, address, sender, now)


def send_again(context: Context, team_id: int, number: int, sender: str | None, now: datetime) -> str:
    """The same invitation under a new link. Raises `UserError`."""
    with context.database.reading() as db:
        row = invitations.invited(db, team_id, number)
    return _mailed(context, team_id, number, row.name, row.address, sender, now)


def remove_runner(context: Context, team_id: int, runner_id: int, now: datetime, audience: Audience = COACHES) -> None:
    """Take a runner out of the team, whom the *audience* may know of, and tell them. Raises `UserError`."""
    with context.database.reading() as db:
        whose = member(db, team_id, runner_id, audience)
    if whose is None:
        raise UserError(f"no runner {runner_id} of team {team_id} is known here")
    episode = f"{runner_id}/left-team/{team_id}/{now.isoformat()}"
    mail = left_team_mail(context, whose, episode, now)
    with context.database.writing() as db:
        leave_team(db, runner_id, now)
        queue_letter(db, runner_id, "left-team", episode, mail, now, now)
    log.info("runner taken out of a team", runner=runner_id, team=team_id)


def _mailed(
    context: Context, team_id: int, number: int | None, name: str, address: str, sender: str | None, now: datetime
) -> str:
    """The mail is drawn while no transaction is open, under a link that opens something only once it is queued."""
    token = new_token()
    url, episode = join_url(context.settings.web.base_url, token), invitations.episode(digest(token))
    with context.database.reading() as db:
        team, named = team_name(db, team_id) or "", [coach.name for coach in coaches(db, team_id)]
    mail = invitation_mail(context, address, team, named, url, episode, now)
    with context.database.writing() as db:
        if sender is not None:
            count_mail(db, sender, address, now)
        if number is None:
            invitations.invite(db, team_id, name, address, token, now)
        else:
            invitations.renew(db, team_id, number, token, now)
        queue_letter(db, None, KIND, episode, mail, now, now)
    log.info("invited", team=team_id)
    return url
