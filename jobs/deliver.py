"""Letters out of the outbox: leased, sent, then marked, so that a killed sender loses none."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import datetime
from email.utils import parseaddr

import structlog

from jobs.context import Context, fenced, running
from monitor.alerts.waited import as_of
from monitor.delivery import Line, line_of
from monitor.errors import DeliveryError
from monitor.store.channels import channel_url
from monitor.store.circuit import circuit
from monitor.store.sending import Leased, cancel, lease_letter, mark_failed, mark_sent, may_leave, waiting

log = structlog.get_logger()
Clock = Callable[[], datetime]


def run(context: Context, now: datetime) -> int:
    """Send every letter that is due; returns how many went out.

    While the mail server takes nothing one letter tries for all, and the others follow where it got through.
    """
    sent, clock = 0, running(context, now)
    while True:
        probing = _is_out(context)
        sent += _by_many_hands(context, clock, probing=probing)
        if not probing or _is_out(context):
            return sent


def _by_many_hands(context: Context, clock: Clock, *, probing: bool) -> int:
    """Several letters at once, so that a slow mail server holds up a few and not all."""
    with context.database.reading() as db:
        hands = min(context.settings.mail.senders, waiting(db, clock()))
    if not hands:
        return 0
    with ThreadPoolExecutor(hands, thread_name_prefix="sender") as pool:
        return sum(pool.map(lambda _: _by_hand(context, clock, probing=probing), range(hands)))


def _by_hand(context: Context, clock: Clock, *, probing: bool) -> int:
    """One letter after the other over one line, until none is due."""
    sent = 0
    with closing(line_of(context.send)) as line:
        while letter := _next(context, clock()):
            with fenced("letter failed", letter=letter.id) as failures:
                sent += send(context, line, letter, clock)
            if failures:
                with fenced("letter failed", letter=letter.id):
                    _put_back(context, letter, DeliveryError(failures[0]), clock())
            if probing and letter.channel_id is None:
                break
    return sent


def send(context: Context, line: Line, letter: Leased, clock: Clock) -> bool:
    """Send one letter. No transaction is open meanwhile; another try carries the same Message-ID."""
    try:
        if not _left(context, line, letter, clock()):
            return False
    except DeliveryError as error:
        given_up = _put_back(context, letter, error, clock())
        said = _without_address(str(error), letter.recipient)
        log.warning("letter not accepted", letter=letter.id, error=said, given_up=given_up)
        return False
    with context.database.writing() as db:
        mark_sent(db, letter.id, clock())
    log.info("letter sent", letter=letter.id)
    return True


def _left(context: Context, line: Line, letter: Leased, now: datetime) -> bool:
    """Hand the letter over; False where its consent was withdrawn while the line was being opened."""
    message = as_of(letter.message, now)
    if letter.channel_id is None:
        line.open()
        if _is_wanted(context, letter):
            line.send(message)
            return True
    elif _is_wanted(context, letter):
        with context.database.reading() as db:
            url = channel_url(db, context.keys, letter.channel_id)
        context.notify(url, message)
        return True
    return False


def _is_wanted(context: Context, letter: Leased) -> bool:
    """The last look before a letter leaves."""
    with context.database.reading() as db:
        if may_leave(db, letter.id):
            return True
    with context.database.writing() as db:
        cancel(db, letter.id)
    log.info("letter cancelled", letter=letter.id)
    return False


def _without_address(said: str, recipient: str) -> str:
    """What a mail server answered; logs name nobody, and servers repeat whom they refuse."""
    address = parseaddr(recipient)[1]
    return re.sub(re.escape(address), "the recipient", said, flags=re.IGNORECASE) if "@" in address else said


def _put_back(context: Context, letter: Leased, error: DeliveryError, now: datetime) -> bool:
    said = _without_address(str(error), letter.recipient)
    how = {"permanent": error.permanent, "app_wide": error.app_wide}
    with context.database.writing() as db:
        return mark_failed(db, letter, said, now, jitter=context.jitter(), **how)


def _is_out(context: Context) -> bool:
    with context.database.reading() as db:
        return circuit(db) is not None


def _next(context: Context, now: datetime) -> Leased | None:
    mail = context.settings.mail
    with context.database.writing() as db:
        return lease_letter(db, now, (mail.quiet_from, mail.quiet_until))
