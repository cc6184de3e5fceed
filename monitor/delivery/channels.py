"""Chat and push services through Apprise, an extra. Their URLs are passwords: no log and no error repeats them."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from email.message import EmailMessage
from typing import Any

from monitor.delivery.pinned import only_public
from monitor.delivery.port import Notify
from monitor.errors import ConfigError, DeliveryError, UserError

# https, to a service of that name or to the host in the URL.
PUBLIC = frozenset(
    "discord gchat gotifys jsons matrixs mmosts ntfys pover rockets slack tgram workflows zulip".split()  # noqa: SIM905
)
PRIVATE = frozenset({"gotify", "json", "matrix", "mmost", "ntfy", "rocket"})  # http
TIMEOUT_S = 5.0
TALKATIVE = ("apprise", "urllib3.connectionpool", "urllib3.util.retry")

_secret: ContextVar[bool] = ContextVar("secret", default=False)


def notifier(*, allow_private: bool = False) -> Notify:
    """Tells a channel the subject and text of a message.

    To public servers over https only, unless *allow_private*. Raises `DeliveryError`, and `ConfigError` without
    Apprise.
    """

    def notify(url: str, message: EmailMessage) -> None:
        with _untold():
            try:
                service = _service(url, allow_private)
            except UserError as error:
                raise DeliveryError(str(error), permanent=True) from error
            subject, body = str(message["Subject"]), message.get_body(("plain",))
            text = str(body.get_content()).replace("\r\n", "\n").strip() if body else ""
            with nullcontext() if allow_private else only_public():
                told = service.notify(title=subject, body=text or subject)  # services refuse an empty one
        if not told:
            raise DeliveryError("the channel did not take the message")

    return notify


def check_url(url: str, *, allow_private: bool) -> None:
    """Raises `UserError` where no message could go there, `ConfigError` without Apprise; neither repeats the URL."""
    with _untold():
        _service(url, allow_private)


def _service(url: str, allow_private: bool) -> Any:
    try:
        from apprise import Apprise
    except ModuleNotFoundError as error:
        raise ConfigError("other channels need Apprise: pip install 'hamwatch[notify]'") from error
    allowed = PUBLIC | PRIVATE if allow_private else PUBLIC
    if url.partition("://")[0].lower() not in allowed:
        raise UserError(f"a channel's URL begins with one of {', '.join(sorted(allowed))}, then ://")
    service = Apprise.instantiate(url)
    if service is None:
        raise UserError("the channel's URL is not complete: Apprise's documentation shows what its service needs")
    # Whatever options the URL holds.
    service.redirects, service.verify_certificate, service.retry = False, True, 0
    service.socket_connect_timeout = service.socket_read_timeout = TIMEOUT_S
    return service


class _Discreet(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        return not _secret.get()


for name in TALKATIVE:
    logging.getLogger(name).addFilter(_Discreet())


@contextmanager
def _untold() -> Iterator[None]:
    """In here the libraries log nothing: at DEBUG they write out URLs, and what was sent there."""
    before = _secret.set(True)
    try:
        yield
    finally:
        _secret.reset(before)
