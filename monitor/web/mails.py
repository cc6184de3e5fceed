"""Which mails somebody wants: the link that ends one kind, as mail programs press it, and the page of all of them."""

from functools import partial
from typing import Annotated, Literal

import structlog
from fastapi import APIRouter, Depends, Form, Request, Response
from sqlmodel import Session

from monitor.errors import Gone, UserError
from monitor.store.mail_choices import choice, choose, switch, wanted
from monitor.store.people import Person
from monitor.store.suspensions import suspension
from monitor.web import links, mail_links
from monitor.web.calendar import WEEKDAYS
from monitor.web.desk import Desk
from monitor.web.own import Drawing, Key, own_act, own_links, own_page
from monitor.web.pages import notice, page
from monitor.web.security import same_origin
from monitor.web.shell import Here

NOT_VALID = "This link is not valid"

log = structlog.get_logger()


def routes(desk: Desk) -> APIRouter:
    """Opening a link changes nothing: mail scanners open them all."""
    router = APIRouter()

    @router.get("/stop")
    def ask(key: str = "") -> Response:
        """Which mails would end, and the button."""
        return _stop_page(desk, key)

    @router.post("/stop")
    def stop(
        request: Request, here: Here, key: str = "", act: Annotated[Literal["stop", "start"], Form()] = "stop"
    ) -> Response:
        """End them, or have them again.

        A mail program posts here by itself, without a page (RFC 8058): the signed link is all that it needs, and all
        that it can do is to end mail. Having them again takes a form of this page.
        """
        if act == "start":
            same_origin(request, here)
        return _switched(desk, key, on=act == "start")

    @router.get("/mails")
    def mails(key: str = "", saved: str = "") -> Response:
        """What a runner chose."""

        def show(db: Session, guest: Person) -> Drawing:
            refused = suspension(db, guest.email)
            return partial(
                page,
                "mails.html",
                person=guest,
                choice=choice(db, guest.id),
                weekdays=WEEKDAYS,
                key=key,
                saved=bool(saved),
                refused_since=refused.since.astimezone(guest.zone) if refused else None,
                own=own_links(key, guest.id),
            )

        return own_page(desk, key, show)

    @router.post("/mails", dependencies=[Depends(same_origin)])
    def save(
        weekday: Annotated[int, Form(ge=0, le=6)],
        key: Key = "",
        alerts: Annotated[bool, Form()] = False,
        weekly: Annotated[bool, Form()] = False,
        source: Annotated[bool, Form()] = False,
    ) -> Response:
        """Their choice from now on."""

        def do(db: Session, guest: Person) -> None:
            choose(db, guest.id, alerts=alerts, weekly=weekly, source=source, weekday=weekday)

        return own_act(desk, key, "/mails?saved=yes", do)

    return router


def _stop_page(desk: Desk, key: str) -> Response:
    try:
        which, person_id = mail_links.stopped(desk.secrets, key)
    except UserError as error:
        return notice(NOT_VALID, str(error))
    with desk.database.reading() as db:
        on = wanted(db, person_id, which)
    return page("stop.html", words=which.label, on=on, action=links.own_path(key, "/stop"))


def _switched(desk: Desk, key: str, *, on: bool) -> Response:
    try:
        which, person_id = mail_links.stopped(desk.secrets, key)
        with desk.database.writing() as db:
            switch(db, person_id, which, on=on)
    except UserError as error:
        return notice(NOT_VALID, str(error))
    except Gone:
        return page("stop.html", words=which.label, on=False, action="")
    log.info("mails switched", list=which.value, person=person_id, on=on)
    return page("stop.html", words=which.label, on=on, action=links.own_path(key, "/stop"))
