"""A mail server that is not there, is slow or breaks off, and what comes of it: both sides real."""

import asyncio
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from threading import Thread
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session

from jobs import daily, deliver
from monitor.delivery import smtp
from monitor.delivery.smtp import Smtp
from monitor.settings import without_environment
from monitor.store.due import due_passes
from monitor.store.status import status
from tests.delivery.mailserver import Inbox, Slow
from tests.jobs.conftest import NOW, SPIKE_YESTERDAY, World
from tests.jobs.post import DAY, HERE, HOUR, MINUTE, reader, served, states, through, write
from tests.sources.scripted_server import nobody_listens


def nowhere() -> Smtp:
    port = int(nobody_listens().rpartition(":")[2])
    return smtp(host=HERE, port=port, security="plain")


def arrived(inbox: Inbox) -> list[EmailMessage]:
    return [message_from_bytes(content, policy=policy.default) for _, content in inbox.arrived]  # type: ignore[misc]


def minutes_until_sent(world: World, most: int = 60) -> int:
    """How many minutes of ticks it takes until nothing waits any more."""
    for minute in range(most):
        deliver.run(world.context, NOW + minute * MINUTE)
        if set(states(world)) == {"sent"}:
            return minute
    raise AssertionError(states(world))


@pytest.mark.parametrize("hours", [1, 25])
def test_mail_waits_for_a_server_that_is_not_there_and_then_tells_of_which_day_it_is(
    world: World, stack: ExitStack, hours: int
) -> None:
    """M1."""
    inbox = Inbox()
    write(world, reader(world).id)
    through(world, nowhere())
    for minute in (0, 1):
        assert deliver.run(world.context, NOW + minute * MINUTE) == 0
    with world.context.database.reading() as db:
        assert "the mail server takes nothing from us" in " ".join(status(db, NOW + MINUTE).needs_a_person)
    served(world, stack, inbox)
    assert deliver.run(world.context, NOW + hours * HOUR) == 1
    [message] = arrived(inbox)
    assert message["Message-ID"] == "<letter-1@example.org>"
    assert ("Computed on Wednesday 30 September" in message.get_content()) is (hours == 25)
    assert "Hello Zoë" in message.get_content()


def test_an_outage_of_two_days_ends_in_a_letter_that_is_given_up_and_shown(world: World, stack: ExitStack) -> None:
    """M1."""
    inbox = Inbox()
    write(world, reader(world).id)
    through(world, nowhere())
    deliver.run(world.context, NOW)
    served(world, stack, inbox)
    assert deliver.run(world.context, NOW + 2 * DAY + MINUTE) == 0
    assert (states(world), inbox.arrived) == (["failed"], [])


class Greylisting(Inbox):
    """Refuses whoever comes earlier than fifteen minutes after the first time."""

    def __init__(self, clock: list[datetime]) -> None:
        super().__init__()
        self.clock = clock
        self.tries: list[datetime] = []

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, _: Any
    ) -> str:
        self.tries.append(self.clock[0])
        waited = self.clock[0] - self.tries[0] >= 15 * MINUTE
        self.rcpt = "250 fine" if waited else "450 4.2.0 greylisted, come again"
        return await super().handle_RCPT(server, session, envelope, address, _)


@pytest.mark.parametrize("jitter", [0.8, 1.0, 1.2])
def test_greylisting_is_sat_out(world: World, stack: ExitStack, jitter: float) -> None:
    """M2."""
    clock = [NOW]
    inbox = Greylisting(clock)
    write(world, reader(world).id)
    served(world, stack, inbox)
    world.context = replace(world.context, jitter=lambda: jitter)
    for second in range(0, 3600, 12):
        clock[0] = NOW + timedelta(seconds=second)
        deliver.run(world.context, clock[0])
    waits = [(after - before) / MINUTE for before, after in zip(inbox.tries, inbox.tries[1:], strict=False)]
    assert waits == pytest.approx([jitter * 1, jitter * 5, jitter * 15], abs=0.2)
    assert (len(inbox.arrived), states(world)) == (1, ["sent"])


def test_a_connection_that_dies_after_the_last_dot_makes_one_copy_with_the_same_id(
    world: World, stack: ExitStack
) -> None:
    """M4."""
    inbox = Inbox(hang_up=1)
    write(world, reader(world).id)
    served(world, stack, inbox)
    assert minutes_until_sent(world) == 1
    assert [message["Message-ID"] for message in arrived(inbox)] == ["<letter-1@example.org>"] * 2


def test_a_slow_server_holds_up_four_mails_and_no_runner(world: World, stack: ExitStack) -> None:
    """M7."""
    slow, ada = Slow(at_once=4), reader(world)
    for number in range(12):
        write(world, ada.id, number)
    secret = world.context.settings.secret_key
    world.context = replace(world.context, settings=without_environment({"secret_key": secret}))
    served(world, stack, slow)
    sending = Thread(target=deliver.run, args=(world.context, NOW))
    sending.start()
    assert slow.full.wait(10)
    person = world.join(world.athlete(SPIKE_YESTERDAY))  # ingest goes on, and reads and writes what it likes
    daily.run(world.context, due_passes(world.context.database, lambda: NOW, world.context.owner, 7), NOW)
    assert len(world.runs(person)) == 19
    slow.go.set()
    sending.join(30)
    assert (slow.most, len(slow.arrived)) == (4, 13)


def test_a_server_that_drips_is_cut_off(world: World, stack: ExitStack) -> None:
    """M7: every byte comes in time, and the mail as a whole does not."""

    class Dripping(Inbox):
        async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
            while server.transport is not None and not server.transport.is_closing():
                await server.push("250-and on")
                await asyncio.sleep(0.01)
            return self.data

    write(world, reader(world).id)
    served(world, stack, Dripping(), timeout_s=5.0, send_s=0.5)
    assert deliver.run(world.context, NOW) == 0
    assert states(world) == ["queued"]
