"""What the holder of a token sees: decided here once, by the same queries as the pages."""

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import Depends, HTTPException, Request, Security
from fastapi.security import HTTPBearer
from sqlmodel import Session

from monitor.errors import UserError
from monitor.store import people, view
from monitor.store.api_tokens import Holder
from monitor.store.audience import COACHES
from monitor.store.people import Person, member, person
from monitor.store.view import Judged
from monitor.web.rows import Row, row
from monitor.web.shell import Shell
from monitor.web.team import everyone, team
from monitor.web.team import member as member_of_team

TOKEN = HTTPBearer(auto_error=False, description="Made by `hamwatch token add`.")


def _holder(request: Request, _named: Annotated[Any, Security(TOKEN)]) -> Holder:
    holder: Holder = request.state.holder  # which guard.py found, before a body was read
    return holder


Asking = Annotated[Holder, Depends(_holder)]


def teams(db: Session, holder: Holder) -> list[tuple[int, str]]:
    """The teams whose board the holder sees: id and name."""
    return [(id_, name) for id_, name, _ in people.teams(db) if holder.is_operator or id_ == holder.team_id]


def board(here: Shell, holder: Holder, team_id: int) -> tuple[Sequence[Row], int]:
    """Who of a team is seen, who needs a look first at the top, and how many more there are."""
    now = here.now()
    if holder.is_operator:
        return [each for each in everyone(here, now).rows if each.team_id == team_id], 0
    found = team(here, team_id, now)
    return found.rows, found.not_agreed


def runners(here: Shell, holder: Holder) -> Sequence[Row]:
    """Everybody whom the holder sees, who needs a look first at the top."""
    if holder.is_operator:
        return everyone(here, here.now()).rows
    if holder.team_id is not None:
        return team(here, holder.team_id, here.now()).rows
    return [row(seen(here, holder, holder.runner_id or 0), {rule.name: rule for rule in here.rules})]


def seen(here: Shell, holder: Holder, runner_id: int) -> Judged:
    """One runner as the holder sees them; 404 alike for nobody and for somebody whom the holder does not see."""
    if holder.team_id is not None and not holder.speaks_for(runner_id):
        return member_of_team(here, holder.team_id, runner_id, here.now())
    if not holder.speaks_for(runner_id):
        raise HTTPException(404)
    with here.open_db() as db:
        found = view.judged(db, runner_id, here.rules, here.now(), here.settings.files.stale_after_days)
    if found is None:
        raise HTTPException(404)
    return found


def spoken_for(db: Session, holder: Holder, runner_id: int) -> Person:
    """The runner for whom the holder speaks, who is themselves or anybody's operator.

    403 for a coach who sees them; 404 alike for nobody and for somebody whom the holder does not see.
    """
    if holder.team_id is not None and member(db, holder.team_id, runner_id, COACHES):
        raise HTTPException(403)
    try:
        return person(db, runner_id if holder.speaks_for(runner_id) else None)
    except UserError as error:
        raise HTTPException(404) from error


def may_write(holder: Asking) -> None:
    """403 for a token that only reads."""
    if holder.read_only:
        raise HTTPException(403)
