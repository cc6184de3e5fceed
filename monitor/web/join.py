"""The invitation to a team: who would see what is said first, and nobody sees anything before the runner agrees."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Literal

import structlog
from fastapi import APIRouter, Depends, Form, Response
from fastapi.responses import RedirectResponse

from monitor.errors import UserError
from monitor.store.checks import checked_name
from monitor.store.coaches import coaches
from monitor.store.consents import Subject, consent, team_wording
from monitor.store.invitation_tables import Invitation
from monitor.store.invitations import accept, decline, guests, opened
from monitor.store.people import Person, team_name
from monitor.store.zones import checked_zone, known_zones
from monitor.web.desk import Desk
from monitor.web.pages import notice, page, sentence
from monitor.web.security import same_origin
from monitor.web.shell import Here, Shell

DECLINED = ("Declined", "The invitation is gone, and with it your name and address. Nobody is told.", 200)
Act = Literal["agree", "decline"]

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Asked:
    """Who is asked to join what."""

    invitation: Invitation
    team: str
    coaches: Sequence[str]
    guests: Sequence[Person]  # who is here already and may answer it
    shared: frozenset[int]  # those of them who share their training with a team now
    zone: str  # where a new runner most likely lives


def routes(desk: Desk) -> APIRouter:
    """The invitation, and the runner's yes or no to it."""
    router = APIRouter()

    @router.get("/join")
    def invitation(here: Here, invite: str = "") -> Response:
        """Which team, which coaches, what they would see. Looking changes nothing."""
        return _shown(desk, here, invite)

    @router.post("/join", dependencies=[Depends(same_origin)])
    def answer(
        here: Here,
        invite: Annotated[str, Form()] = "",
        wording: Annotated[str, Form()] = "",
        guest: Annotated[int | None, Form()] = None,
        name: Annotated[str, Form()] = "",
        timezone: Annotated[str, Form()] = "UTC",
        act: Annotated[Act, Form()] = "agree",
    ) -> Response:
        """The runner agrees to the words they were shown: then their own page, which offers to connect Strava."""
        if act == "decline":
            return _declined(desk, invite)
        current = team_wording(here.settings.strava.coach_sharing)
        if wording != current:
            return _shown(desk, here, invite, changed=True)
        return _agreed(desk, invite, guest, name, timezone, current)

    return router


def _shown(desk: Desk, here: Shell, invite: str, *, changed: bool = False) -> Response:
    try:
        asked = _asked(desk, invite)
    except UserError as error:
        return notice("No invitation", sentence(str(error)))
    shared = here.settings.strava.coach_sharing
    return page(
        "join.html",
        asked=asked,
        strava_is_shared=shared,
        invite=invite,
        wording=team_wording(shared),
        changed=changed,
        zones=sorted(known_zones()),
    )


def _asked(desk: Desk, invite: str) -> Asked:
    with desk.database.reading() as db:
        row = opened(db, invite, desk.now())
        staff, known = coaches(db, row.team_id), guests(db, row)
        return Asked(
            invitation=row,
            team=team_name(db, row.team_id) or "",
            coaches=[coach.name for coach in staff],
            guests=known,
            shared=frozenset(each.id for each in known if consent(db, each.id, Subject.TEAM)),
            zone=staff[0].timezone if staff else "UTC",
        )


def _agreed(desk: Desk, invite: str, guest: int | None, name: str, timezone: str, wording: str) -> Response:
    try:
        if guest is None:
            checked_name(name), checked_zone(timezone)
        with desk.database.writing() as db:
            joined = accept(db, invite, guest, name, timezone, wording, desk.now())
    except UserError as error:
        return notice("Nothing was changed", f"{sentence(str(error))} Go back and try again.")
    log.info("consent given", runner=joined.id, subject=Subject.TEAM.value)
    return RedirectResponse(desk.own_path(joined.id), status_code=303)


def _declined(desk: Desk, invite: str) -> Response:
    try:
        with desk.database.writing() as db:
            decline(db, invite, desk.now())
    except UserError as error:
        return notice("No invitation", sentence(str(error)))
    log.info("invitation declined")
    return notice(*DECLINED)
