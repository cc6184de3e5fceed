"""From the invitation to a connected Strava account: what is taken is said first, nothing is stored before consent."""

import secrets as randomness
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from hmac import compare_digest

import structlog
from fastapi import APIRouter, Request, Response

from monitor.errors import AccessRevoked, SourceUnavailable, UserError
from monitor.sources.strava import Strava
from monitor.store.connections import connect
from monitor.store.database import Database
from monitor.store.due import make_due
from monitor.store.people import person
from monitor.store.sealing import Keyring
from monitor.web import links
from monitor.web.pages import page

NONCE = "hamwatch_connect"
ENOUGH = frozenset({"activity:read", "activity:read_all"})
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Desk:
    """Where accounts are connected."""

    database: Database
    keys: Keyring
    secrets: tuple[str, ...] = field(repr=False)
    strava: Strava
    base_url: str
    now: Callable[[], datetime]

    @property
    def callback(self) -> str:
        return f"{self.base_url}/oauth/strava/callback"


def routes(desk: Desk) -> APIRouter:
    """The two pages of connecting: the invitation, and the way back from Strava."""
    router = APIRouter()

    @router.get("/connect/strava")
    def invitation(invite: str = "") -> Response:
        """What is taken, what for, how to end it; the link to Strava is bound to this browser for ten minutes."""
        try:
            runner_id = links.invited_runner(desk.secrets, invite)
            with desk.database.reading() as db:
                name = person(db, runner_id).name
        except UserError as error:
            return _told(str(error), status=400)
        nonce = randomness.token_urlsafe(24)
        url = desk.strava.authorize_url(desk.callback, links.signed_state(desk.secrets, runner_id, nonce))
        answer = page("connect.html", name=name, url=url)
        answer.set_cookie(NONCE, nonce, max_age=links.STATE_S, httponly=True, samesite="lax", secure=_is_https(desk))
        return answer

    @router.get("/oauth/strava/callback")
    def back(request: Request, state: str = "", code: str = "", scope: str = "", error: str = "") -> Response:
        """Strava's answer: checked, exchanged, stored; every other ending is told in words."""
        try:
            text = _connected(desk, request.cookies.get(NONCE, ""), state, code, scope, error)
            answer = _told(text, done=True)
        except (UserError, AccessRevoked, SourceUnavailable) as trouble:
            log.warning("connect ended", reason=str(trouble))
            answer = _told(str(trouble), status=400)
        answer.delete_cookie(NONCE)
        return answer

    return router


def _connected(desk: Desk, nonce: str, state: str, code: str, scope: str, error: str) -> str:
    runner_id, expected = links.opened_state(desk.secrets, state)
    if not nonce or not compare_digest(nonce, expected):
        raise UserError("this answer belongs to another browser: open your invitation again")
    if error:
        raise UserError("you did not give permission, and nothing was stored. Open your invitation again to try anew.")
    if not ENOUGH & set(scope.split(",")):
        raise UserError("permission to view your activities is needed: open your invitation again and leave it ticked")
    now = desk.now()
    tokens = desk.strava.exchange(code, now)
    if tokens.athlete_id is None:
        raise SourceUnavailable("Strava did not say whose account this is; try again in a few minutes")
    with desk.database.writing() as db:
        connect(
            db,
            desk.keys,
            runner_id,
            athlete_id=tokens.athlete_id,
            access=tokens.access,
            refresh=tokens.refresh,
            expires_at=tokens.expires_at,
            scope=scope,
            now=now,
        )
        make_due(db, runner_id)
    log.info("strava connected", runner=runner_id)
    return "Your Strava account is connected. Your last 120 days are read with the next pass."


def _told(text: str, status: int = 200, *, done: bool = False) -> Response:
    return page("connected.html", status=status, text=text, done=done)


def _is_https(desk: Desk) -> bool:
    return desk.base_url.startswith("https://")
