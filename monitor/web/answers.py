"""A runner's answer to a mail: the link shows what it is about, and one press of a button is the answer."""

from math import isnan
from typing import Annotated

import structlog
from fastapi import APIRouter, Depends, Form, Response
from fastapi.responses import RedirectResponse

from monitor.alerts.answers import Say
from monitor.alerts.letter import in_a_sentence, weekday
from monitor.errors import UserError
from monitor.model import Finding
from monitor.rules.rule import Rule
from monitor.store.answers import answer, told_by
from monitor.store.people import Person
from monitor.web import mail_links
from monitor.web.desk import Desk
from monitor.web.links import own_path
from monitor.web.pages import notice, page
from monitor.web.security import same_origin
from monitor.web.shell import Here

log = structlog.get_logger()


def routes(desk: Desk) -> APIRouter:
    """The page behind the answers of a mail. Opening it, as a mail scanner does, changes nothing."""
    router = APIRouter()

    @router.get("/answer")
    def ask(here: Here, key: str = "", say: str = "", done: str = "") -> Response:
        """What the mail told, and the buttons; the answer that was chosen in the mail comes first."""
        return _page(desk, here, key, chosen=_say(say), given=_say(done))

    @router.post("/answer", dependencies=[Depends(same_origin)])
    def take(say: Annotated[Say, Form()], key: Annotated[str, Form()] = "") -> Response:
        """Remember the answer."""
        try:
            guest, episode = _guest(desk, key)
            with desk.database.writing() as db:
                answer(db, guest.id, told_by(db, guest.id, episode), say, desk.now())
        except UserError as error:
            return notice("This mail can no longer be answered", str(error))
        log.info("mail answered", runner=guest.id, say=say.value)
        return RedirectResponse(f"{own_path(key, '/answer')}&done={say.value}", status_code=303)

    return router


def _page(desk: Desk, here: Here, key: str, chosen: Say | None, given: Say | None) -> Response:
    try:
        guest, episode = _guest(desk, key)
        with desk.database.reading() as db:
            found = told_by(db, guest.id, episode)
    except UserError as error:
        return notice("This mail can no longer be answered", str(error))
    rules = {rule.name: rule for rule in here.rules}
    return page(
        "answer.html",
        name=guest.name,
        key=key,
        told=[_sentence(rules[each.rule], each) for each in found if each.rule in rules],
        answers=sorted(Say, key=lambda say: say is not chosen),
        given=given,
        check_in=desk.own_path(guest.id, "check-in") if given is Say.SORE else "",
        # Only who says that the data is wrong is led to where runs are corrected: this link is for one mail.
        runner=desk.own_path(guest.id, f"runners/{guest.id}") if given is Say.WRONG else f"/runners/{guest.id}",
    )


def _sentence(rule: Rule, finding: Finding) -> str:
    """What was found; after a correction its numbers may be gone, and its title is not."""
    return f"{weekday(finding.day)}: {rule.title}." if isnan(finding.value) else in_a_sentence(rule, finding)


def _guest(desk: Desk, key: str) -> tuple[Person, str]:
    runner_id, episode = mail_links.answered(desk.secrets, key)
    return desk.guest(runner_id), episode


def _say(text: str) -> Say | None:
    return Say(text) if text in set(Say) else None
