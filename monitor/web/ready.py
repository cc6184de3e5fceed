"""Boards are made before somebody looks: in the morning most runners have changed, and reading them all takes long."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress

import structlog
from fastapi import FastAPI
from fastapi.concurrency import run_in_threadpool

from monitor.store.people import teams
from monitor.web.pulse import Lifespan
from monitor.web.shell import Shell
from monitor.web.team import team

EVERY_S = 30.0

log = structlog.get_logger()


def make_ready(shell: Shell) -> None:
    """Make the rows of all runners who changed, team by team. A fault is left to the look that meets it."""
    try:
        with shell.open_db() as db:
            everyone = teams(db)
        for team_id, _, _ in everyone:
            team(shell, team_id, shell.now())
    except Exception:
        log.exception("boards were not made ready")


@asynccontextmanager
async def kept_ready(app: FastAPI) -> AsyncIterator[None]:
    """Keep the boards of *app* ready while it is served, in a thread as pages are made."""

    async def keeping() -> None:
        while True:
            await run_in_threadpool(make_ready, app.state.shell)
            await asyncio.sleep(EVERY_S)

    task = asyncio.create_task(keeping())
    yield
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


def together(*lifespans: Lifespan) -> Lifespan:
    """Several of them at once."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            for each in lifespans:
                await stack.enter_async_context(each(app))
            yield

    return lifespan
