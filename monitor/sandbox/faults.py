"""Ways in which Strava can fail. A fault is a function that answers a request in the place of the sandbox.

One that spoils only a part of it begins with the sandbox's own answer: `fine`.
"""

import re
from collections.abc import Awaitable, Callable

from fastapi import Request, Response
from fastapi.responses import HTMLResponse, PlainTextResponse, RedirectResponse

from monitor.sandbox.answers import (
    ATHLETE_LIMIT,
    INACTIVE,
    SCOPE_MISSING,
    TOO_MANY,
    WRONG_ACCESS_TOKEN,
    WRONG_REFRESH_TOKEN,
    answer,
)
from monitor.sandbox.athlete import Athlete
from monitor.sandbox.broken import CutShort, Dripping, until_healed

Fault = Callable[[Request], Awaitable[Response]]

USED_UP = {
    "X-RateLimit-Limit": "200,2000",
    "X-RateLimit-Usage": "201,1024",
    "X-ReadRateLimit-Limit": "100,1000",
    "X-ReadRateLimit-Usage": "101,512",
}
USED_UP_TODAY = USED_UP | {"X-RateLimit-Usage": "12,1300", "X-ReadRateLimit-Usage": "12,1001"}
GARBAGE = {
    "X-RateLimit-Limit": "200",
    "X-RateLimit-Usage": "a,b",
    "X-ReadRateLimit-Limit": "-1,5",
    "X-ReadRateLimit-Usage": f"{'9' * 9_000},1",
}
TOO_LARGE = 9 * 2**20  # bytes


async def fine(request: Request) -> Response:
    """No fault: the sandbox's own answer, for the good moments of a script."""
    response: Response = await request.state.answered()
    return response


def status(code: int) -> Fault:
    """N5, N6: an error page with that status, such as 500 or 503."""

    async def failing(_: Request) -> Response:
        return PlainTextResponse(f"error {code}", code)

    return failing


def body(content: bytes, media_type: str = "application/json") -> Fault:
    """N4: status 200 and whatever is in *content*: `{}`, `null`, `[{"distance": NaN}]`, half a list.

    Later pages of a list are empty, so that a client that can use the first one comes to an end.
    """

    async def saying(request: Request) -> Response:
        return Response(b"[]" if _later_page(request) else content, media_type=media_type)

    return saying


async def html(_: Request) -> Response:
    """N4: a page for people, with status 200."""
    return HTMLResponse("<!doctype html><title>Strava</title><p>We will be right back.</p>")


async def huge(_: Request) -> Response:
    """N4: more than anybody should keep in memory, and a list by its form."""
    return Response(b"[" + b" " * TOO_LARGE + b"]", media_type="application/json")


async def lying_encoding(request: Request) -> Response:
    """N4: says that it is compressed, and is not."""
    response = await fine(request)
    response.headers["Content-Encoding"] = "gzip"
    return response


def not_a_number(field: str = "distance") -> Fault:
    """NaN, which is no JSON, in that *field* of the first row; the others are as they should be."""

    async def spoiling(request: Request) -> Response:
        page = await _content(await fine(request))
        spoiled = re.sub(rb'("%s":)[^,}]+' % field.encode(), rb"\1NaN", page, count=1)
        return Response(spoiled, media_type="application/json")

    return spoiling


def page_shift(change: Callable[[Athlete], object]) -> Fault:
    """I3: *change* is made to the athlete's rows before every page but the first; the page is then as it should be."""

    async def shifting(request: Request) -> Response:
        grant = request.state.grant
        if grant and _later_page(request):
            change(request.app.state.sandbox.athletes[grant.athlete_id])
        return await fine(request)

    return shifting


async def rate_limited(_: Request) -> Response:
    """N7: 429 with headers that say which limit is used up: the one of the quarter hour."""
    return answer(TOO_MANY, USED_UP)


async def rate_limited_today(_: Request) -> Response:
    """N8: 429 with headers that say that the reads of the day are used up."""
    return answer(TOO_MANY, USED_UP_TODAY)


async def rate_limited_without_headers(_: Request) -> Response:
    """N8: 429, and nothing else."""
    return answer(TOO_MANY)


async def rate_limited_in_garbage(_: Request) -> Response:
    """N8: 429 with headers that nobody can read."""
    return answer(TOO_MANY, GARBAGE)


async def garbage_headers(request: Request) -> Response:
    """N8: a good answer whose headers say nonsense about the limits."""
    response = await fine(request)
    response.headers.update(GARBAGE)
    return response


async def inactive(_: Request) -> Response:
    """N12: the app's owner has no subscription any more: every call is forbidden."""
    return answer(INACTIVE)


async def athlete_limit(_: Request) -> Response:
    """N13: as many athletes as the app may have are connected; for the token endpoint."""
    return answer(ATHLETE_LIMIT)


async def revoked(request: Request) -> Response:
    """N10: the athlete withdrew: no access token works and no refresh token does."""
    return answer(WRONG_REFRESH_TOKEN if request.url.path.endswith("/oauth/token") else WRONG_ACCESS_TOKEN)


async def scope_missing(_: Request) -> Response:
    """N11: the athlete left the box for activities empty."""
    return answer(SCOPE_MISSING)


def redirect(location: str) -> Fault:
    """N14: the answer is elsewhere."""

    async def sending_away(_: Request) -> Response:
        return RedirectResponse(location, 302)

    return sending_away


async def hang(request: Request) -> Response:
    """N2: no answer, until it is healed."""
    async for _ in until_healed(request):
        pass
    return await status(503)(request)


async def drip(request: Request) -> Response:
    """N2: a byte every 20 ms, each soon enough for any read timeout, until it is healed."""
    return Dripping(request)


async def cut(_: Request) -> Response:
    """N3: the connection breaks in the middle of a body that was announced to be longer."""
    return CutShort(b'[{"id": 1, "name": "Morn')


def _later_page(request: Request) -> bool:
    return request.query_params.get("page", "1") != "1"


async def _content(response: Response) -> bytes:
    """The body, be it at hand or still on its way through the sandbox."""
    parts = getattr(response, "body_iterator", None)
    return b"".join([bytes(part) async for part in parts]) if parts else bytes(response.body)
