"""The port through which mail leaves: whoever calls it hands over one message for one person."""

from collections.abc import Callable
from email.message import EmailMessage

Send = Callable[[EmailMessage], None]
