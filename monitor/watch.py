"""Which part of Hamwatch is late, and what is said of it. What each part showed last comes from store/heartbeats.py."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

NOT_BEFORE = datetime(2026, 9, 1, tzinfo=UTC)  # Hamwatch did not exist then: a clock that says so is wrong
PASS_LATE = timedelta(hours=26)
SENDER_LATE = timedelta(minutes=15)
COPY_LATE = timedelta(hours=50)


class Part(StrEnum):
    """What runs by itself. Worker and web are the two halves; the others are what the worker does."""

    WORKER = "worker"
    WEB = "web"
    PASSES = "passes"
    SENDER = "sender"
    COPIES = "copies"


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is told of a part that is late: on pages what it *says*, in the mail to the operator the rest too."""

    says: str  # of the moment up to which all was well
    subject: str
    next_steps: tuple[str, ...]


RETIRED = "Where it was stopped for good, hamwatch status --forget {part} ends these mails."
TROUBLES = {
    Part.WORKER: Trouble(
        "Hamwatch has read no training and sent no mail since {since}: what you see may be old.",
        "Hamwatch's worker has stopped",
        (
            "Look whether the process `hamwatch worker`, or `hamwatch run`, is there; start it, and it makes up for"
            " what was missed.",
            "Where it stopped by itself, the last lines of its log say why.",
            RETIRED.format(part=Part.WORKER),
        ),
    ),
    Part.WEB: Trouble(
        "The pages have given no sign of life since {since}.",
        "Hamwatch's pages have stopped",
        (
            "Look whether the process `hamwatch web`, or `hamwatch run`, is there, and start it.",
            RETIRED.format(part=Part.WEB),
        ),
    ),
    Part.PASSES: Trouble(
        "The daily pass has not run since {since}: what you see may be old.",
        "Hamwatch's daily pass is late",
        ("hamwatch status tells what the passes wait for, and the log why they failed.",),
    ),
    Part.SENDER: Trouble(
        "Mail that was due on {since} has not left yet.",
        "Hamwatch's mail is late",
        ("hamwatch status tells how many letters wait, and the log why they were not sent.",),
    ),
    Part.COPIES: Trouble(
        "The database has not been copied since {since}.",
        "Hamwatch's database is not being copied",
        (
            "The log says why: most likely the disk is full, or the folder database.backups cannot be written.",
            RETIRED.format(part=Part.COPIES),
        ),
    ),
}


@dataclass(frozen=True, slots=True)
class Signs:
    """What was seen last of each part; None where nothing is expected of it."""

    worker: datetime | None = None
    web: datetime | None = None
    last_pass: datetime | None = None  # or since when there has been somebody to look after
    oldest_due: datetime | None = None  # when the letter was due that nobody has tried to send since
    last_copy: datetime | None = None


@dataclass(frozen=True, slots=True)
class Late:
    """A part that is late, *since* the moment up to which all was well."""

    part: Part
    since: datetime
    says: str


def late(signs: Signs, dead_after: timedelta, now: datetime) -> tuple[Late, ...]:
    """What is late at *now*. A half is when it gave no sign for longer than *dead_after*."""
    expected = (
        (Part.WORKER, signs.worker, dead_after),
        (Part.WEB, signs.web, dead_after),
        (Part.PASSES, signs.last_pass, PASS_LATE),
        (Part.SENDER, signs.oldest_due, SENDER_LATE),
        (Part.COPIES, signs.last_copy, COPY_LATE),
    )
    return tuple(Late(part, seen, _says(part, seen)) for part, seen, after in expected if seen and now - seen > after)


def to_tell(found: Sequence[Late], awake_since: datetime, mail_after: timedelta, now: datetime) -> tuple[Late, ...]:
    """Of what is late, what the operator is mailed about by a half that has itself been *awake_since* then.

    Who has only just begun waits as long for the others: after a power cut all start together.
    """
    return tuple(each for each in found if now - max(each.since, awake_since) >= mail_after)


def clock_is_wrong(now: datetime) -> bool:
    """Whether *now* cannot be: a machine without a battery wakes in 1970."""
    return now < NOT_BEFORE


def _says(part: Part, since: datetime) -> str:
    utc = since.astimezone(UTC)
    return TROUBLES[part].says.format(since=f"{utc:%a} {utc.day} {utc:%b %Y, %H:%M} UTC")
