"""Mail over SMTP: encrypted with a verified certificate, or not at all.

A connection is kept for the next message of the same sender, and dropped after any trouble, so that one trouble is one
message's trouble.
"""

import re
import smtplib
import socket
import ssl
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from email.message import EmailMessage
from ipaddress import ip_address
from threading import Timer

from monitor.errors import ConfigError, DeliveryError

STARTTLS, TLS, PLAIN = "starttls", "tls", "plain"
TO_OPEN_S, TO_SEND_S = 30.0, 60.0  # together less than a letter's lease
POLICY = re.compile(rb"5\.7\.\d")  # the enhanced status of a server that dislikes us, not the recipient (RFC 3463)


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

    *timeout_s* bounds every single answer of the server, *send_s* a message as a whole [s]. *context* defaults to the
    certificates of this machine. ConfigError where mail would leave this machine unencrypted.
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
        self._server: smtplib.SMTP | None = None

    def open(self) -> None:
        """Connected, encrypted and logged in. What goes wrong here is no single message's fault."""
        if self._server and _still_answers(self._server):
            return
        self.close()
        with _translated(self._way, app_wide=True):
            self._server = _connected(self._way)

    def send(self, message: EmailMessage) -> None:
        """One message. Raises `DeliveryError`; the line must be open."""
        server, self._server = self._server, None
        if server is None:
            raise ValueError("the line is not open")
        try:
            with _translated(self._way), _cut_after(self._way.send_s, server):
                server.send_message(message)
        except BaseException:
            server.close()
            raise
        self._server = server

    def close(self) -> None:
        server, self._server = self._server, None
        if server:
            with suppress(smtplib.SMTPException, OSError), _cut_after(self._way.timeout_s, server):
                server.quit()
            server.close()


def _connected(way: Smtp) -> smtplib.SMTP:
    server = smtplib.SMTP(timeout=way.timeout_s)
    if way.security == TLS:
        server = smtplib.SMTP_SSL(timeout=way.timeout_s, context=way.context)
    # The name on its certificate, which smtplib keeps only where its constructor connects.
    server._host = way.host  # type: ignore[attr-defined]
    try:
        with _cut_after(TO_OPEN_S, server):
            code, answer = server.connect(way.host, way.port)
            if code != 220:
                raise smtplib.SMTPConnectError(code, answer)
            if way.security == STARTTLS:
                server.starttls(context=way.context)
            server.ehlo_or_helo_if_needed()
            if way.username:
                server.login(way.username, way.password or "")
    except BaseException:
        server.close()
        raise
    return server


def _still_answers(server: smtplib.SMTP) -> bool:
    """Mail servers hang up on who has been silent for a while."""
    with suppress(smtplib.SMTPException, OSError), _cut_after(TO_OPEN_S, server):
        return server.noop()[0] == 250
    return False


@contextmanager
def _cut_after(seconds: float, server: smtplib.SMTP) -> Iterator[None]:
    """Ends the conversation from outside: a server that drips a byte now and then runs into no timeout of its own."""
    cut = Timer(seconds, _cut, [server])
    cut.daemon = True
    cut.start()
    try:
        yield
    finally:
        cut.cancel()


def _cut(server: smtplib.SMTP) -> None:
    with suppress(OSError):
        if server.sock:
            server.sock.shutdown(socket.SHUT_RDWR)


@contextmanager
def _translated(way: Smtp, *, app_wide: bool = False) -> Iterator[None]:
    """Says what the mail server's answer means, and whether another try makes sense.

    Only an answer about this recipient or this message is permanent; a refused sender or password is ours to mend.
    """
    server = f"{way.host}:{way.port}"
    try:
        yield
    except smtplib.SMTPRecipientsRefused as error:
        address, (code, answer) = next(iter(error.recipients.items()))
        raise _refused(f"{server} refuses {address}", code, answer, ours=bool(POLICY.match(answer))) from error
    except smtplib.SMTPDataError as error:
        raise _refused(f"{server} refuses the message", error.smtp_code, error.smtp_error) from error
    except smtplib.SMTPAuthenticationError as error:
        said = f"refuses the user name or password ({_answer(error.smtp_code, error.smtp_error)}): check both"
        raise DeliveryError(f"{server} {said}", app_wide=app_wide) from error
    except smtplib.SMTPNotSupportedError as error:
        said = f"lacks what mail.security or the login needs; nothing sent: {error}"
        raise DeliveryError(f"{server} {said}", app_wide=app_wide) from error
    except smtplib.SMTPResponseException as error:
        said = f"does not take mail from us now ({_answer(error.smtp_code, error.smtp_error)})"
        raise DeliveryError(f"{server} {said}", app_wide=app_wide or error.smtp_code >= 500) from error
    except ssl.SSLCertVerificationError as error:
        said = f"The certificate of {server} is not valid: {error.verify_message}"
        raise DeliveryError(said, app_wide=app_wide) from error
    except (smtplib.SMTPException, OSError) as error:
        raise DeliveryError(f"No complete answer from {server}: {error}", app_wide=app_wide) from error


def _refused(what: str, code: int, answer: bytes | str, *, ours: bool = False) -> DeliveryError:
    return DeliveryError(f"{what} ({_answer(code, answer)})", permanent=code >= 500 and not ours)


def _answer(code: int, answer: bytes | str) -> str:
    words = answer.decode("ascii", "replace") if isinstance(answer, bytes) else answer
    return f"{code} {' '.join(words.split())[:200]}"


def _is_loopback(host: str) -> bool:
    with suppress(ValueError):
        return ip_address(host).is_loopback
    return host == "localhost"
