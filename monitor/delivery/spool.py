"""A folder of .eml files: the way out without a mail server, and what the demo shows."""

import hashlib
import os
import re
from contextlib import suppress
from email.message import EmailMessage, Message
from email.parser import BytesParser
from email.policy import SMTP
from pathlib import Path
from tempfile import NamedTemporaryFile

from monitor.delivery.port import Send
from monitor.errors import DeliveryError


def spool(folder: Path) -> Send:
    """Writes each message whole or not at all; a message sent again replaces its own file.

    The files are for their owner's eyes only: they tell about a person's body.
    """

    def send(message: EmailMessage) -> None:
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            _write(folder / file_name(message), message.as_bytes(policy=SMTP))
        except OSError as error:
            raise DeliveryError(f"Cannot write mail into {folder}: {error.strerror or error}") from error

    return send


def remove_mails(folder: Path, to: str, but: str) -> int:
    """Take out every message to *to* (name and address as its header has them), but the one with that Message-ID.

    Half-written ones too; returns how many went.
    """
    files = [file for pattern in ("*.eml", ".*.tmp") for file in folder.glob(pattern)]
    theirs = [file for file in files if (head := _head(file)) and head["To"] == to and head["Message-ID"] != but]
    for file in theirs:
        file.unlink(missing_ok=True)
    return len(theirs)


def remove_mail(folder: Path, message_id: str) -> None:
    """Take out the message with this id, where it is there."""
    (folder / file_name_of(message_id)).unlink(missing_ok=True)


def file_name(message: EmailMessage) -> str:
    """A readable name made from the Message-ID, and from nothing else."""
    return file_name_of(str(message["Message-ID"]))


def file_name_of(message_id: str) -> str:
    readable = re.sub(r"[^A-Za-z0-9@_-]+", "-", message_id).strip("-")[:80]
    return f"{readable}.{hashlib.sha256(message_id.encode()).hexdigest()[:8]}.eml"


def _head(file: Path) -> Message | None:
    """None where another process took the file meanwhile."""
    with suppress(FileNotFoundError), file.open("rb") as opened:
        return BytesParser(policy=SMTP).parse(opened, headersonly=True)
    return None


def _write(target: Path, content: bytes) -> None:
    with NamedTemporaryFile(dir=target.parent, prefix=".", suffix=".tmp", delete=False) as file:
        try:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
            Path(file.name).replace(target)
        except OSError:
            Path(file.name).unlink(missing_ok=True)
            raise
