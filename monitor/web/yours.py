"""A runner's own page: what they agreed to and since when, and the buttons that end it and begin it again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Annotated, Literal

import structlog
from fastapi import APIRouter, Depends, Form, Response
from sqlmodel import Session

from monitor.rules.freshness import Access
from monitor.store.coach_digests import recall
from monitor.store.coaches import coaches
from monitor.store.connections import connection
from monitor.store.consents import WORDING, Subject, consent, consents, give, team_wording, withdraw
from monitor.store.membership import leave_team
from monitor.store.people import Person
from monitor.web import links
from monitor.web.desk import Desk
from monitor.web.own import Drawing, own_act, own_links, own_page
from monitor.web.pages import page
from monitor.web.security import same_origin
from monitor.web.shell import Here

Act = Literal["share", "stop", "share-symptoms", "stop-symptoms", "leave-team"]

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
    symptoms_since: datetime | None  # None: it hears of no check-in
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
        act: Annotated[Act, Form()],
        key: Annotated[str, Form()] = "",
        wording: Annotated[str, Form()] = "",
    ) -> Response:
        """Share with the team, in the words that were shown, stop it, or leave: in effect from the next request on."""
        subject = Subject.SYMPTOMS if act.endswith("symptoms") else Subject.TEAM
        if act.startswith("share") and wording != _wordings(here)[subject]:
            return _page(desk, here, key, changed=subject)

        def do(db: Session, guest: Person) -> None:
            _change(db, guest, act, wording, desk.now())
            log.info("consent changed", runner=guest.id, act=act)

        return own_act(desk, key, "/your-data", do)

    return router


def your_data(db: Session, person: Person, wordings: Mapping[Subject, str]) -> YourData:
    """What is known of the runner's consents, where *wordings* are the texts of now."""
    held = {subject: consent(db, person.id, subject) for subject in Subject}
    shared, heard, agreed = held[Subject.TEAM], held[Subject.SYMPTOMS], held[Subject.STRAVA]
    linked = connection(db, person.id)
    return YourData(
        person=person,
        coaches=[coach.name for coach in coaches(db, person.team_id)] if person.team_id else [],
        shared_since=shared.at.astimezone(person.zone) if shared else None,
        symptoms_since=heard.at.astimezone(person.zone) if shared and heard else None,
        words_changed=frozenset(each for each, row in held.items() if row and row.wording != wordings[each]),
        connected_since=agreed.at.astimezone(person.zone) if agreed and linked else None,
        access=Access(linked.access) if linked else None,
        record=[
            Entry(Subject(row.subject), row.given, row.at.astimezone(person.zone), row.wording)
            for row in consents(db, person.id)
        ],
    )


def _page(desk: Desk, here: Here, key: str, *, changed: Subject | None = None) -> Response:
    wordings = _wordings(here)

    def show(db: Session, guest: Person) -> Drawing:
        return partial(
            page,
            "your-data.html",
            yours=your_data(db, guest, wordings),
            strava_is_shared=here.settings.strava.coach_sharing,
            key=key,
            wordings=wordings,
            changed=changed,
            connect=desk.connect_path(guest.id),
            leave=desk.own_path(guest.id, "leave"),
            mails=desk.own_path(guest.id, "mails"),
            check_in=links.own_path(key, "/check-in"),
            check_ins=links.own_path(key, "/check-ins"),
            training=links.own_path(key, f"/runners/{guest.id}"),
            own=own_links(key, guest.id),
        )

    return own_page(desk, key, show)


def _change(db: Session, guest: Person, act: Act, wording: str, now: datetime) -> None:
    """Check-ins are shared on top of what the team sees, and end with it: whoever begins again is asked anew."""
    if act.startswith("stop"):
        recall(db, guest.id)
    match act:
        case "share" if guest.team_id is not None:
            give(db, guest.id, Subject.TEAM, wording, now)
        case "share-symptoms" if consent(db, guest.id, Subject.TEAM):
            give(db, guest.id, Subject.SYMPTOMS, wording, now)
        case "stop":
            withdraw(db, guest.id, Subject.TEAM, now)
            withdraw(db, guest.id, Subject.SYMPTOMS, now)
        case "stop-symptoms":
            withdraw(db, guest.id, Subject.SYMPTOMS, now)
        case "leave-team" if guest.team_id is not None:
            leave_team(db, guest.id, now)


def _wordings(here: Here) -> Mapping[Subject, str]:
    """The version of each text as it is shown here."""
    return WORDING | {Subject.TEAM: team_wording(here.settings.strava.coach_sharing)}
