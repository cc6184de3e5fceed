"""Mail over SMTP: encrypted with a verified certificate, or not at all.

One connection a message, so that one trouble is one message's trouble.
"""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.message import EmailMessage
from ipaddress import ip_address

from monitor.delivery.port import Send
from monitor.errors import ConfigError, DeliveryError

STARTTLS, TLS, PLAIN = "starttls", "tls", "plain"


def smtp(
    *,
    host: str,
    port: int,
    security: str = STARTTLS,
    username: str | None = None,
    password: str | None = None,
    timeout_s: float = 30.0,
    context: ssl.SSLContext | None = None,
) -> Send:
    """Sends through the mail server *host*; *security* is starttls, tls (from the first byte) or plain (loopback only).

    *timeout_s* bounds every single answer of the server [s]. *context* defaults to the certificates of this machine.
    ConfigError where mail would leave this machine unencrypted.
    """
    if security not in {STARTTLS, TLS, PLAIN}:
        raise ConfigError(f"mail.security is {security!r}: it must be starttls, tls or plain")
    if security == PLAIN and not _is_loopback(host):
        raise ConfigError(f"mail.security is plain but {host} is another machine: use starttls or tls")
    verified = context or ssl.create_default_context()  # smtplib's own default verifies nothing

    def send(message: EmailMessage) -> None:
        with _translated(f"{host}:{port}"), _connected(host, port, security, timeout_s, verified) as server:
            if username:
                server.login(username, password or "")
            server.send_message(message)

    return send


@contextmanager
def _connected(
    host: str, port: int, security: str, timeout_s: float, context: ssl.SSLContext
) -> Iterator[smtplib.SMTP]:
    if security == TLS:
        server: smtplib.SMTP = smtplib.SMTP_SSL(host, port, timeout=timeout_s, context=context)
    else:
        server = smtplib.SMTP(host, port, timeout=timeout_s)
    try:
        if security == STARTTLS:
            server.starttls(context=context)
        yield server
        with suppress(smtplib.SMTPException, OSError):  # accepted is accepted, however the goodbye ends
            server.quit()
    finally:
        server.close()


@contextmanager
def _translated(server: str) -> Iterator[None]:
    """Says what the mail server's answer means, and whether another try makes sense.

    Only an answer about this recipient or this message is permanent; a refused sender or password is ours to mend.
    """
    try:
        yield
    except smtplib.SMTPRecipientsRefused as error:
        address, (code, answer) = next(iter(error.recipients.items()))
        raise _refused(f"{server} refuses {address}", code, answer) from error
    except smtplib.SMTPDataError as error:
        raise _refused(f"{server} refuses the message", error.smtp_code, error.smtp_error) from error
    except smtplib.SMTPAuthenticationError as error:
        said = _answer(error.smtp_code, error.smtp_error)
        raise DeliveryError(f"{server} refuses the user name or password ({said}): check both") from error
    except smtplib.SMTPNotSupportedError as error:
        raise DeliveryError(f"{server} lacks what mail.security or the login needs; nothing sent: {error}") from error
    except smtplib.SMTPResponseException as error:
        said = _answer(error.smtp_code, error.smtp_error)
        raise DeliveryError(f"{server} does not take mail from us now ({said})") from error
    except ssl.SSLCertVerificationError as error:
        raise DeliveryError(f"The certificate of {server} is not valid: {error.verify_message}") from error
    except (smtplib.SMTPException, OSError) as error:
        raise DeliveryError(f"No complete answer from {server}: {error}") from error


def _refused(what: str, code: int, answer: bytes | str) -> DeliveryError:
    return DeliveryError(f"{what} ({_answer(code, answer)})", permanent=code >= 500)


def _answer(code: int, answer: bytes | str) -> str:
    words = answer.decode("ascii", "replace") if isinstance(answer, bytes) else answer
    return f"{code} {' '.join(words.split())[:200]}"


def _is_loopback(host: str) -> bool:
    with suppress(ValueError):
        return ip_address(host).is_loopback
    return host == "localhost"
