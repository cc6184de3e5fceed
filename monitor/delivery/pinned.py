"""Connections to public machines only, for addresses that somebody else chose.

A name is resolved once, and the address that was looked at is the one that is connected to: a name server that answers
differently the second time gains nothing. Certificates are still checked against the name.
"""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from ipaddress import ip_address
from typing import Any

from urllib3.util import connection

_only_public: ContextVar[bool] = ContextVar("only_public", default=False)
_connected = connection.create_connection


@contextmanager
def only_public() -> Iterator[None]:
    """In here requests reach no loopback, link-local, private or reserved address, whatever a name resolves to."""
    before = _only_public.set(True)
    try:
        yield
    finally:
        _only_public.reset(before)


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the public internet."""
    ip = ip_address(address.partition("%")[0])
    return ip.is_global and not ip.is_multicast


def _looked_at(address: tuple[str, int], *given: Any, **how: Any) -> socket.socket:
    if not _only_public.get():
        return _connected(address, *given, **how)
    host, port = address
    found = [str(each[4][0]) for each in socket.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM)]
    if not all(map(is_public, found)):
        raise OSError("not a public address")
    return _connected((found[0], port), *given, **how)


# requests lets nobody choose the address of a connection but here.
connection.create_connection = _looked_at
