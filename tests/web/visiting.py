"""Who asks the pages in-process."""

import atexit
from contextlib import ExitStack
from functools import cache
from typing import Any

from anyio.from_thread import BlockingPortal, start_blocking_portal
from fastapi import FastAPI
from starlette.testclient import TestClient


def visiting(app: FastAPI, **given: Any) -> TestClient:
    """A client of *app*; all clients of a process share one event loop, which takes longer to start than to answer."""
    client = TestClient(app, **given)
    client.portal = _portal()
    return client


@cache
def _portal() -> BlockingPortal:
    held = ExitStack()
    atexit.register(held.close)
    return held.enter_context(start_blocking_portal())
