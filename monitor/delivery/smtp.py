"""Mail over SMTP: encrypted with a verified certificate, or not at all.

A connection is kept for the next message of the same sender, and dropped after any trouble, so that one trouble is one
message's trouble.
"""

import smtplib
import socket
import ssl
from contextlib import closing, suppress
from dataclasses import dataclass, field
from email.message import EmailMessage
from ipaddress import ip_address
from time import monotonic

from monitor.delivery.smtp_answers import translated
from monitor.delivery.timely import cut_at, reached
from monitor.errors import ConfigError

STARTTLS, TLS, PLAIN = "starttls", "tls", "plain"
TO_SEND_S = 60.0  # half of a letter's lease
TO_OPEN, TO_ANSWER = 1 / 2, 1 / 12  # of that time: a connection, and a sign of life of one that is open


@dataclass(frozen=True, slots=True)
class Smtp:
    """The mail server of the settings. Called, it sends one message over a connection of its own."""

    host: str
    port: int
    security: str
    username: str | None
    password: str | None = field(repr=False)
    timeout_s: float
    send_s: float
    context: ssl.SSLContext

    def __call__(self, message: EmailMessage) -> None:
        with closing(self.line()) as line:
            line.open()
            line.send(message)

    @property
    def name(self) -> str:
        return f"{self.host}:{self.port}"

    def line(self) -> "SmtpLine":
        return SmtpLine(self)


def smtp(
    *,
    host: str,
    port: int,
    security: str = STARTTLS,
    username: str | None = None,
    password: str | None = None,
    timeout_s: float = 30.0,
    send_s: float = TO_SEND_S,
    context: ssl.SSLContext | None = None,
) -> Smtp:
    """Sends through the mail server *host*; *security* is starttls, tls (from the first byte) or plain (loopback only).

    *timeout_s* bounds every single answer of the server, *send_s* a message as a whole, its connection included [s].
    *context* defaults to the certificates of this machine. ConfigError where mail would leave it unencrypted.
    """
    if security not in {STARTTLS, TLS, PLAIN}:
        raise ConfigError(f"mail.security is {security!r}: it must be starttls, tls or plain")
    if security == PLAIN and not _is_loopback(host):
        raise ConfigError(f"mail.security is plain but {host} is another machine: use starttls or tls")
    verified = context or ssl.create_default_context()  # smtplib's own default verifies nothing
    return Smtp(host, port, security, username, password, timeout_s, send_s, verified)


class SmtpLine:
    """One connection, kept from message to message while all is well."""

    def __init__(self, way: Smtp) -> None:
        self._way = way
        self._server: _Server | None = None
        self._deadline = 0.0

    def open(self) -> None:
        """Connected, encrypted and logged in; the time of a message begins. What goes wrong is no message's fault."""
        began, time_s = monotonic(), self._way.send_s
        self._deadline = began + time_s
        if self._server and self._server.is_there(began + TO_ANSWER * time_s):
            return
        self._drop()
        with translated(self._way.name, app_wide=True):
            self._server = _connected(self._way, began + TO_OPEN * time_s)

    def send(self, message: EmailMessage) -> None:
        """One message, in what is left of its time. Raises `DeliveryError`; the line must have been opened for it."""
        server, self._server = self._server, None
        if server is None:
            raise ValueError("the line is not open")
        try:
            with translated(self._way.name), cut_at(self._deadline, server.plug):
                server.send_message(message)
        except BaseException:
            server.close()
            raise
        self._server = server

    def close(self) -> None:
        if self._server:
            goodbye = monotonic() + TO_ANSWER * self._way.send_s
            with suppress(smtplib.SMTPException, OSError), cut_at(goodbye, self._server.plug):
                self._server.quit()
        self._drop()

    def _drop(self) -> None:
        server, self._server = self._server, None
        if server:
            server.close()


class _Server(smtplib.SMTP):
    """A conversation over a *line* that is there already, and can be cut at any moment of it."""

    def __init__(self, way: Smtp, line: socket.socket) -> None:
        super().__init__(timeout=way.timeout_s)
        self._host = way.host  # the name on its certificate, which smtplib keeps only where its constructor connects
        self.plug = line.dup()  # of the same connection: `line` itself is given up where TLS begins
        self.sock = line

    def is_there(self, deadline: float) -> bool:
        """Mail servers hang up on who has been silent for a while."""
        with suppress(smtplib.SMTPException, OSError), cut_at(deadline, self.plug):
            return self.noop()[0] == 250
        return False

    def close(self) -> None:
        super().close()
        self.plug.close()


def _connected(way: Smtp, deadline: float) -> _Server:
    line = reached(way.host, way.port, deadline)
    line.settimeout(way.timeout_s)
    server = _Server(way, line)
    try:
        with cut_at(deadline, server.plug):
            _greeted(way, server)
    except BaseException:
        server.close()
        raise
    return server


def _greeted(way: Smtp, server: _Server) -> None:
    """From the first byte to the login."""
    if way.security == TLS and server.sock:
        server.sock = way.context.wrap_socket(server.sock, server_hostname=way.host)
    code, answer = server.getreply()
    if code != 220:
        raise smtplib.SMTPConnectError(code, answer)
    if way.security == STARTTLS:
        server.starttls(context=way.context)
    server.ehlo_or_helo_if_needed()
    if way.username:
        server.login(way.username, way.password or "")


def _is_loopback(host: str) -> bool:
    with suppress(ValueError):
        return ip_address(host).is_loopback
    return host == "localhost"
