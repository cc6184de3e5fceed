"""Connections to public machines only, for addresses that somebody else chose.

A name is resolved once, and the address that was looked at is the one that is connected to: a name server that answers
differently the second time gains nothing. Certificates are still checked against the name.
"""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from urllib3.util import connection

from monitor.delivery.public import public_address

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


def _looked_at(address: tuple[str, int], *given: Any, **how: Any) -> socket.socket:
    if not _only_public.get():
        return _connected(address, *given, **how)
    host, port = address
    return _connected((public_address(host.strip("[]"), port), port), *given, **how)


# requests lets nobody choose the address of a connection but here.
connection.create_connection = _looked_at
