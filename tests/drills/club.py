"""A club whose product is killed and goes on, and its whole store, to be compared."""

from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlmodel import SQLModel

from jobs.start import start
from monitor.sandbox import Athlete, Sandbox, serving
from monitor.sandbox.plan import repetitions
from monitor.settings import Settings, without_environment
from monitor.store.database import Database
from monitor.store.people import Person
from monitor.store.subscription import keep_subscription
from tests.delivery.mailserver import Inbox, running
from tests.drills.killed import WORK, ended
from tests.jobs.conftest import NOW, SPIKE_YESTERDAY, TODAY, World

CONSENTED = NOW - timedelta(hours=7)  # so that the pass begins with a refresh
LATER = NOW + timedelta(minutes=11)  # every lease has run out
SECRET = "a secret of at least thirty-two characters"

# What may differ after a kill: who held what until when, how often something was tried, and the moments of that.
MAY_DIFFER = {
    "runner": {"changes"},  # it only grows: a page is made anew once more
    "connection": {"access_sealed", "refresh_sealed", "claimed_until"},
    "budget": {"quarter_used", "day_used"},
    "exposure": {"read_at"},
    "letter": {"message", "decided_at", "due_at", "sent_at", "attempts"},
    "notice": {"decided_at"},
    "job_run": {"owner", "attempt", "lease_until"},
    "strava_event": {"received_at", "due_at"},
}
Store = dict[str, list[dict[str, Any]]]


@dataclass
class Drill:
    """A club with one runner, Ada; its Strava and its mail server outlive the process that is killed."""

    given: dict[str, Any]
    sandbox: Sandbox
    inbox: Inbox
    world: World = field(init=False)
    athlete: Athlete = field(init=False)
    person: Person = field(init=False)

    def __post_init__(self) -> None:
        self.sandbox.now = lambda: CONSENTED
        self.world = World(self.sandbox, start(self.settings, lambda: CONSENTED))
        self.athlete = self.world.athlete(SPIKE_YESTERDAY)
        self.athlete.record(TODAY - timedelta(days=4, hours=-17), repetitions(8_000, count=6, length_m=400, effort=2.0))
        self.person = self.world.join(self.athlete, CONSENTED)
        with self.world.context.database.writing() as db:
            keep_subscription(db, 9, "https://club.example", CONSENTED)

    @property
    def settings(self) -> Settings:
        return without_environment(self.given)

    def child(self, work: str, end: str | tuple[int, Path] | None = None) -> int | None:
        """How a process ends that does the *work* at NOW, killed at its *end* where one is named."""
        self.sandbox.now = lambda: NOW
        return ended(work, self.given, NOW, end)

    def go_on(self, work: str, now: datetime = LATER) -> None:
        """The same work by a process that nobody kills."""
        self.sandbox.now = lambda: now
        WORK[work](self.settings, now)

    def refreshes(self) -> list[int]:
        return [asked.status for asked in self.sandbox.requests if asked.path == "/oauth/token"][1:]  # without consent

    @property
    def arrived(self) -> list[str]:
        return [str(message_from_bytes(content)["Message-ID"]) for _, content in self.inbox.arrived]


def drill(folder: Path, stack: ExitStack, url: str = "") -> Drill:
    """The club, its database in that *folder* or at *url*."""
    sandbox, inbox = Sandbox([], lambda: CONSENTED), Inbox()
    strava = {"client_id": sandbox.client_id, "client_secret": sandbox.client_secret}
    given = {
        "secret_key": SECRET,
        "database": {"url": url or f"sqlite:///{folder / 'hamwatch.db'}"},
        "strava": strava | {"base_url": stack.enter_context(serving(sandbox))},
        "mail": {"host": "127.0.0.1", "port": stack.enter_context(running(inbox)), "security": "plain"},
    }
    made = Drill(given, sandbox, inbox)
    stack.callback(made.world.context.database.close)
    return made


def stored(database: Database) -> Store:
    """Every row of every table, without what may differ; of a mail, which one it is and what it is about."""
    with database.reading() as db:
        tables = {
            table.name: db.execute(sa.select(table).order_by(*table.primary_key)).mappings().all()
            for table in SQLModel.metadata.sorted_tables
        }
    return {name: [_compared(name, dict(row)) for row in rows] for name, rows in tables.items()}


def _compared(table: str, row: dict[str, Any]) -> dict[str, Any]:
    kept = {name: value for name, value in row.items() if name not in MAY_DIFFER.get(table, ())}
    if table == "letter":
        mail = message_from_bytes(row["message"], policy=policy.SMTP)
        kept["mail"] = mail["Message-ID"], mail["Subject"]
    return kept
