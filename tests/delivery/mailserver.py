"""A real mail server on loopback, and one mail to send."""

import asyncio
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.policy import SMTP
from threading import Event
from typing import Any

import trustme
from aiosmtpd import smtp as protocol
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword, Session

AUTHORITY = trustme.CA()
PASSWORD = "correct horse"


class Inbox:
    """Keeps what arrived as (recipients, message bytes).

    *rcpt* and *data* are its answers to those commands; the first *hang_up* mails are cut off after their last dot.
    """

    def __init__(self, *, rcpt: str = "250 fine", data: str = "250 accepted", hang_up: int = 0) -> None:
        self.rcpt, self.data, self.hang_up = rcpt, data, hang_up
        self.arrived: list[tuple[list[str], bytes]] = []

    async def handle_RCPT(  # noqa: N802
        self, server: protocol.SMTP, session: Session, envelope: Envelope, address: str, _: Any
    ) -> str:
        if self.rcpt.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.rcpt

    async def handle_DATA(self, server: protocol.SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        assert isinstance(envelope.content, bytes)
        self.arrived.append((envelope.rcpt_tos, envelope.content))
        if len(self.arrived) <= self.hang_up:
            assert server.transport is not None
            server.transport.close()
        return self.data


class Slow(Inbox):
    """Answers no mail before it is let go; counts how many stand in its queue at once."""

    def __init__(self, at_once: int) -> None:
        super().__init__()
        self.at_once, self.inside, self.most = at_once, 0, 0
        self.full, self.go = Event(), Event()

    async def handle_DATA(self, server: protocol.SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        self.inside += 1
        self.most = max(self.most, self.inside)
        if self.inside == self.at_once:
            self.full.set()
        await asyncio.get_running_loop().run_in_executor(None, self.go.wait)
        self.inside -= 1
        return await super().handle_DATA(server, session, envelope)


class MailServer(Controller):
    """A controller that picks a free port."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@contextmanager
def running(inbox: Inbox, **given: Any) -> Iterator[int]:
    """The port of a server that takes mail into *inbox*."""
    server = MailServer(inbox, hostname="127.0.0.1", port=0, **given)
    server.start()
    try:
        yield server.port
    finally:
        server.stop()


def certificate(*names: str) -> ssl.SSLContext:
    """A server's context, with a certificate for *names* from `AUTHORITY`."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    AUTHORITY.issue_cert(*names).configure_cert(context)
    return context


def trusting() -> ssl.SSLContext:
    """A client's context that trusts `AUTHORITY`."""
    context = ssl.create_default_context()
    AUTHORITY.configure_trust(context)
    return context


def password(_server: Any, _session: Any, _envelope: Any, _mechanism: str, login: Any) -> AuthResult:
    right = isinstance(login, LoginPassword) and login == LoginPassword(b"hamwatch", PASSWORD.encode())
    return AuthResult(success=right, handled=False)


def mail(message_id: str = "<alert-7@example.org>") -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"] = "Hamwatch <hamwatch@example.org>", "Ada <ada@example.org>"
    message["Subject"], message["Message-ID"] = "Yesterday's 22.7 km", message_id
    message.set_content("Hello Zoë,\n", cte="quoted-printable")
    return message
