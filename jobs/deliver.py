"""Letters out of the outbox: leased, sent, then marked, so that a killed sender loses none."""

import re
from datetime import datetime
from email.utils import parseaddr

import structlog

from jobs.context import Context, fenced, running
from monitor.errors import DeliveryError
from monitor.store.outbox import Leased, lease_letter, mark_failed, mark_sent

log = structlog.get_logger()


def run(context: Context, now: datetime) -> int:
    """Send every letter that is due; returns how many went out."""
    sent, clock = 0, running(context, now)
    while letter := _next(context, clock()):
        with fenced("letter failed", letter=letter.id) as failures:
            sent += send(context, letter, clock())
        if failures:
            with fenced("letter failed", letter=letter.id):
                _put_back(context, letter, failures[0], clock())
    return sent


def send(context: Context, letter: Leased, now: datetime) -> bool:
    """Send one letter. No transaction is open meanwhile; another try carries the same Message-ID."""
    try:
        context.send(letter.message)
    except DeliveryError as error:
        said = _without_address(str(error), letter.recipient)
        given_up = _put_back(context, letter, said, now, permanent=error.permanent)
        log.warning("letter not accepted", letter=letter.id, error=said, given_up=given_up)
        return False
    with context.database.writing() as db:
        mark_sent(db, letter.id, now)
    log.info("letter sent", letter=letter.id)
    return True


def _without_address(said: str, recipient: str) -> str:
    """What a mail server answered; logs name nobody, and servers repeat whom they refuse."""
    return re.sub(re.escape(parseaddr(recipient)[1]), "the recipient", said, flags=re.IGNORECASE)


def _put_back(context: Context, letter: Leased, error: str, now: datetime, *, permanent: bool = False) -> bool:
    with context.database.writing() as db:
        return mark_failed(db, letter, error, now, permanent=permanent)


def _next(context: Context, now: datetime) -> Leased | None:
    with context.database.writing() as db:
        return lease_letter(db, now)
