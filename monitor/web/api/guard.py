"""Before every answer of the API: whose token it is, how often it asks, how much it sends."""

from collections.abc import Callable
from time import monotonic

import structlog
from fastapi import HTTPException, Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from monitor.store.api_tokens import Holder
from monitor.web.api.problem import problem
from monitor.web.buckets import Buckets

LARGEST_BODY = 16 * 1024
AT_ONCE, A_SECOND = 60.0, 2.0  # requests of one token

log = structlog.get_logger()


class Guard:
    """Lets a request through to *app* and notes its `holder`, or refuses it.

    How often is counted in the memory of this process, so that several allow as many times more.
    """

    def __init__(
        self,
        app: ASGIApp,
        find: Callable[[str], Holder | None],
        at_once: float = AT_ONCE,
        a_second: float = A_SECOND,
        stopwatch: Callable[[], float] = monotonic,
    ) -> None:
        self.app, self.find, self.stopwatch = app, find, stopwatch
        self.asked = Buckets(at_once, a_second)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope)
        try:
            answer = None if _is_public(scope) else await self._refusal(request)
            if answer is None:
                await self.app(scope, _bounded(receive), send)
                return
        except Exception:
            log.exception("api failed", request_id=getattr(request.state, "request_id", ""), path=request.url.path)
            answer = problem(500)
        await answer(scope, receive, send)

    async def _refusal(self, request: Request) -> Response | None:
        token = _bearer(request)
        holder = await run_in_threadpool(self.find, token) if token else None
        if holder is None:
            return problem(401, headers={"WWW-Authenticate": "Bearer"})
        if not self.asked.has_room(str(holder.token_id), self.stopwatch()):
            return problem(429, headers={"Retry-After": "1"})
        request.state.holder = holder
        return None


def _is_public(scope: Scope) -> bool:
    return bool(scope["path"] == f"{scope['root_path']}/openapi.json")


def _bearer(request: Request) -> str:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def _bounded(receive: Receive) -> Receive:
    """The same body, which may not be larger than `LARGEST_BODY`."""
    taken = 0

    async def bounded() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > LARGEST_BODY:
            raise HTTPException(413)
        return message

    return bounded
