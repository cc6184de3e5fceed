"""From the invitation to Strava and back: what is taken is said first, and nothing is stored before consent."""

import secrets as randomness
from typing import Annotated

import structlog
from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.responses import RedirectResponse

from monitor.errors import HamwatchError, UserError
from monitor.store.consents import WORDING, Subject
from monitor.store.oauth_states import LIFE, begin
from monitor.web import links
from monitor.web.answer import Answer, accepted, asked_about, confirmed, refused, told_to_the_runner
from monitor.web.desk import Desk
from monitor.web.pages import notice, page
from monitor.web.security import form_may_lead_to, same_origin

__all__ = ["Desk", "routes"]

NONCE = "hamwatch_connect"
NOT_THEIRS = (
    "Nothing was stored, and Strava is told that we do not need the permission. This browser is signed in at Strava "
    "with that account: sign out there, then open your invitation again."
)
log = structlog.get_logger()


def routes(desk: Desk) -> APIRouter:
    """The pages of connecting: the invitation, the way to Strava, the way back, and where it ends."""
    router = APIRouter()

    @router.get("/connect/strava")
    def invitation(invite: str = "") -> Response:
        """What is taken, what for, how to end it. Looking changes nothing."""
        return _invitation(desk, invite)

    @router.post("/connect/strava", dependencies=[Depends(same_origin)])
    def to_strava(invite: Annotated[str, Form()] = "", wording: Annotated[str, Form()] = "") -> Response:
        """Off to Strava, by whoever has read what is taken."""
        return _to_strava(desk, invite) if wording == WORDING[Subject.STRAVA] else _invitation(desk, invite, wording)

    @router.get("/oauth/strava/callback")
    def back(request: Request, state: str = "", code: str = "", scope: str = "", error: str = "") -> Response:
        """Strava's answer: checked, exchanged, kept until it is confirmed; every other ending is told in words."""
        nonce = request.cookies.get(NONCE, "")
        return _came_back(desk, Answer(state=state, code=code, scope=scope, error=error, nonce=nonce))

    @router.get("/connect/strava/confirm")
    def question(request: Request) -> Response:
        """Whose account it is, before it is connected: the browser may be signed in at Strava as somebody else."""
        return _question(desk, request.cookies.get(NONCE, ""))

    @router.post("/connect/strava/confirm", dependencies=[Depends(same_origin)])
    def yes(request: Request) -> Response:
        """It is theirs."""
        return _ended(desk, request.cookies.get(NONCE, ""), is_theirs=True)

    @router.post("/connect/strava/refuse", dependencies=[Depends(same_origin)])
    def no(request: Request) -> Response:
        """It is somebody else's."""
        return _ended(desk, request.cookies.get(NONCE, ""), is_theirs=False)

    @router.get("/connect/strava/done")
    def done(told: str = "") -> Response:
        """Whose account it was, so that a wrong one is noticed and ended."""
        return _done(desk, told)

    return router


def _invitation(desk: Desk, invite: str, other_wording: str = "") -> Response:
    try:
        guest = desk.guest(links.invited_runner(desk.secrets, invite))
    except UserError as error:
        return notice("Not connected", str(error))
    shown = page(
        "connect.html",
        name=guest.name,
        invite=invite,
        wording=WORDING[Subject.STRAVA],
        changed=bool(other_wording),
        own=desk.own_path(guest.id),
        leave=desk.own_path(guest.id, "leave"),
    )
    shown.headers.update(form_may_lead_to(desk.strava.base_url))
    return shown


def _to_strava(desk: Desk, invite: str) -> Response:
    """The answer to what begins here is bound to this browser, for ten minutes and once."""
    try:
        guest = desk.guest(links.invited_runner(desk.secrets, invite))
    except UserError as error:
        return notice("Not connected", str(error))
    nonce = randomness.token_urlsafe(24)
    with desk.database.writing() as db:
        begin(db, guest.id, nonce, desk.now())
    url = desk.strava.authorize_url(desk.callback, links.signed_state(desk.secrets, guest.id, nonce))
    away = RedirectResponse(url, status_code=303)
    return _with_nonce(desk, away, nonce)


def _came_back(desk: Desk, answer: Answer) -> Response:
    try:
        accepted(desk, answer)
    except HamwatchError as trouble:
        return _not_connected(trouble)
    return _with_nonce(desk, RedirectResponse("/connect/strava/confirm", status_code=303), answer.nonce)


def _question(desk: Desk, nonce: str) -> Response:
    try:
        row = asked_about(desk, nonce)
        guest = desk.guest(row.runner_id)
    except UserError as error:
        return notice("Not connected", str(error))
    return page("confirm.html", name=guest.name, athlete=row.athlete_name or f"number {row.athlete_id}")


def _ended(desk: Desk, nonce: str, *, is_theirs: bool) -> Response:
    try:
        runner_id, athlete = confirmed(desk, nonce) if is_theirs else (refused(desk, nonce), None)
    except HamwatchError as trouble:
        return _not_connected(trouble)
    log.info("strava connected" if is_theirs else "strava account not confirmed", runner=runner_id)
    if is_theirs:
        ended: Response = RedirectResponse(links.connected_path(desk.secrets, runner_id, athlete), status_code=303)
    else:
        ended = notice("Not connected", NOT_THEIRS, 200)
    ended.delete_cookie(NONCE)
    return ended


def _not_connected(trouble: HamwatchError) -> Response:
    """What only the operator can mend goes to the log, not to the runner."""
    log.warning("connect ended", reason=str(trouble))
    text, status = told_to_the_runner(trouble)
    ended = notice("Not connected", text, status)
    ended.delete_cookie(NONCE)
    return ended


def _with_nonce(desk: Desk, answer: Response, nonce: str) -> Response:
    """The answer, with what binds the way to this browser for the next ten minutes."""
    https = desk.base_url.startswith("https://")
    answer.set_cookie(NONCE, nonce, max_age=int(LIFE.total_seconds()), httponly=True, samesite="lax", secure=https)
    return answer


def _done(desk: Desk, told: str) -> Response:
    try:
        runner_id, athlete = links.connected_athlete(desk.secrets, told)
    except UserError as error:
        return notice("Not valid", str(error))
    own, leave = desk.own_path(runner_id), desk.own_path(runner_id, "leave")
    return page("connected.html", athlete=athlete, own=own, leave=leave)
