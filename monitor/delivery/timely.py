"""Conversations within a time, as a whole: an other end that drips a byte now and then runs into no timeout."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Timer
from time import monotonic


def reached(host: str, port: int, deadline: float) -> socket.socket:
    """A connection to the first address of *host* that takes one before *deadline* [s, `monotonic`].

    Each address has its share of the time, so that a dead one leaves some to the next. OSError where none answers.
    How long the name server may take is the resolver's own setting.
    """
    addresses = [found[-1][:2] for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    refused: OSError = TimeoutError("no time is left for a connection")
    for left, address in zip(range(len(addresses), 0, -1), addresses, strict=True):
        if (share_s := (deadline - monotonic()) / left) <= 0:
            break
        try:
            return socket.create_connection((str(address[0]), int(address[1])), share_s)
        except OSError as error:
            refused = error
    raise refused


@contextmanager
def cut_at(deadline: float, line: socket.socket) -> Iterator[None]:
    """Ends from outside, at *deadline* [s, `monotonic`], what is being said over *line*."""
    cut = Timer(max(0.0, deadline - monotonic()), _cut, [line])
    cut.daemon = True
    cut.start()
    try:
        yield
    finally:
        cut.cancel()


def _cut(line: socket.socket) -> None:
    with suppress(OSError):
        # The plain socket's own: that of an SSLSocket must not be called while another thread reads.
        socket.socket.shutdown(line, socket.SHUT_RDWR)
