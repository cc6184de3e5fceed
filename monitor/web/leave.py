"""Where a runner takes a copy, disconnects Strava, or has everything erased: opened by their own signed link."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated

import structlog
from fastapi import APIRouter, Depends, Form, Response
from sqlmodel import Session

from monitor.errors import UserError
from monitor.store.connections import connection
from monitor.store.people import Person, person
from monitor.web import links
from monitor.web.pages import page
from monitor.web.security import same_origin

KEY = Annotated[str, Form()]
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

    open_db: Callable[[], AbstractContextManager[Session]]
    secrets: tuple[str, ...] = field(repr=False)
    export: Callable[[Session, int, datetime], bytes]
    disconnect: Callable[[int, datetime], None]
    erase: Callable[[int, datetime], None]
    now: Callable[[], datetime]


def routes(door: Door) -> APIRouter:
    """The page and what it can do. Nothing is changed by opening a link."""
    router = APIRouter()

    @router.get("/leave")
    def leave(key: str = "") -> Response:
        """What can be done, and what each step takes away."""
        return _for_owner(door, key, lambda whose: _page(door, whose, key))

    @router.post("/leave/copy", dependencies=[Depends(same_origin)])
    def copy(key: KEY = "") -> Response:
        """All that is held, as a .zip."""
        return _for_owner(door, key, lambda whose: _zip(door, whose))

    @router.post("/leave/disconnect", dependencies=[Depends(same_origin)])
    def disconnect(key: KEY = "") -> Response:
        """End the Strava connection."""
        return _for_owner(door, key, lambda whose: _done(door.disconnect, whose, door.now(), *DISCONNECTED))

    @router.post("/leave/erase", dependencies=[Depends(same_origin)])
    def erase(key: KEY = "", name: Annotated[str, Form()] = "") -> Response:
        """Erase everything, where the runner's name was typed as it is held."""

        def act(whose: Person) -> Response:
            if " ".join(name.split()).casefold() != " ".join(whose.name.split()).casefold():
                return _page(door, whose, key, status=400, wrong_name=True)
            return _done(door.erase, whose, door.now(), *ERASED)

        return _for_owner(door, key, act)

    return router


def _for_owner(door: Door, key: str, answer: Callable[[Person], Response]) -> Response:
    """The answer for the runner whose key it is; every other ending is told in words."""
    try:
        with door.open_db() as db:
            whose = _person(db, links.owner(door.secrets, key))
        return answer(whose)
    except UserError as trouble:
        return page("left.html", status=400, title="That did not work", text=str(trouble))


def _person(db: Session, runner_id: int) -> Person:
    try:
        return person(db, runner_id)
    except UserError as error:
        raise UserError("this link opens nothing any more: nobody is known here under it") from error


def _page(door: Door, whose: Person, key: str, status: int = 200, *, wrong_name: bool = False) -> Response:
    with door.open_db() as db:
        connected = connection(db, whose.id) is not None
    return page("leave.html", status, name=whose.name, key=key, connected=connected, wrong_name=wrong_name)


def _zip(door: Door, whose: Person) -> Response:
    with door.open_db() as db:
        content = door.export(db, whose.id, door.now())
    log.info("copy taken along", runner=whose.id)
    name = f"hamwatch-{door.now():%Y-%m-%d}.zip"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type="application/zip", headers=headers)


def _done(act: Callable[[int, datetime], None], whose: Person, now: datetime, title: str, text: str) -> Response:
    act(whose.id, now)
    return page("left.html", title=title, text=text)
