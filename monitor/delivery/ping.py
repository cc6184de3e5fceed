"""A knock at an address that misses us when we fall silent (healthchecks style).

Whoever sets the address could point it at this machine's own network, so it is https to a public address and nothing
else: names are resolved once and the address that was looked at is the one that is asked; no redirect is followed.
"""

import ipaddress
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPException, HTTPSConnection
from threading import Timer
from time import monotonic
from urllib.parse import urlsplit

from monitor.errors import DeliveryError

NAT64 = ipaddress.ip_network("64:ff9b::/96")


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


def public_address(host: str, port: int) -> str:
    """The address behind *host*. DeliveryError where any of its addresses is not public."""
    found = [str(each[4][0]) for each in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if not all(map(is_public, found)):
        raise DeliveryError(f"{host} is not a public address, and is not asked", permanent=True)
    return found[0]


def is_public(address: str) -> bool:
    """Whether an address is one of the internet; one that wraps another address is judged by that."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        if ip in NAT64 or ip.sixtofour or ip.teredo:
            return False
        ip = ip.ipv4_mapped or ip
    return ip.is_global and not ip.is_multicast


@contextmanager
def _line(host: str, port: int, total_s: float) -> Iterator[ssl.SSLSocket]:
    """A verified connection that is cut after *total_s*, however steadily its other end drips."""
    deadline = monotonic() + total_s
    with (
        socket.create_connection((public_address(host, port), port), total_s) as plain,
        ssl.create_default_context().wrap_socket(plain, server_hostname=host, do_handshake_on_connect=False) as line,
    ):
        # The plain socket's own shutdown: that of an SSLSocket must not be called while another thread reads.
        cut = Timer(max(0.0, deadline - monotonic()), socket.socket.shutdown, (line, socket.SHUT_RDWR))
        cut.daemon = True
        cut.start()
        try:
            line.do_handshake()
            yield line
        finally:
            cut.cancel()
