"""Letters that wait in a world's outbox, and the mail server through which they leave."""

from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from monitor.delivery import smtp
from monitor.delivery.smtp import Smtp
from monitor.store.outbox import letters as stored_letters
from monitor.store.outbox import queue_letter
from monitor.store.people import Person, add_runner
from monitor.store.tables import Letter
from tests.delivery.mailserver import mail, running
from tests.jobs.conftest import NOW, World

HERE, MINUTE, HOUR, DAY = "127.0.0.1", timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
BIRTHDAY = datetime(2026, 9, 1, tzinfo=UTC)


def served(world: World, stack: ExitStack, inbox: Any, **given: Any) -> None:
    """From now on letters leave through a mail server that takes them into *inbox*."""
    port = stack.enter_context(running(inbox))
    through(world, smtp(host=HERE, port=port, security="plain", **given))


def through(world: World, way: Smtp) -> None:
    world.context = replace(world.context, send=way)


def reader(world: World, zone: str = "UTC", name: str = "Ada") -> Person:
    with world.context.database.writing() as db:
        return add_runner(db, name, f"{name.lower()}@example.org", zone, None, BIRTHDAY)


def write(world: World, runner_id: int | None, number: int = 1, now: datetime = NOW, to: str = "ada") -> None:
    message = mail(f"<letter-{number}@example.org>")
    message.replace_header("To", f"{to.title()} <{to}@example.org>")
    message["Date"] = now
    with world.context.database.writing() as db:
        queue_letter(db, runner_id, "findings", str(number), message, now, now)


def rows(world: World) -> list[Letter]:
    with world.context.database.reading() as db:
        return list(stored_letters(db))


def states(world: World) -> list[str]:
    return [row.state for row in rows(world)]
