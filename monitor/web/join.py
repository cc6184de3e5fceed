"""The invitation to a team: who would see what is said first, and nobody sees anything before the runner agrees."""

from typing import Annotated

import structlog
from fastapi import APIRouter, Depends, Form, Response
from fastapi.responses import RedirectResponse

from monitor.errors import UserError
from monitor.store.consents import Subject, consent, give, team_wording
from monitor.store.people import Person, coaches
from monitor.web import links
from monitor.web.desk import Desk
from monitor.web.pages import notice, page
from monitor.web.security import same_origin
from monitor.web.shell import Here

log = structlog.get_logger()


def routes(desk: Desk) -> APIRouter:
    """The invitation, and the runner's yes to it."""
    router = APIRouter()

    @router.get("/join")
    def invitation(here: Here, invite: str = "") -> Response:
        """Which team, which coaches, what they would see. Looking changes nothing."""
        return _invitation(desk, here, invite)

    @router.post("/join", dependencies=[Depends(same_origin)])
    def agree(here: Here, invite: Annotated[str, Form()] = "", wording: Annotated[str, Form()] = "") -> Response:
        """The runner agrees to the words they were shown; then their own page, which offers to connect Strava."""
        current = team_wording(here.settings.strava.coach_sharing)
        return _agreed(desk, invite, current) if wording == current else _invitation(desk, here, invite, wording)

    return router


def _invitation(desk: Desk, here: Here, invite: str, other_wording: str = "") -> Response:
    try:
        guest = _member(desk, invite)
    except UserError as error:
        return notice("No invitation", str(error))
    shared = here.settings.strava.coach_sharing
    with desk.database.reading() as db:
        named = [coach.name for coach in coaches(db, guest.team_id)]
        held = consent(db, guest.id, Subject.TEAM)
    return page(
        "join.html",
        person=guest,
        coaches=named,
        strava_is_shared=shared,
        agreed=held is not None and held.wording == team_wording(shared),
        invite=invite,
        wording=team_wording(shared),
        changed=bool(other_wording),
        own=desk.own_path(guest.id),
    )


def _agreed(desk: Desk, invite: str, wording: str) -> Response:
    try:
        guest = _member(desk, invite)
    except UserError as error:
        return notice("No invitation", str(error))
    with desk.database.writing() as db:
        give(db, guest.id, Subject.TEAM, wording, desk.now())
    log.info("consent given", runner=guest.id, subject=Subject.TEAM.value)
    return RedirectResponse(desk.own_path(guest.id), status_code=303)


def _member(desk: Desk, invite: str) -> Person:
    guest = desk.guest(links.joining_runner(desk.secrets, invite))
    if guest.team_id is None:
        raise UserError(links.NOT_VALID)
    return guest
