"""What is changed on the page of a team's people, each by whose role may: the check stands before every form."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

import structlog
from fastapi import APIRouter, Depends, Form, HTTPException, Response
from fastapi.responses import RedirectResponse
from sqlmodel import Session

from monitor.errors import UserError
from monitor.store.audience import COACHES
from monitor.store.groups import drop_group, groups_of, rename_group, set_group
from monitor.store.invitations import invited, take_back
from monitor.store.people import member, team_name
from monitor.store.roles import coach_of
from monitor.store.visitor import Role, Visitor
from monitor.web.access import Who, for_role
from monitor.web.board import Id
from monitor.web.desk import Desk
from monitor.web.pages import notice, sentence
from monitor.web.security import same_origin
from monitor.web.shell import Here

Text = Annotated[str, Form()]
Look = Callable[[Session], object]


def known_team(here: Here, team_id: Id) -> None:
    """404 for a team that is not there: whose is everything may ask for any number."""
    with here.open_db() as db:
        if team_name(db, team_id) is None:
            raise HTTPException(404)


COACH, OWNER = (
    [Depends(for_role(role)), Depends(same_origin), Depends(known_team)] for role in (Role.COACH, Role.OWNER)
)

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Mailing:
    """What is told by mail in the same commit: to invite, to send an invitation again, to take a runner out; to add a
    coach, change their role, remove them.

    Each takes the address of who does it; None for the operator, whose invitations are not counted.
    """

    invite: Callable[[int, str, str, str | None, datetime], object]
    send_again: Callable[[int, int, str | None, datetime], object]
    remove_runner: Callable[[int, int, datetime], object]
    appoint: Callable[..., tuple[int, bool]]
    change_role: Callable[[int, str, str | None, datetime, int], bool]
    dismiss: Callable[[int, str | None, datetime, int], bool]


def routes(desk: Desk, mailing: Mailing) -> APIRouter:
    """The forms. What is not there, or of another team, is 404; what cannot be is said in words."""
    router = APIRouter(prefix="/teams/{team_id}")

    @router.post("/invitations", dependencies=COACH)
    def invite(who: Who, team_id: Id, name: Text, address: Text) -> Response:
        """Ask somebody to join. The answer is the same whether or not their address is known here."""
        return _done(team_id, lambda: mailing.invite(team_id, name.strip(), address.strip(), _by(who), desk.now()))

    @router.post("/invitations/{number}/again", dependencies=COACH)
    def send_again(who: Who, team_id: Id, number: Id) -> Response:
        """The invitation once more, under a new link."""
        _there(desk, lambda db: invited(db, team_id, number))
        return _done(team_id, lambda: mailing.send_again(team_id, number, _by(who), desk.now()))

    @router.post("/invitations/{number}/take-back", dependencies=COACH)
    def forget_invitation(team_id: Id, number: Id) -> Response:
        """It opens nothing any more."""
        _there(desk, lambda db: invited(db, team_id, number))
        return _changed(desk, team_id, lambda db: take_back(db, team_id, number))

    @router.post("/groups", dependencies=COACH)
    def choose(team_id: Id, name: Text, runners: Annotated[tuple[int, ...], Form()] = ()) -> Response:
        """These runners are in the group, and no others."""
        return _changed(desk, team_id, lambda db: set_group(db, team_id, name, runners, COACHES))

    @router.post("/groups/rename", dependencies=COACH)
    def rename(team_id: Id, name: Text, new: Text) -> Response:
        """Another name for a group."""
        _there(desk, _group(team_id, name))
        return _changed(desk, team_id, lambda db: rename_group(db, team_id, name, new))

    @router.post("/groups/delete", dependencies=COACH)
    def delete(team_id: Id, name: Text) -> Response:
        """The group is no more; its runners stay."""
        _there(desk, _group(team_id, name))
        return _changed(desk, team_id, lambda db: drop_group(db, team_id, name))

    @router.post("/runners/{runner_id}/remove", dependencies=OWNER)
    def remove_runner(team_id: Id, runner_id: Id) -> Response:
        """A runner is of the team no more."""
        _there(desk, lambda db: member(db, team_id, runner_id, COACHES))
        return _done(team_id, lambda: mailing.remove_runner(team_id, runner_id, desk.now()))

    @router.post("/coaches", dependencies=OWNER)
    def appoint(who: Who, team_id: Id, name: Text, address: Text, role: Text, timezone: Text = "UTC") -> Response:
        """Somebody may coach from now on, and is told."""
        with desk.database.reading() as db:
            team = team_name(db, team_id) or ""
        given = (team, name, address.strip(), role, _by(who), desk.now())
        return _done(team_id, lambda: mailing.appoint(*given, timezone=timezone)[1])

    @router.post("/coaches/{coach_id}/role", dependencies=OWNER)
    def change_role(who: Who, team_id: Id, coach_id: Id, role: Text) -> Response:
        """They may do more, or less, and are told."""
        _there(desk, lambda db: coach_of(db, coach_id, team_id))
        return _done(team_id, lambda: mailing.change_role(coach_id, role, _by(who), desk.now(), team_id))

    @router.post("/coaches/{coach_id}/remove", dependencies=OWNER)
    def dismiss(who: Who, team_id: Id, coach_id: Id) -> Response:
        """They see nothing any more, and are told."""
        _there(desk, lambda db: coach_of(db, coach_id, team_id))
        return _done(team_id, lambda: mailing.dismiss(coach_id, _by(who), desk.now(), team_id))

    return router


def _by(who: Visitor) -> str | None:
    return None if who.is_operator else who.address


def _there(desk: Desk, look: Look) -> None:
    """404 where *look* finds nothing, before anything is done: for what is not there, or of another team."""
    try:
        with desk.database.reading() as db:
            found = look(db)
    except UserError as error:
        raise HTTPException(404) from error
    if not found:
        raise HTTPException(404)


def _group(team_id: int, name: str) -> Look:
    """A group in which nobody may be seen is not there."""
    return lambda db: any(name in held for held in groups_of(db, team_id, COACHES).values())


def _changed(desk: Desk, team_id: int, act: Look) -> Response:
    def whole() -> None:
        with desk.database.writing() as db:
            act(db)

    return _done(team_id, whole)


def _done(team_id: int, act: Callable[[], object]) -> Response:
    """Back to the page that shows it; what cannot be is said in words, and the way back keeps what was typed.

    The page says so where whom it is about is not told (False).
    """
    try:
        saved = "untold" if act() is False else "yes"
    except UserError as error:
        return notice("That cannot be", f"{sentence(str(error))} Nothing was changed: go back and try again.")
    log.info("team changed", team=team_id)
    return RedirectResponse(f"/teams/{team_id}/people?saved={saved}", status_code=303)
