"""The sign of life of the pages: it beats where they are served, so that pages which hang do not seem alive."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress

from fastapi import FastAPI
from fastapi.concurrency import run_in_threadpool

Lifespan = Callable[[FastAPI], AbstractAsyncContextManager[None]]


def pulse(beat: Callable[[], None], every_s: float) -> Lifespan:
    """Call *beat* every so many seconds while the application is served, in a thread as pages are made."""

    async def beating() -> None:
        while True:
            await run_in_threadpool(beat)
            await asyncio.sleep(every_s)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        task = asyncio.create_task(beating())
        yield
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task

    return lifespan
