"""What holds for every answer: headers, a request id, and an error page that tells no secrets."""

from collections.abc import Awaitable, Callable
from urllib.parse import urlencode, urlsplit
from uuid import uuid4

import structlog
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse
from starlette.exceptions import HTTPException
from starlette.middleware.trustedhost import TrustedHostMiddleware

from monitor.web.pages import page
from monitor.web.shell import Here

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; "
        "frame-ancestors 'none'; base-uri 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    # With no referrer at all, browsers send a form's origin as "null", and ours could not be told from another's.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
WORDS = {
    401: "Sign in first.",
    403: "This form was not sent from here. Open the page again, and use its button.",
    404: "There is nothing here.",
    405: "This address cannot be used in that way.",
}

log = structlog.get_logger()
Next = Callable[[Request], Awaitable[Response]]


def protect(app: FastAPI, base_url: str) -> None:
    """Guard every answer of *app*; only loopback names and the host of *base_url* are answered."""
    hosts = {*LOOPBACK, urlsplit(base_url).hostname or "localhost"}
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=sorted(hosts), www_redirect=False)
    app.middleware("http")(_guarded)  # the last one added is the outermost
    app.exception_handler(HTTPException)(_refused)
    app.exception_handler(RequestValidationError)(_not_found)


def same_origin(request: Request, here: Here) -> None:
    """Refuse a form that another site sent in this browser's name: every POST of a page depends on this.

    A browser says where a form stands; whoever says nothing is no browser, and is refused too.
    """
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    own = {here.settings.web.base_url, f"{request.url.scheme}://{request.url.netloc}"}
    if not (site == "same-origin" if site else origin in own):
        raise HTTPException(403)


def form_may_lead_to(url: str) -> dict[str, str]:
    """The policy of a page whose form ends on another site: browsers check where the answer sends them."""
    parts = urlsplit(url)
    policy = HEADERS["Content-Security-Policy"]
    return {
        "Content-Security-Policy": policy.replace(
            "form-action 'self'", f"form-action 'self' {parts.scheme}://{parts.netloc}"
        )
    }


def with_our_script() -> dict[str, str]:
    """The policy of a page on which a script of ours runs, and no other."""
    return {"Content-Security-Policy": f"{HEADERS['Content-Security-Policy']}; script-src 'self'"}


async def _guarded(request: Request, answer: Next) -> Response:
    request.state.request_id = uuid4().hex[:12]
    try:
        response = await answer(request)
    except Exception:
        log.exception("page failed", request_id=request.state.request_id, path=request.url.path)
        response = _error_page(request, 500, "Something went wrong on our side. Nothing was changed.")
    age = "public, max-age=3600" if request.url.path.startswith("/static/") else "no-store"
    response.headers.setdefault("Cache-Control", age)
    response.headers["X-Request-ID"] = request.state.request_id
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response


def _refused(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    if status == 401 and request.method == "GET" and not request.url.path.startswith("/api/"):
        return RedirectResponse(f"/sign-in?{urlencode({'next': _asked_for(request)})}", status_code=303)
    return _error_page(request, status, WORDS.get(status, "This request cannot be answered."))


def _asked_for(request: Request) -> str:
    """The page with its query, but no runner's key: whoever may use one is given it anew."""
    asked = [(name, value) for name, value in request.query_params.multi_items() if name != "key"]
    return f"{request.url.path}?{urlencode(asked)}" if asked else request.url.path


def _not_found(request: Request, _error: Exception) -> Response:
    return _error_page(request, 404, WORDS[404])


def _error_page(request: Request, status: int, text: str) -> Response:
    return page("error.html", status=status, text=text, request_id=request.state.request_id)
