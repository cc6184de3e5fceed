"""What is done again and again where pages are served: the sign of life, so that pages which hang do not seem alive."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager, suppress

from fastapi import FastAPI
from fastapi.concurrency import run_in_threadpool

Lifespan = Callable[[FastAPI], AbstractAsyncContextManager[None]]


def pulse(beat: Callable[[FastAPI], None], every_s: float) -> Lifespan:
    """Call *beat* every so many seconds while the application is served, in a thread as pages are made."""

    async def beating(app: FastAPI) -> None:
        while True:
            await run_in_threadpool(beat, app)
            await asyncio.sleep(every_s)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        task = asyncio.create_task(beating(app))
        yield
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task

    return lifespan


def together(*lifespans: Lifespan) -> Lifespan:
    """Several of them at once."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            for each in lifespans:
                await stack.enter_async_context(each(app))
            yield

    return lifespan
