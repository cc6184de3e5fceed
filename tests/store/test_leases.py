"""T3: what somebody held when the clock was put right, and was killed, is not held until that moment comes again."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlmodel import Session

from monitor.store.circuit import claim_probe, note_down, rests
from monitor.store.claims import Work, claim
from monitor.store.connections import claim_refresh
from monitor.store.database import Database
from monitor.store.due import BY_HAND, DAILY
from monitor.store.heartbeats import beat
from monitor.store.outbox import queue_letter
from monitor.store.sending import lease_letter
from monitor.watch import Part
from tests.delivery.mailserver import mail
from tests.store.made import NOW, TOMORROW, connected

SECOND = timedelta(seconds=1)
Take = Callable[[Session, int, datetime, str], bool]  # whether a process gets hold of what is a runner's, at a moment


def a_pass(db: Session, ann: int, now: datetime, owner: str) -> bool:
    return claim(db, Work(DAILY, str(ann), "2026-11-22"), owner, now) is not None


def a_runner(db: Session, ann: int, now: datetime, owner: str) -> bool:
    """One process claims the pass of the day, another by hand: of both slots there is one at a time."""
    return claim(db, Work(DAILY, str(ann), BY_HAND if owner == "two" else "2026-11-22"), owner, now) is not None


def a_token(db: Session, ann: int, now: datetime, _: str) -> bool:
    return claim_refresh(db, ann, now)


def a_letter(db: Session, _: int, now: datetime, __: str) -> bool:
    return lease_letter(db, now) is not None


def the_lead(db: Session, _: int, now: datetime, owner: str) -> bool:
    return beat(db, Part.WORKER, now, 45 * SECOND, owner) is not None


def a_probe(db: Session, _: int, now: datetime, __: str) -> bool:
    """Whether this process tries the mail server that takes nothing from anybody."""
    return not rests(db, now) and claim_probe(db, now)


every_lease = pytest.mark.parametrize("take", [a_pass, a_runner, a_token, a_letter, the_lead, a_probe])


@pytest.fixture
def things(either: Database, ann: int) -> Database:
    """A runner with tokens and a letter, and a mail server that is down."""
    with either.writing() as db:
        connected(db, ann)
        queue_letter(db, ann, "findings", "1", mail(), NOW, NOW)
        note_down(db, "nobody there", NOW - timedelta(hours=1), 1.0, probe=False)
    return either


def got(database: Database, take: Take, ann: int, now: datetime, owner: str) -> bool:
    with database.writing() as db:
        return take(db, ann, now, owner)


@every_lease
def test_what_was_taken_by_a_clock_that_is_set_back_a_day_is_free(things: Database, ann: int, take: Take) -> None:
    """T3."""
    assert got(things, take, ann, TOMORROW, "one")
    assert got(things, take, ann, NOW, "two")
    assert not got(things, take, ann, NOW + SECOND, "three")


@every_lease
def test_who_waited_for_the_database_takes_nothing_that_was_given_meanwhile(
    things: Database, ann: int, take: Take
) -> None:
    """I8: its moment was read before that of the other, whose lease is no longer than it may be."""
    assert got(things, take, ann, NOW + 10 * SECOND, "one")
    assert not got(things, take, ann, NOW, "two")
