"""A runner's own page: what they agreed to and since when, and the buttons that end it and begin it again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal

import structlog
from fastapi import APIRouter, Depends, Form, Response
from fastapi.responses import RedirectResponse
from sqlmodel import Session

from monitor.errors import UserError
from monitor.rules.freshness import Access
from monitor.store.connections import connection
from monitor.store.consents import WORDING, Subject, consent, consents, give, team_wording, withdraw
from monitor.store.people import Person, coaches
from monitor.web import links
from monitor.web.desk import Desk
from monitor.web.pages import notice, page
from monitor.web.security import same_origin
from monitor.web.shell import Here

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the record of consents, in the runner's own time."""

    subject: Subject
    given: bool
    at: datetime
    wording: str


@dataclass(frozen=True, slots=True)
class YourData:
    """What the page shows."""

    person: Person
    coaches: list[str]
    shared_since: datetime | None  # None: the team sees nothing
    words_changed: frozenset[Subject]  # of what the text has changed since they agreed
    connected_since: datetime | None  # None: not connected
    access: Access | None
    record: list[Entry]  # oldest first


def routes(desk: Desk) -> APIRouter:
    """The page, and what its buttons do."""
    router = APIRouter()

    @router.get("/your-data")
    def yours(here: Here, key: str = "") -> Response:
        """Looking changes nothing."""
        return _page(desk, here, key)

    @router.post("/your-data", dependencies=[Depends(same_origin)])
    def act(
        here: Here,
        act: Annotated[Literal["share", "stop"], Form()],
        key: Annotated[str, Form()] = "",
        wording: Annotated[str, Form()] = "",
    ) -> Response:
        """Share with the team, in the words that were shown, or stop it: in effect from the next request on."""
        if act == "share" and wording != team_wording(here.settings.strava.coach_sharing):
            return _page(desk, here, key, changed=True)
        return _acted(desk, key, act, wording)

    return router


def your_data(db: Session, person: Person, wordings: Mapping[Subject, str]) -> YourData:
    """What is known of the runner's consents, where *wordings* are the texts of now."""
    held = {subject: consent(db, person.id, subject) for subject in Subject}
    shared, agreed, linked = held[Subject.TEAM], held[Subject.STRAVA], connection(db, person.id)
    return YourData(
        person=person,
        coaches=[coach.name for coach in coaches(db, person.team_id)] if person.team_id else [],
        shared_since=shared.at.astimezone(person.zone) if shared else None,
        words_changed=frozenset(each for each, row in held.items() if row and row.wording != wordings[each]),
        connected_since=agreed.at.astimezone(person.zone) if agreed and linked else None,
        access=Access(linked.access) if linked else None,
        record=[
            Entry(Subject(row.subject), row.given, row.at.astimezone(person.zone), row.wording)
            for row in consents(db, person.id)
        ],
    )


def _page(desk: Desk, here: Here, key: str, *, changed: bool = False) -> Response:
    try:
        guest = desk.guest(links.owner(desk.secrets, key))
    except UserError as error:
        return notice("Not your page", str(error))
    shared = here.settings.strava.coach_sharing
    wordings = WORDING | {Subject.TEAM: team_wording(shared)}
    with desk.database.reading() as db:
        shown = your_data(db, guest, wordings)
    return page(
        "your-data.html",
        yours=shown,
        strava_is_shared=shared,
        key=key,
        wording=wordings[Subject.TEAM],
        changed=changed,
        connect=desk.connect_path(guest.id),
        leave=desk.own_path(guest.id, "leave"),
        mails=desk.own_path(guest.id, "mails"),
    )


def _acted(desk: Desk, key: str, act: str, wording: str) -> Response:
    try:
        guest = desk.guest(links.owner(desk.secrets, key))
    except UserError as error:
        return notice("Not your page", str(error))
    with desk.database.writing() as db:
        if act == "share" and guest.team_id is not None:
            give(db, guest.id, Subject.TEAM, wording, desk.now())
        else:
            withdraw(db, guest.id, Subject.TEAM, desk.now())
    log.info("consent changed", runner=guest.id, subject=Subject.TEAM.value, act=act)
    return RedirectResponse(links.own_path(key), status_code=303)
