"""A runner's own pages: who stands before one, and how what they ask for is done."""

from collections.abc import Callable
from typing import Annotated

import structlog
from fastapi import Form, Response
from fastapi.responses import RedirectResponse
from sqlmodel import Session

from monitor.errors import UserError
from monitor.store.people import Person
from monitor.web import links
from monitor.web.desk import Desk
from monitor.web.pages import notice, sentence

Key = Annotated[str, Form()]
Drawing = Callable[[], Response]  # all that the page shows is gathered

log = structlog.get_logger()


def whose(desk: Desk, key: str) -> Person:
    """The runner whose own pages these are: the one place where that is decided. Raises `UserError`."""
    return desk.guest(links.owner(desk.secrets, key))


def own_page(desk: Desk, key: str, show: Callable[[Session, Person], Drawing]) -> Response:
    """The page that *show* gathers of the runner; looking changes nothing.

    It is drawn when the transaction is over: a page asks the database for itself.
    """
    try:
        guest = whose(desk, key)
    except UserError as error:
        return notice("Not your page", str(error))
    try:
        with desk.database.reading() as db:
            draw = show(db, guest)
    except UserError as error:
        return notice("Nothing to show", sentence(str(error)))
    return draw()


def own_act(desk: Desk, key: str, leads_to: str, act: Callable[[Session, Person], None]) -> Response:
    """Do what the runner asks for, whole or not at all, and lead to the page that shows it.

    What cannot be is said in words, and the way back keeps what they had typed.
    """
    try:
        guest = whose(desk, key)
    except UserError as error:
        return notice("Not your page", str(error))
    try:
        with desk.database.writing() as db:
            act(db, guest)
    except UserError as error:
        return notice("That cannot be", f"{sentence(str(error))} Nothing was changed: go back and try again.")
    log.info("runner changed something of theirs", runner=guest.id, page=leads_to.partition("?")[0])
    return RedirectResponse(links.own_path(key, leads_to), status_code=303)


def own_links(key: str, runner_id: int) -> dict[str, str]:
    """The other pages that the runner's *key* opens, by what stands on the link."""
    pages = {
        "Your training": f"/runners/{runner_id}",
        "Races, breaks, injuries": "/my/events",
        "Check in": "/check-in",
        "How it has felt": "/check-ins",
        "Settings": "/my/settings",
        "Your mails": "/mails",
        "What is held of you, and who sees it": "/your-data",
    }
    return {text: links.own_path(key, path) for text, path in pages.items()}
