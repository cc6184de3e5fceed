"""Where finished mail goes: to a mail server, or into a folder where there is none; and to other channels.

A `Send` takes one message and returns when it was accepted; `DeliveryError` tells whether another try makes sense.
Mail is sent at least once: whoever sends again keeps the Message-ID.

smtp.py       a mail server, never without encryption outside this machine · smtp_answers.py what it says to us
spool.py      a folder of .eml files, which any mail program opens
channels.py   chat and push services through Apprise · pinned.py that they are public ones
ping.py       a sign to somebody outside that all is well
timely.py     conversations that end in time, however their other end drips
port.py       what these have in common
"""

from pathlib import Path

from monitor.delivery.port import Bare, Line, Notify, Send
from monitor.delivery.smtp import Smtp, smtp
from monitor.delivery.spool import spool

__all__ = ["Line", "Notify", "Send", "line_of", "sender", "smtp", "spool"]


def sender(
    *, host: str | None, port: int, security: str, username: str | None, password: str | None, spool_folder: Path
) -> Send:
    """The way out that the settings name: the mail server *host*, or *spool_folder* where there is none."""
    if not host:
        return spool(spool_folder)
    return smtp(host=host, port=port, security=security, username=username, password=password)


def line_of(send: Send) -> Line:
    """A line of this way out, for one sender alone."""
    return send.line() if isinstance(send, Smtp) else Bare(send)
