"""Where a runner takes a copy, disconnects Strava, or has everything erased: opened by their own signed link."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

import structlog
from fastapi import APIRouter, Depends, Form, Response
from sqlmodel import Session

from monitor.errors import UserError
from monitor.store.connections import connection
from monitor.store.people import Person
from monitor.web.desk import Desk
from monitor.web.own import Key, for_owner, own_links
from monitor.web.pages import notice, page
from monitor.web.security import same_origin

DISCONNECTED = (
    "Strava is disconnected",
    "What came from Strava is removed, and what was computed from it. Strava is told within the next minutes.",
)
ERASED = (
    "Everything about you is erased",
    "One last mail confirms it; our copy of that goes as soon as it is sent. This link opens nothing any more.",
)

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Door:
    """What leaving needs. The acts take a runner's id and the moment."""

    desk: Desk
    export: Callable[[Session, int, datetime], bytes]
    disconnect: Callable[[int, datetime], None]
    erase: Callable[[int, datetime], None]


def routes(door: Door) -> APIRouter:
    """The page and what it can do. Nothing is changed by opening a link."""
    router = APIRouter()

    @router.get("/leave")
    def leave(key: str = "") -> Response:
        """What can be done, and what each step takes away."""
        return _for_owner(door, key, lambda whose: _page(door, whose, key))

    @router.post("/leave/copy", dependencies=[Depends(same_origin)])
    def copy(key: Key = "") -> Response:
        """All that is held, as a .zip."""
        return _for_owner(door, key, lambda whose: _zip(door, whose))

    @router.post("/leave/disconnect", dependencies=[Depends(same_origin)])
    def disconnect(key: Key = "") -> Response:
        """End the Strava connection."""
        return _for_owner(door, key, lambda whose: _done(door.disconnect, whose, door.desk.now(), *DISCONNECTED))

    @router.post("/leave/erase", dependencies=[Depends(same_origin)])
    def erase(key: Key = "", name: Annotated[str, Form()] = "") -> Response:
        """Erase everything, where the runner's name was typed as it is held."""

        def act(whose: Person) -> Response:
            if " ".join(name.split()).casefold() != " ".join(whose.name.split()).casefold():
                return _page(door, whose, key, status=400, wrong_name=True)
            return _done(door.erase, whose, door.desk.now(), *ERASED)

        return _for_owner(door, key, act)

    return router


def _for_owner(door: Door, key: str, answer: Callable[[Person], Response]) -> Response:
    """The answer for the runner whose key it is; what cannot be is told in words."""
    try:
        return for_owner(door.desk, key, answer)
    except UserError as trouble:
        return notice("That did not work", str(trouble))


def _page(door: Door, whose: Person, key: str, status: int = 200, *, wrong_name: bool = False) -> Response:
    with door.desk.database.reading() as db:
        connected = connection(db, whose.id) is not None
    own = own_links(key, whose.id)
    return page("leave.html", status, name=whose.name, key=key, connected=connected, wrong_name=wrong_name, own=own)


def _zip(door: Door, whose: Person) -> Response:
    with door.desk.database.reading() as db:
        content = door.export(db, whose.id, door.desk.now())
    log.info("copy taken along", runner=whose.id)
    name = f"hamwatch-{door.desk.now():%Y-%m-%d}.zip"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type="application/zip", headers=headers)


def _done(act: Callable[[int, datetime], None], whose: Person, now: datetime, title: str, text: str) -> Response:
    act(whose.id, now)
    return notice(title, text, status=200)
