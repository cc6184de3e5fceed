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


def for_owner(desk: Desk, key: str, answer: Callable[[Person], Response]) -> Response:
    """What *answer* says to the runner whose own pages these are; everybody else finds the same words, and no page.

    The one place where that is decided.
    """
    try:
        guest = desk.guest(links.owner(desk.secrets, key))
    except UserError as error:
        return notice("Not your page", str(error), status=404)
    return answer(guest)


def own_page(desk: Desk, key: str, show: Callable[[Session, Person], Drawing]) -> Response:
    """The page that *show* gathers of the runner; looking changes nothing.

    It is drawn when the transaction is over: a page asks the database for itself.
    """

    def answer(guest: Person) -> Response:
        try:
            with desk.database.reading() as db:
                draw = show(db, guest)
        except UserError as error:
            return notice("Nothing to show", sentence(str(error)))
        return draw()

    return for_owner(desk, key, answer)


def own_act(desk: Desk, key: str, leads_to: str, act: Callable[[Session, Person], None]) -> Response:
    """Do what the runner asks for, whole or not at all, and lead to the page that shows it.

    What cannot be is said in words, and the way back keeps what they had typed.
    """

    def answer(guest: Person) -> Response:
        try:
            with desk.database.writing() as db:
                act(db, guest)
        except UserError as error:
            return notice("That cannot be", f"{sentence(str(error))} Nothing was changed: go back and try again.")
        log.info("runner changed something of theirs", runner=guest.id, page=leads_to.partition("?")[0])
        return RedirectResponse(links.own_path(key, leads_to), status_code=303)

    return for_owner(desk, key, answer)


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
