"""Strava's OAuth: the page that asks the athlete, codes, tokens, and the end of it."""

from html import escape
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from monitor.sandbox.answers import (
    WRONG_ACCESS_TOKEN,
    WRONG_CLIENT,
    WRONG_CODE,
    WRONG_REFRESH_TOKEN,
    WRONG_SECRET,
    bad_request,
    refuse,
)
from monitor.sandbox.athlete import Athlete
from monitor.sandbox.sandbox import SCOPE, Sandbox


def oauth(sandbox: Sandbox) -> APIRouter:
    router = APIRouter(prefix="/oauth")

    @router.get("/authorize")
    async def authorize(
        request: Request,
        client_id: str = "",
        redirect_uri: str = "",
        scope: str = SCOPE,
        state: str = "",
        athlete: int | None = None,
        granted: str | None = None,
        deny: bool = False,
    ) -> Response:
        """Strava shows its log-in here. The sandbox asks who you are, unless *athlete* says so.

        *granted* is what the athlete leaves ticked of the *scope* asked for; *deny* is the button "Cancel".
        """
        if client_id != sandbox.client_id:
            refuse(WRONG_CLIENT)
        if not redirect_uri:
            refuse(bad_request("Application", "redirect_uri"))
        if deny:
            return _back(redirect_uri, state=state, error="access_denied")
        if athlete not in sandbox.athletes:
            return HTMLResponse(_choice(request, sandbox.athletes.values()))
        allowed = scope if granted is None else granted
        return _back(redirect_uri, state=state, code=sandbox.authorise(athlete, allowed), scope=allowed)

    @router.post("/token")
    async def token(
        client_id: Annotated[str, Form()] = "",
        client_secret: Annotated[str, Form()] = "",
        grant_type: Annotated[str, Form()] = "",
        code: Annotated[str, Form()] = "",
        refresh_token: Annotated[str, Form()] = "",
    ) -> dict[str, Any]:
        if client_id != sandbox.client_id:
            refuse(WRONG_CLIENT)
        if client_secret != sandbox.client_secret:
            refuse(WRONG_SECRET)
        if grant_type == "refresh_token":
            return sandbox.tokens.refresh(refresh_token, sandbox.now()) or refuse(WRONG_REFRESH_TOKEN)
        grant = sandbox.tokens.behind(code)
        issued = sandbox.tokens.exchange(code, sandbox.now())
        if grant is None or issued is None:
            refuse(WRONG_CODE)
        return issued | {"athlete": profile(sandbox.athletes[grant.athlete_id])}

    @router.post("/deauthorize")
    @router.post("/revoke")
    async def withdraw(request: Request) -> dict[str, str]:
        grant = request.state.grant
        if grant is None:
            refuse(WRONG_ACCESS_TOKEN)
        sandbox.tokens.forget(grant.athlete_id)
        return {"access_token": request.state.secret}

    return router


def profile(athlete: Athlete) -> dict[str, Any]:
    """The athlete as the token endpoint and /athlete tell it."""
    return {
        "id": athlete.id,
        "username": f"{athlete.first_name}_{athlete.last_name}".lower(),
        "resource_state": 2,
        "firstname": athlete.first_name,
        "lastname": athlete.last_name,
        "city": None,
        "state": None,
        "country": None,
        "sex": None,
        "premium": False,
        "summit": False,
        "created_at": "2020-01-01T08:00:00Z",
        "updated_at": "2020-01-01T08:00:00Z",
        "badge_type_id": 0,
        "friend": None,
        "follower": None,
    }


def _back(redirect_uri: str, **answer: str) -> RedirectResponse:
    separator = "&" if "?" in redirect_uri else "?"
    return RedirectResponse(f"{redirect_uri}{separator}{urlencode(answer)}", status_code=302)


def _choice(request: Request, athletes: Any) -> str:
    rows = "".join(
        f'<li><a href="{escape(str(request.url.include_query_params(athlete=athlete.id)))}">{escape(athlete.name)}</a>'
        f" – {escape(athlete.line)}</li>"
        for athlete in athletes
    )
    cancel = escape(str(request.url.include_query_params(deny="1")))
    return (
        '<!doctype html><html lang="en"><title>Sandbox Strava</title><h1>Who are you?</h1>'
        f'<p>This is not Strava but a sandbox with made-up runners.</p><ul>{rows}</ul><p><a href="{cancel}">Cancel</a>'
    )
