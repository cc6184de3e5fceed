"""The application on a free port, for tests that need a real server."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from fastapi import FastAPI


class _Announced(uvicorn.Server):
    """A server that says when it listens, instead of being asked again and again."""

    def __init__(self, app: FastAPI) -> None:
        super().__init__(uvicorn.Config(app, port=0, log_level="warning"))
        self.listening = threading.Event()

    async def startup(self, sockets=None) -> None:
        await super().startup(sockets)
        self.listening.set()


@contextmanager
def serving(app: FastAPI, listening: socket.socket | None = None) -> Iterator[str]:
    """The address under which *app* answers for as long as the block lasts; *listening*, where it was known before."""
    server = _Announced(app)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening] if listening else None})
    thread.start()
    try:
        if not server.listening.wait(30):
            raise RuntimeError("the server did not start within 30 s")
        yield address_of(server.servers[0].sockets[0])
    finally:
        server.should_exit = True
        thread.join(30)


def address_of(listening: socket.socket) -> str:
    return f"http://127.0.0.1:{listening.getsockname()[1]}"
