"""Answers that break the rules of HTTP or take for ever."""

import asyncio
from collections.abc import AsyncIterator

from fastapi import Request, Response
from starlette.types import Receive, Scope, Send

PAUSE_S = 0.02


async def until_healed(request: Request) -> AsyncIterator[None]:
    """Again and again after a short pause: until it is healed, or the caller hangs up, or the server closes."""
    sandbox, script = request.app.state.sandbox, request.state.script
    while sandbox.is_open and not script.healed and not await request.is_disconnected():
        yield
        await asyncio.sleep(PAUSE_S)


class CutShort(Response):
    """Announces more than it sends."""

    async def __call__(self, _scope: Scope, _receive: Receive, send: Send) -> None:
        headers = [(b"content-type", b"application/json"), (b"content-length", b"4096")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": self.body, "more_body": True})


class Dripping(Response):
    """A list that begins and goes on with blanks, one at a time. It never becomes a whole list: nobody ran nothing."""

    def __init__(self, request: Request) -> None:
        super().__init__(b"[")
        self.request = request

    async def __call__(self, _scope: Scope, _receive: Receive, send: Send) -> None:
        headers = [(b"content-type", b"application/json")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": self.body, "more_body": True})
        async for _ in until_healed(self.request):
            await send({"type": "http.response.body", "body": b" ", "more_body": True})
        await send({"type": "http.response.body"})
