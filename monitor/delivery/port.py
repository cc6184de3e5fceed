"""The ports through which mail leaves: whoever calls them hands over one message for one person."""

from collections.abc import Callable
from email.message import EmailMessage
from typing import Protocol

Send = Callable[[EmailMessage], None]
Notify = Callable[[str, EmailMessage], None]  # the secret URL of a channel, and what it shall tell


class Line(Protocol):
    """A way out that one sender keeps for several messages."""

    def open(self) -> None:
        """Have everything ready, so that nothing slow stands between a last look and the message."""

    def send(self, message: EmailMessage) -> None:
        """Hand over one message."""

    def close(self) -> None:
        """Say goodbye; the line can be opened again."""


class Bare:
    """The line of a way out that keeps nothing open."""

    def __init__(self, send: Send) -> None:
        self.send = send

    def open(self) -> None:
        pass

    def close(self) -> None:
        pass
