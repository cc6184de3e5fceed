"""M7: servers that send a byte now and then, at every step of a conversation: each is cut off within a letter's time.

No answer of theirs ever comes too late for a timeout, so without the cut these tests do not end.
"""

import asyncio
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from threading import Event, Thread
from time import monotonic

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session

from monitor.delivery import smtp
from monitor.delivery.smtp import TO_SEND_S
from monitor.delivery.timely import cut_at, reached
from monitor.errors import DeliveryError
from monitor.store.sending import LEASE
from tests.delivery.mailserver import Inbox, mail, running, trusting

HERE = "127.0.0.1"
HANDSHAKE = b"\x16\x03\x03\x40\x00"  # the head of a TLS record of 16384 bytes
Talk = Callable[[socket.socket], bytes]  # what is said before; the drops that follow


def greets(_: socket.socket) -> bytes:
    return b"220-and on\r\n"


def shakes_hands(line: socket.socket) -> bytes:
    line.sendall(HANDSHAKE)
    return b"\0"


def says_what_it_can(line: socket.socket) -> bytes:
    line.sendall(b"220 here\r\n")
    line.recv(1024)
    return b"250-and on\r\n"


def begins_tls(line: socket.socket) -> bytes:
    line.sendall(b"220 here\r\n")
    line.recv(1024)
    line.sendall(b"250-here\r\n250 STARTTLS\r\n")
    line.recv(1024)
    line.sendall(b"220 go on\r\n" + HANDSHAKE)
    return b"\0"


@contextmanager
def dripping(talk: Talk) -> Iterator[int]:
    """The port of a server that *talk*s and then drips to whoever comes, until they hang up."""
    over = Event()

    def serve() -> None:
        while not over.is_set():
            line, _ = server.accept()
            with line:
                drop = b"" if over.is_set() else talk(line)
                try:
                    while not over.wait(0.01):
                        line.sendall(drop)
                except OSError:  # they have had enough
                    pass

    with socket.create_server((HERE, 0)) as server:
        thread = Thread(target=serve)
        thread.start()
        try:
            yield server.getsockname()[1]
        finally:
            over.set()
            socket.create_connection(server.getsockname()).close()  # wakes it
            thread.join()


@pytest.mark.parametrize(
    ("talk", "security"),
    [
        pytest.param(greets, "plain", id="M7 the greeting drips"),
        pytest.param(says_what_it_can, "plain", id="M7 the answer to EHLO drips"),
        pytest.param(shakes_hands, "tls", id="M7 TLS drips"),
        pytest.param(begins_tls, "starttls", id="M7 STARTTLS drips"),
    ],
)
def test_a_connection_that_drips_is_given_up_whatever_it_drips(talk: Talk, security: str) -> None:
    with dripping(talk) as port, pytest.raises(DeliveryError, match="No complete answer") as cut:
        smtp(host=HERE, port=port, security=security, timeout_s=600, send_s=0.2, context=trusting())(mail())
    assert (cut.value.permanent, cut.value.app_wide) == (False, True)


def test_a_kept_connection_that_only_drips_is_left_for_a_new_one() -> None:
    """M7."""

    class Dripping(Inbox):
        async def handle_NOOP(self, server: SMTP, session: Session, envelope: Envelope, arg: str) -> str:  # noqa: N802
            while server.transport is not None and not server.transport.is_closing():
                await server.push("250-and on")
                await asyncio.sleep(0.01)
            return "250 too late"

    inbox = Dripping()
    with running(inbox) as port:
        line = smtp(host=HERE, port=port, security="plain", timeout_s=600, send_s=6.0).line()
        for number in (1, 2):
            line.open()
            line.send(mail(f"<letter-{number}@example.org>"))
        line.close()
    assert len(inbox.arrived) == 2


def test_what_is_said_after_its_time_is_cut_at_once() -> None:
    """M7: opening and sending have one time together."""
    ours, theirs = socket.socketpair()
    with ours, theirs, cut_at(monotonic() - 1, ours):
        assert theirs.recv(1) == b""


def test_no_connection_is_tried_when_its_time_is_over() -> None:
    with socket.create_server((HERE, 0)) as listening, pytest.raises(TimeoutError):
        reached(HERE, listening.getsockname()[1], monotonic() - 1)


def test_a_letters_time_is_well_within_its_lease() -> None:
    assert timedelta(seconds=TO_SEND_S) <= LEASE / 2
