"""What the holder of a token sees: decided here once, by the same queries as the pages."""

from datetime import timedelta
from typing import Annotated, Any

from fastapi import Depends, HTTPException, Request, Security
from fastapi.security import HTTPBearer
from sqlmodel import Session

from monitor.errors import UserError
from monitor.store import view
from monitor.store.api_tokens import Holder
from monitor.store.audience import COACHES
from monitor.store.people import Person, member, person
from monitor.store.view import Judged
from monitor.web.shell import Shell

TOKEN = HTTPBearer(auto_error=False, description="Made by `hamwatch token add`.")


def _holder(request: Request, _named: Annotated[Any, Security(TOKEN)]) -> Holder:
    holder: Holder = request.state.holder  # which guard.py found, before a body was read
    return holder


Asking = Annotated[Holder, Depends(_holder)]


def teams(db: Session, holder: Holder) -> list[tuple[int, str]]:
    """The teams whose board the holder sees: id and name."""
    return [(id_, name) for id_, name, _ in view.teams(db) if holder.is_operator or id_ == holder.team_id]


def board(here: Shell, db: Session, holder: Holder, team_id: int) -> tuple[list[Judged], int]:
    """Who of a team is seen, and how many more there are."""
    if holder.is_operator:
        return view.everyone(db, here.rules, here.now(), _stale_after(here), team_id), 0
    shown = view.team_board(db, team_id, here.rules, here.now(), _stale_after(here), **_shared(here))
    return shown, view.not_agreed(db, team_id)


def everyone(here: Shell, db: Session, holder: Holder) -> list[Judged]:
    """Everybody whom the holder sees, who needs a look first at the top."""
    if holder.is_operator:
        return view.everyone(db, here.rules, here.now(), _stale_after(here))
    if holder.team_id is not None:
        return board(here, db, holder, holder.team_id)[0]
    return [seen(here, db, holder, holder.runner_id or 0)]


def seen(here: Shell, db: Session, holder: Holder, runner_id: int) -> Judged:
    """One runner as the holder sees them; 404 alike for nobody and for somebody whom the holder does not see."""
    found = None
    if holder.speaks_for(runner_id):
        found = view.judged(db, runner_id, here.rules, here.now(), _stale_after(here))
    elif holder.team_id is not None:
        found = view.team_member(
            db, holder.team_id, runner_id, here.rules, here.now(), _stale_after(here), **_shared(here)
        )
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


def _stale_after(here: Shell) -> int:
    return here.settings.files.stale_after_days


def _shared(here: Shell) -> dict[str, Any]:
    merge_gap: timedelta = here.settings.rules.merge_gap
    return {"strava_is_shared": here.settings.strava.coach_sharing, "merge_gap": merge_gap}
