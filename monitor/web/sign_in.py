"""Signing in by a link that is mailed, and signing out. Every answer is the same for addresses that nobody has."""

import re
from collections.abc import Callable
from datetime import datetime
from email.message import EmailMessage
from typing import Annotated
from urllib.parse import urlencode

import structlog
from fastapi import APIRouter, Depends, Form, HTTPException, Request, Response
from fastapi.responses import RedirectResponse
from sqlmodel import Session

from monitor.errors import UserError
from monitor.store.checks import checked_address
from monitor.store.outbox import queue_letter
from monitor.store.sealing import digest
from monitor.store.sessions import Identity, begin_session, end_session, identity, opened
from monitor.store.sign_ins import KIND, Begun, Way, begin, complete, too_many
from monitor.store.visitor import known_as
from monitor.web import cookies
from monitor.web.caller import caller
from monitor.web.desk import Desk
from monitor.web.pages import notice, page
from monitor.web.security import form_may_lead_to, same_origin
from monitor.web.shell import Here, Shell

INSIDE = re.compile(r"/(?![/\\])[\x21-\x7e]*")  # a path of ours, and no other site's address
OVER = "This link was used before, is older than ten minutes, or was asked for in another browser. Ask for a new one."
TOO_MANY = ("Too many sign-ins", "Too many were begun from here, or for this address. Wait an hour and try again.", 429)
WriteLink = Callable[[str, str, str, datetime], EmailMessage]  # to this address, with this URL, of this episode

log = structlog.get_logger()


def elsewhere(here: Here) -> None:
    """On pages that are this machine's alone there is no sign-in."""
    if here.settings.web.is_local:
        raise HTTPException(404)


def routes(desk: Desk, write: WriteLink) -> APIRouter:
    """The page that asks who it is, the mailed link, the way out. Opening a page or a link changes nothing."""
    router = APIRouter(dependencies=[Depends(elsewhere)])

    @router.get("/sign-in")
    def ask(next: str = "/") -> Response:
        """The ways to sign in."""
        return _ask(desk, inside(next))

    @router.post("/sign-in", dependencies=[Depends(same_origin)])
    def send(
        request: Request, here: Here, address: Annotated[str, Form()] = "", next: Annotated[str, Form()] = "/"
    ) -> Response:
        """A mail with the link, where somebody here has this address."""
        return _sent(desk, here, write, request, address.strip(), inside(next))

    @router.get("/sign-in/link")
    def button(token: str = "") -> Response:
        """The button. Mail scanners open links, and press none."""
        return page("sign-in-link.html", token=token)

    @router.post("/sign-in/link", dependencies=[Depends(same_origin)])
    def enter(request: Request, token: Annotated[str, Form()] = "") -> Response:
        """In, once, in the browser that asked."""
        with desk.database.writing() as db:
            begun = complete(db, Way.MAIL, token, cookies.held(request, cookies.NONCE), desk.now())
            if begun:
                return signed_in(db, desk, request, Identity(address=begun.address), Way.MAIL, begun.leads_to)
        return notice("Not signed in", OVER)

    @router.post("/sign-out", dependencies=[Depends(same_origin)])
    def leave(request: Request) -> Response:
        """Out, here and for whoever holds a copy of the cookie."""
        with desk.database.writing() as db:
            session = opened(db, cookies.held(request, cookies.SESSION), desk.now())
            if session and session.id:
                end_session(db, identity(session), session.id)
        answer = RedirectResponse("/sign-in", status_code=303)
        cookies.drop(answer, cookies.SESSION)
        return answer

    return router


def inside(path: str) -> str:
    """*path* where it leads to a page of ours, else the first one."""
    return path if INSIDE.fullmatch(path) else "/"


def asked_by(request: Request, here: Shell) -> str:
    """The network that asks, for its limit."""
    peer = request.client.host if request.client else ""
    return caller(peer, request.headers.getlist("x-forwarded-for"), here.settings.web.trusted_proxies)


def begun_here(answer: Response, begun: Begun) -> Response:
    """The answer, with what binds the sign-in to this browser."""
    cookies.keep(answer, cookies.NONCE, begun.nonce)
    return answer


def signed_in(db: Session, desk: Desk, request: Request, who: Identity, way: Way, leads_to: str) -> Response:
    """On to the page that was asked for, in a session that nobody knew before."""
    old = cookies.held(request, cookies.SESSION)
    agent = request.headers.get("user-agent", "")
    token = begin_session(db, who, way.value, agent, desk.now(), instead_of=old)
    log.info("signed in", via=way.value)
    answer = RedirectResponse(inside(leads_to), status_code=303)
    cookies.keep(answer, cookies.SESSION, token)
    cookies.drop(answer, cookies.NONCE)
    return answer


def _ask(desk: Desk, leads_to: str, wrong: str = "") -> Response:
    strava = bool(desk.strava.client_id)
    shown = page("sign-in.html", 400 if wrong else 200, next=leads_to, strava=strava, wrong=wrong)
    shown.headers.update(form_may_lead_to(desk.strava.base_url))
    return shown


def _sent(desk: Desk, here: Shell, write: WriteLink, request: Request, typed: str, leads_to: str) -> Response:
    """Whether somebody has the address or not, the same is drawn, written and said."""
    try:
        plain = checked_address(typed).lower()
    except UserError as error:
        return _ask(desk, leads_to, wrong=str(error))
    now, operator, begun = desk.now(), here.settings.mail.operator_address, Begun()
    with desk.database.reading() as db:
        refused = too_many(db, asked_by(request, here), now, plain)
        to = known_as(db, plain) or (operator if operator == plain else None)
    if refused:
        return notice(*TOO_MANY)
    # The mail is drawn while no transaction is open; one commit for everybody, of which a letter is the smaller part,
    # so that the time of the answer tells as little as its words.
    episode = f"{KIND}/{digest(begun.sent)[:32]}"
    url = f"{desk.base_url}/sign-in/link?{urlencode({'token': begun.sent})}"
    message = write(to or plain, url, episode, now)
    with desk.database.writing() as db:
        fits = begin(db, Way.MAIL, asked_by(request, here), now, address=plain, leads_to=leads_to, begun=begun)
        if fits and to:
            queue_letter(db, None, KIND, episode, message, now, now)
    if not fits:
        return notice(*TOO_MANY)
    return begun_here(page("sign-in-sent.html", address=typed), begun)
