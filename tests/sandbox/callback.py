"""An app's webhook callback on a real socket: what it is sent, and what a test wants it to answer."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event as Signal
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

SILENCE = 0


@dataclass
class Callback:
    """*statuses* are the next answers, 200 when there are no more; SILENCE is none until the test is over."""

    url: str = ""
    statuses: list[int] = field(default_factory=list)
    echo: bytes | None = None  # in place of the challenge
    challenges: list[dict[str, str]] = field(default_factory=list)
    events: list[dict[str, Any]] = field(default_factory=list)
    over: Signal = field(default_factory=Signal)

    def next_status(self) -> int:
        return self.statuses.pop(0) if self.statuses else 200


@contextmanager
def listening() -> Iterator[Callback]:
    callback = Callback()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            query = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
            callback.challenges.append(query)
            echo = json.dumps({"hub.challenge": query["hub.challenge"]}).encode()
            self._answer(echo if callback.echo is None else callback.echo)

        def do_POST(self) -> None:
            assert self.headers["Content-Type"] == "application/json"
            callback.events.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self._answer(b"")

        def _answer(self, body: bytes) -> None:
            status = callback.next_status()
            if status == SILENCE:
                callback.over.wait(60)
                return
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        callback.url = f"http://127.0.0.1:{server.server_port}/webhooks"
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield callback
        finally:
            callback.over.set()
            server.shutdown()
            thread.join()
