"""A real HTTP server on loopback whose every answer a test writes itself, hostile ones included."""

import json
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

Reply = Callable[["Exchange"], None]


@dataclass
class Exchange:
    """One request, and the handler that can answer it."""

    method: str
    path: str
    query: dict[str, str]
    form: dict[str, str]
    headers: dict[str, str]
    handler: BaseHTTPRequestHandler = field(repr=False)


@dataclass
class Script:
    """The answers by path; an answer is a function, or a list of them of which the last one is repeated."""

    answers: dict[str, Reply | list[Reply]]
    requests: list[Exchange] = field(default_factory=list)
    over: Event = field(default_factory=Event)  # set when the test is, so that nobody hangs for ever

    def reply(self, exchange: Exchange) -> None:
        self.requests.append(exchange)
        answer = self.answers[exchange.path]
        if isinstance(answer, list):
            answer = answer.pop(0) if len(answer) > 1 else answer[0]
        answer(exchange)


@contextmanager
def serving(script: Script) -> Iterator[str]:
    """Its address, for as long as it serves."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True  # else every answer waits 40 ms

        def do_GET(self) -> None:
            self._reply({})

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
            self._reply({name: values[0] for name, values in parse_qs(body).items()})

        def _reply(self, form: dict[str, str]) -> None:
            url = urlsplit(self.path)
            query = {name: values[0] for name, values in parse_qs(url.query).items()}
            script.reply(Exchange(self.command, url.path, query, form, dict(self.headers), self))

        def log_message(self, *args: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            script.over.set()
            server.shutdown()
            thread.join()


def answer(body: object, status: int = 200, **headers: str) -> Reply:
    """JSON of *body*, or its bytes as they are; a `_` in a header's name stands for `-`."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()

    def reply(exchange: Exchange) -> None:
        _head(exchange, status, {"Content-Length": str(len(content))} | headers)
        exchange.handler.wfile.write(content)

    return reply


def pages(*rows: list[Any]) -> Reply:
    """A list of activities by page, newest first, as far as it lies before the moment asked about; empty behind it.

    Asked for what lies after a moment, the oldest first. What has no start is always listed.
    """

    def reply(exchange: Exchange) -> None:
        before, after, number = (int(exchange.query.get(name, 0)) for name in ("before", "after", "page"))
        left = [[row for row in page if after < _started(row, after + 1) < before] for page in rows]
        in_order = [page[::-1] for page in left[::-1]] if after else left
        answer([*filter(None, in_order), *[[]] * number][number - 1])(exchange)

    return reply


def _started(row: Any, unknown: int) -> float:
    """Epoch seconds."""
    return datetime.fromisoformat(row["start_date"]).timestamp() if isinstance(row, dict) else unknown


def cut_short(exchange: Exchange) -> None:
    """Announces more than it sends."""
    _head(exchange, 200, {"Content-Length": "1000"})
    exchange.handler.wfile.write(b'[{"id"')
    exchange.handler.close_connection = True


def hang(script: Script) -> Reply:
    """Never a byte."""
    return lambda _: script.over.wait(60) and None


def drip(script: Script, head: bytes = b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n") -> Reply:
    """One byte at a time behind *head*, each soon enough for a read timeout."""

    def reply(exchange: Exchange) -> None:
        try:
            exchange.handler.wfile.write(head)
            while not script.over.wait(0.02):
                exchange.handler.wfile.write(b"x")
        except OSError:  # the client has had enough
            pass
        exchange.handler.close_connection = True

    return reply


def nobody_listens() -> str:
    """An address on loopback at which a connection is refused."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{held.getsockname()[1]}"


def _head(exchange: Exchange, status: int, headers: dict[str, str]) -> None:
    exchange.handler.send_response(status)
    for name, value in headers.items():
        exchange.handler.send_header(name.replace("_", "-"), value)
    exchange.handler.end_headers()
