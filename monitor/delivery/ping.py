"""A knock at an address that misses us when we fall silent (healthchecks style).

Whoever sets the address could point it at this machine's own network, so it is https to a public address and nothing
else: names are resolved once and the address that was looked at is the one that is asked; no redirect is followed.
"""

import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPException, HTTPSConnection
from time import monotonic
from urllib.parse import urlsplit

from monitor.delivery.public import public_address
from monitor.delivery.timely import cut_at
from monitor.errors import DeliveryError


def ping(url: str, total_s: float = 5.0) -> None:
    """GET *url* within *total_s* [s]. DeliveryError where it is not answered by 2xx; that does not tell its path."""
    parts = urlsplit(url)
    host, port = parts.hostname or "", parts.port or 443
    if parts.scheme != "https":
        raise DeliveryError("watch.ping_url must begin with https://", permanent=True)
    try:
        with _line(host, port, total_s) as line:
            asking = HTTPSConnection(host, port)
            asking.sock = line
            asking.request("GET", f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}")
            status = asking.getresponse().status
    except (OSError, HTTPException) as error:
        raise DeliveryError(f"{host} did not answer the ping: {type(error).__name__}") from error
    if not 200 <= status < 300:
        raise DeliveryError(f"{host} answered the ping with {status}")


@contextmanager
def _line(host: str, port: int, total_s: float) -> Iterator[ssl.SSLSocket]:
    """A verified connection that is cut after *total_s*, however steadily its other end drips."""
    deadline = monotonic() + total_s
    with (
        socket.create_connection((public_address(host, port), port), total_s) as plain,
        ssl.create_default_context().wrap_socket(plain, server_hostname=host, do_handshake_on_connect=False) as line,
        cut_at(deadline, line),
    ):
        line.do_handshake()
        yield line
