"""A real HTTPS server that is pinged, at a loopback address that a test declares public."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from monitor.delivery import public
from tests.delivery.mailserver import AUTHORITY, certificate


@dataclass
class Door:
    """What was knocked at, and how it answers: with a *status*, to *location*, or a byte at a time without an end."""

    url: str = ""
    heard: list[str] = field(default_factory=list)
    status: int = 200
    location: str = ""
    drips: bool = False
    closed: threading.Event = field(default_factory=threading.Event)


@contextmanager
def opened(name: str = "localhost") -> Iterator[Door]:
    """A door with a certificate for *name*."""
    made = Door()

    class Listening(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            made.heard.append(f"GET {self.path}")
            self.send_response(made.status)
            if made.location:
                self.send_header("Location", made.location)
            while made.drips and not made.closed.wait(0.05):
                self.wfile.write(b"X")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Silent."""

    class Server(ThreadingHTTPServer):
        def handle_error(self, *_: object) -> None:
            """A client that refuses our certificate, or hangs up, is what some tests are about."""

    server = Server(("127.0.0.1", 0), Listening)
    server.socket = certificate(name).wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    made.url = f"https://localhost:{server.server_port}/secret-of-the-ping"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield made
    finally:
        made.closed.set()
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def trusted(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The certificates of our authority are good, and loopback counts as the internet."""
    authority = tmp_path / "authority.pem"
    AUTHORITY.cert_pem.write_to_path(str(authority))
    monkeypatch.setenv("SSL_CERT_FILE", str(authority))
    monkeypatch.setattr(public, "is_public", lambda _address: True)


@pytest.fixture
def door(trusted: None) -> Iterator[Door]:
    with opened() as made:
        yield made
