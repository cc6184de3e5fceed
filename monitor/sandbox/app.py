"""The sandbox as a web application: every request passes one gate and is written down."""

from collections.abc import Awaitable, Callable
from functools import partial
from urllib.parse import parse_qs

from fastapi import FastAPI, HTTPException, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse

from monitor.sandbox.answers import TOO_MANY, answer, bad_request
from monitor.sandbox.api import api
from monitor.sandbox.oauth import oauth
from monitor.sandbox.sandbox import Asked, Sandbox
from monitor.sandbox.subscriptions import subscriptions

API = "/api/v3"
UNCOUNTED = f"{API}/push_subscriptions"  # recorded answers tell the limits, with nothing used
SECRETS = ("code", "refresh_token", "access_token", "token")

Next = Callable[[Request], Awaitable[Response]]


def app(sandbox: Sandbox) -> FastAPI:
    strava = FastAPI(title="Sandbox Strava", openapi_url=None)
    strava.state.sandbox = sandbox
    strava.include_router(api(sandbox), prefix=API)
    strava.include_router(subscriptions(sandbox), prefix=API)
    for prefix in ("", API):  # Strava's OAuth answers at both, and stravalib withdraws at the second
        strava.include_router(oauth(sandbox), prefix=prefix)
    strava.add_exception_handler(HTTPException, _refused)
    strava.add_exception_handler(RequestValidationError, _not_understood)

    @strava.middleware("http")
    async def gate(request: Request, call_next: Next) -> Response:
        """Who is asking? Then an answer, and a line in the log."""
        secret = await _secret(request)
        owner = sandbox.tokens.behind(secret)
        request.state.secret, request.state.grant = secret, sandbox.tokens.allowed(secret, sandbox.now())
        athlete_id = owner.athlete_id if owner else None
        method, path = request.method, request.url.path
        if path.startswith(API) and not path.startswith(UNCOUNTED):
            sandbox.meter.count(method, sandbox.now())
        request.state.answered = partial(_answered, sandbox, request, call_next)
        fault, request.state.script = sandbox.fault(athlete_id, path)
        response = await fault(request)
        sandbox.requests.append(Asked(method, path, athlete_id, int(response.status_code)))
        return response

    return strava


async def _answered(sandbox: Sandbox, request: Request, call_next: Next) -> Response:
    """The answer of the API with its rate limits, or no answer where they are used up. OAuth is not limited."""
    if not request.url.path.startswith(API):
        return await call_next(request)
    now = sandbox.now()
    if sandbox.meter.exceeded(now):
        return answer(TOO_MANY, sandbox.meter.headers(now))
    response = await call_next(request)
    response.headers.update(sandbox.meter.headers(now))
    return response


async def _secret(request: Request) -> str:
    """The code or token that tells who is asking: from the header, else from the form."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return token
    form = parse_qs((await request.body()).decode(errors="replace"))
    return next((form[name][0] for name in SECRETS if name in form), "")


async def _refused(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return JSONResponse(error.detail, error.status_code)


async def _not_understood(_: Request, error: Exception) -> Response:
    """What FastAPI calls a validation error, in Strava's words."""
    assert isinstance(error, RequestValidationError)
    return answer(bad_request("Application", str(error.errors()[0]["loc"][-1])))
