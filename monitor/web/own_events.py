"""What happened to a runner and what they plan: races, tapers, illness, holidays, injuries."""

from datetime import date
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Response
from sqlmodel import Session

from monitor.errors import UserError
from monitor.model import Event, EventKind, Injury, Site
from monitor.store.log import (
    EARLIEST,
    LATEST,
    SIDES,
    add_event,
    add_injury,
    check_past,
    end_injury,
    events,
    injuries,
    remove_event,
    remove_injury,
)
from monitor.store.people import Person
from monitor.web.desk import Desk
from monitor.web.own import Drawing, Key, own_act, own_links, own_page
from monitor.web.pages import page
from monitor.web.security import same_origin

PATH = "/my/events"
SAVED = f"{PATH}?saved=yes"
OURS = [Depends(same_origin)]
Day = Annotated[date, Form()]
Number = Annotated[int, Form()]
Perhaps = Annotated[date | None, Form()]


def routes(desk: Desk) -> APIRouter:
    """The page, and what its forms do: the same checks as `hamwatch event` and `hamwatch injury`."""
    router = APIRouter()

    def today(guest: Person) -> date:
        return desk.now().astimezone(guest.zone).date()

    @router.get(PATH)
    def shown(key: str = "", saved: str = "") -> Response:
        """What is noted, newest first."""

        def show(db: Session, guest: Person) -> Drawing:
            return partial(
                page,
                "own-events.html",
                events=dict(reversed(events(db, guest.id).items())),
                injuries=dict(reversed(injuries(db, guest.id).items())),
                kinds=tuple(EventKind),
                sites=tuple(Site),
                sides=SIDES,
                today=today(guest),
                earliest=EARLIEST,
                latest=LATEST,
                key=key,
                saved=bool(saved),
                own=own_links(key, guest.id),
            )

        return own_page(desk, key, show)

    @router.post(PATH, dependencies=OURS)
    def note_event(kind: Annotated[EventKind, Form()], first: Day, key: Key = "", last: Perhaps = None) -> Response:
        """Note an event; a single day where no end is given."""

        def do(db: Session, guest: Person) -> None:
            add_event(db, guest.id, Event(kind, first, last or first))

        return own_act(desk, key, SAVED, do)

    @router.post(f"{PATH}/remove", dependencies=OURS)
    def forget_event(number: Number, key: Key = "") -> Response:
        """Forget an event of theirs."""

        def do(db: Session, guest: Person) -> None:
            _must_be_theirs(number in events(db, guest.id))
            remove_event(db, number)

        return own_act(desk, key, SAVED, do)

    @router.post("/my/injuries", dependencies=OURS)
    def note_injury(
        site: Annotated[Site, Form()],
        side: Annotated[str, Form()],
        onset: Day,
        key: Key = "",
        ended: Perhaps = None,
    ) -> Response:
        """Note an injury; open where no end is given."""

        def do(db: Session, guest: Person) -> None:
            told = Injury(site, side, onset, ended)
            check_past(told, today(guest))
            add_injury(db, guest.id, told)

        return own_act(desk, key, SAVED, do)

    @router.post("/my/injuries/end", dependencies=OURS)
    def close_injury(number: Number, ended: Day, key: Key = "") -> Response:
        """An injury of theirs is over."""

        def do(db: Session, guest: Person) -> None:
            _must_be_theirs(number in injuries(db, guest.id))
            check_past(end_injury(db, number, ended), today(guest))

        return own_act(desk, key, SAVED, do)

    @router.post("/my/injuries/remove", dependencies=OURS)
    def forget_injury(number: Number, key: Key = "") -> Response:
        """Forget an injury of theirs."""

        def do(db: Session, guest: Person) -> None:
            _must_be_theirs(number in injuries(db, guest.id))
            remove_injury(db, number)

        return own_act(desk, key, SAVED, do)

    return router


def _must_be_theirs(is_theirs: bool) -> None:
    """One of another runner is the same as none."""
    if not is_theirs:
        raise UserError("this entry is not here any more")
