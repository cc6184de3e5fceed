"""The sandbox on a socket of this machine."""

import asyncio
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn

from monitor.errors import UserError
from monitor.sandbox.app import app
from monitor.sandbox.sandbox import Sandbox

HOST = "127.0.0.1"


class Server(uvicorn.Server):
    """Tells when it is ready, and ends when it is told to, where uvicorn looks ten times a second."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = threading.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        self._loop, self._told = asyncio.get_running_loop(), asyncio.Event()
        try:
            await super().startup(sockets)
        finally:
            self.ready.set()

    async def main_loop(self) -> None:
        await self.on_tick(0)
        await self._told.wait()

    def end(self) -> None:
        self.should_exit = True
        self._loop.call_soon_threadsafe(self._told.set)


@contextmanager
def serving(sandbox: Sandbox, port: int = 0, *, tls: ssl.SSLContext | None = None) -> Iterator[str]:
    """Serves *sandbox* on the loopback address while the block runs. Gives its base URL; port 0 is any free one.

    Over HTTPS with a *tls* context, which holds a certificate for 127.0.0.1. Raises UserError where the port is taken.
    """
    listening = _listening(port)
    server = Server(
        uvicorn.Config(
            app(sandbox),
            log_config=None,
            log_level="critical",
            ws="none",
            lifespan="off",
            ssl_context_factory=(lambda *_: tls) if tls else None,
        )
    )
    thread = threading.Thread(target=server.run, args=([listening],), name="sandbox", daemon=True)
    sandbox.is_open = True
    thread.start()
    server.ready.wait()
    try:
        yield f"{'https' if tls else 'http'}://{HOST}:{listening.getsockname()[1]}"
    finally:
        sandbox.is_open = False
        server.end()
        thread.join()


def _listening(port: int) -> socket.socket:
    try:
        listening = socket.create_server((HOST, port))
    except OSError as error:
        raise UserError(f"Port {port} is taken: choose another one for the sandbox, or 0 for any.") from error
    listening.setsockopt(
        socket.IPPROTO_TCP, socket.TCP_NODELAY, 1
    )  # asyncio does not for such a socket: 40 ms an answer
    return listening
