"""Boards are sent compressed: hundreds of rows that are much alike."""

from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

LEVEL = 4  # beyond it a page becomes hardly smaller, and takes half as long again


class Squeezed:
    """Only what holds no key and no secret: of a page that does, the length would tell of it."""

    def __init__(self, app: ASGIApp) -> None:
        self._plain, self._squeezed = app, GZipMiddleware(app, minimum_size=2_000, compresslevel=LEVEL)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "")
        squeezes = path == "/runners" or path.startswith(("/teams/", "/static/"))
        await (self._squeezed if squeezes else self._plain)(scope, receive, send)
