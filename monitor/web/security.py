"""What holds for every answer: headers, a request id, and an error page that tells no secrets."""

from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit
from uuid import uuid4

import structlog
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware.trustedhost import TrustedHostMiddleware

from monitor.web.pages import page

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; "
        "frame-ancestors 'none'; base-uri 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
}
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
WORDS = {
    403: "This can only be done from a page of ours.",
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
    response.headers.update(HEADERS)
    return response


async def _refused(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    return _error_page(request, status, WORDS.get(status, "This request cannot be answered."))


async def _not_found(request: Request, _error: Exception) -> Response:
    return _error_page(request, 404, WORDS[404])


def _error_page(request: Request, status: int, text: str) -> Response:
    return page("error.html", status=status, text=text, request_id=request.state.request_id)
