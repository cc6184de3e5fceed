"""Signing in through Strava, for runners who are connected. It connects nobody."""

from typing import Annotated

import structlog
from fastapi import APIRouter, Depends, Form, HTTPException, Request, Response
from fastapi.responses import RedirectResponse

from monitor.errors import HamwatchError
from monitor.sources.strava_tokens import Tokens
from monitor.store.connections import Held, holder, store_tokens
from monitor.store.revocations import owe_revocation
from monitor.store.sessions import Identity
from monitor.store.sign_ins import Way, begin, complete
from monitor.web import cookies
from monitor.web.answer import ENOUGH, told_to_the_runner
from monitor.web.desk import Desk
from monitor.web.pages import notice
from monitor.web.security import same_origin
from monitor.web.shell import Here
from monitor.web.sign_in import OVER, TOO_MANY, asked_by, begun_here, elsewhere, inside, signed_in

BACK = "/sign-in/strava/back"
NOT_SIGNED_IN = "Not signed in"
DENIED = "Strava was not allowed to tell who you are, with the box about your activities ticked. Nothing was changed."
UNKNOWN = (
    "Nobody here is connected with that Strava account. Strava is told that we do not need the permission. "
    "Sign in with your address, or connect Strava by your invitation first."
)
log = structlog.get_logger()


def routes(desk: Desk) -> APIRouter:
    """To Strava, and back."""
    router = APIRouter(prefix="/sign-in/strava", dependencies=[Depends(elsewhere)])

    @router.post("", dependencies=[Depends(same_origin)])
    def away(request: Request, here: Here, next: Annotated[str, Form()] = "/") -> Response:
        """Off to Strava; what comes back is bound to this browser."""
        if not desk.strava.client_id:
            raise HTTPException(404)
        with desk.database.writing() as db:
            begun = begin(db, Way.STRAVA, asked_by(request, here), desk.now(), leads_to=inside(next))
        if begun is None:
            return notice(*TOO_MANY)
        url = desk.strava.authorize_url(f"{desk.base_url}{BACK}", begun.sent)
        return begun_here(RedirectResponse(url, status_code=303), begun)

    @router.get("/back")
    def back(request: Request, state: str = "", code: str = "", scope: str = "") -> Response:
        """Strava's answer, taken once."""
        with desk.database.writing() as db:
            begun = complete(db, Way.STRAVA, state, cookies.held(request, cookies.NONCE), desk.now())
        if begun is None:
            return notice(NOT_SIGNED_IN, OVER)
        # A code for less than we were given would, once exchanged, take the runner's connection down to it.
        if not code or not ENOUGH & frozenset(scope.replace(",", " ").split()):
            return notice(NOT_SIGNED_IN, DENIED)
        try:
            tokens = desk.strava.exchange(code, desk.now())
        except HamwatchError as trouble:
            log.warning("sign-in through strava failed", reason=str(trouble))
            text, status = told_to_the_runner(trouble)
            return notice(NOT_SIGNED_IN, text, status)
        return _entered(desk, request, tokens, begun.leads_to)

    return router


def _entered(desk: Desk, request: Request, tokens: Tokens, leads_to: str) -> Response:
    """Newer tokens may have ended those that we hold, so they are kept; those of strangers are given back."""
    with desk.database.writing() as db:
        runner_id = holder(db, tokens.athlete_id) if tokens.athlete_id is not None else None
        if runner_id is not None:
            store_tokens(db, desk.keys, runner_id, tokens.access, tokens.refresh, tokens.expires_at)
            return signed_in(db, desk, request, Identity(runner_id=runner_id), Way.STRAVA, leads_to)
        owe_revocation(db, desk.keys, Held(0, tokens.access, tokens.refresh, tokens.expires_at), desk.now())
    return notice(NOT_SIGNED_IN, UNKNOWN, 403)
