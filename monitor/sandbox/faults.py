"""Ways in which Strava can fail. A fault is a function that answers a request in the place of the sandbox."""

import asyncio
from collections.abc import Awaitable, Callable

from fastapi import Request, Response
from fastapi.responses import HTMLResponse, PlainTextResponse
from starlette.types import Receive, Scope, Send

from monitor.sandbox.answers import INACTIVE, TOO_MANY, WRONG_ACCESS_TOKEN, WRONG_REFRESH_TOKEN, answer

Fault = Callable[[Request], Awaitable[Response]]

USED_UP = {
    "X-RateLimit-Limit": "200,2000",
    "X-RateLimit-Usage": "201,1024",
    "X-ReadRateLimit-Limit": "100,1000",
    "X-ReadRateLimit-Usage": "101,512",
}


def status(code: int) -> Fault:
    """An error page with that status, such as 500 or 503."""

    async def failing(_: Request) -> Response:
        return PlainTextResponse(f"error {code}", code)

    return failing


def body(content: bytes, media_type: str = "application/json") -> Fault:
    """Status 200 and whatever is in *content*: `{}`, `null`, `[{"distance": NaN}]`, half a list.

    Later pages of a list are empty, so that a client that can use the first one comes to an end.
    """

    async def saying(request: Request) -> Response:
        later = request.query_params.get("page", "1") != "1"
        return Response(b"[]" if later else content, media_type=media_type)

    return saying


async def html(_: Request) -> Response:
    """A page for people, with status 200."""
    return HTMLResponse("<!doctype html><title>Strava</title><p>We will be right back.</p>")


async def rate_limited(_: Request) -> Response:
    """429 with headers that say which limit is used up: the one of the quarter hour."""
    return answer(TOO_MANY, USED_UP)


async def rate_limited_without_headers(_: Request) -> Response:
    return answer(TOO_MANY)


async def inactive(_: Request) -> Response:
    """The app's owner has no subscription any more: every call is forbidden."""
    return answer(INACTIVE)


async def revoked(request: Request) -> Response:
    """The athlete withdrew: no access token works and no refresh token does."""
    return answer(WRONG_REFRESH_TOKEN if request.url.path.endswith("/oauth/token") else WRONG_ACCESS_TOKEN)


async def hang(request: Request) -> Response:
    """No answer: until it is healed, or the caller hangs up, or the server closes."""
    while request.app.state.sandbox.in_force(hang) and not await request.is_disconnected():
        await asyncio.sleep(0.02)
    return await status(503)(request)


async def cut(_: Request) -> Response:
    """The connection breaks in the middle of a body that was announced to be longer."""
    return CutShort(b'[{"id": 1, "name": "Morn')


class CutShort(Response):
    async def __call__(self, _scope: Scope, _receive: Receive, send: Send) -> None:
        headers = [(b"content-type", b"application/json"), (b"content-length", b"4096")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": self.body, "more_body": True})
