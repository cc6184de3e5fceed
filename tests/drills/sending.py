"""Thousands of letters, a mail server that fails in every way, and a sender that is killed again and again.

The whole of it: `python -m tests.drills.sending [letters] [kills] [senders]`; the drill is a tenth.
"""

import asyncio
import multiprocessing
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from time import monotonic
from typing import Any

import sqlalchemy as sa
from aiosmtpd.smtp import SMTP, Envelope, Session
from sqlmodel import col, select

from jobs import deliver
from jobs.start import start
from monitor.cli.logs import show_logs
from monitor.settings import without_environment
from monitor.settings.sections import LogSettings
from monitor.store.database import Database
from monitor.store.migrate import open_current
from monitor.store.outbox import queue_letter
from monitor.store.people import add_runner
from monitor.store.sending import LEASE
from monitor.store.tables import Letter
from tests.delivery.mailserver import MailServer, mail

DECIDED = datetime(2026, 11, 22, 7, tzinfo=UTC)
FAULTY = 0.3
FAULTS = ("421", "451", "cut", "hang up", "slow")
SLOW_S = 0.05
PROCESSES = multiprocessing.get_context("forkserver")


@dataclass
class Ledger:
    """What the mail server saw: *accepted* Message-IDs in their order, *faults* by kind."""

    letters: int
    senders: int
    kills: int = 0
    accepted: list[str] = field(default_factory=list)
    faults: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
    states: dict[str, int] = field(default_factory=dict)

    @property
    def unique(self) -> int:
        return len(set(self.accepted))

    @property
    def duplicates(self) -> int:
        return len(self.accepted) - self.unique

    def note(self, kind: str, told: str) -> None:
        if kind == "accepted":
            self.accepted.append(told)
        else:
            self.faults[told] += 1

    def __str__(self) -> str:
        faults = ", ".join(f"{count} {kind}" for kind, count in sorted(self.faults.items()))
        return (
            f"{self.letters} letters, {self.senders} senders, {self.kills} kills, faults: {faults}\n"
            f"accepted {len(self.accepted)}, unique {self.unique}, duplicates {self.duplicates}, "
            f"states {self.states}, {self.seconds:.0f} s"
        )


class Faulty:
    """A mail server's handler that fails three times in ten, by seeded chance, and tells all it does."""

    def __init__(self, told: "Connection[Any, Any]", seed: int) -> None:
        self.told, self.chance = told, random.Random(seed)

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        session.fault = self.chance.choice(FAULTS) if self.chance.random() < FAULTY else ""
        if session.fault:
            self.told.send(("fault", session.fault))
        if session.fault == "421":
            return "421 4.3.2 closing"
        envelope.mail_from = address
        return "250 fine"

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if session.fault == "hang up":
            _hang_up(server)
        envelope.rcpt_tos.append(address)
        return "250 fine"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if session.fault == "451":
            return "451 4.3.0 local error"
        if session.fault == "slow":
            await asyncio.sleep(SLOW_S)
        assert isinstance(envelope.content, bytes)
        self.told.send(("accepted", str(message_from_bytes(envelope.content)["Message-ID"])))
        if session.fault == "cut":
            _hang_up(server)
        return "250 accepted"


def _hang_up(server: SMTP) -> None:
    assert server.transport is not None
    server.transport.abort()


def serve(told: "Connection[Any, Any]", seed: int) -> None:
    """The mail server's process: its port first, then all that happens, until the pipe is closed."""
    server = MailServer(Faulty(told, seed), hostname="127.0.0.1", port=0)
    server.start()
    told.send(("port", server.port))
    told.recv()
    server.stop()


def send(given: dict[str, Any], now: datetime) -> None:
    """The sender's process: everything that is due."""
    show_logs(LogSettings(level="ERROR"))
    context = start(without_environment(given), lambda: now)
    deliver.run(context, now)
    context.database.close()


@contextmanager
def sink(seed: int) -> Iterator["tuple[int, Connection[Any, Any]]"]:
    """Port and ledger pipe of a mail server in its own process."""
    ours, theirs = PROCESSES.Pipe()
    process = PROCESSES.Process(target=serve, args=(theirs, seed))
    process.start()
    _, port = ours.recv()
    yield port, ours
    ours.send("end")
    process.join(30)


def run(folder: Path, letters: int, kills: int, senders: int, seed: int = 20_261_127) -> Ledger:
    """Until every letter was sent or given up; the sender is killed *kills* times, at moments spread over the run."""
    PROCESSES.set_forkserver_preload([__name__, "monitor.sources.strava_transport", "alembic.command"])
    ledger, chance, began, now = Ledger(letters, senders), random.Random(seed), monotonic(), DECIDED
    url = f"sqlite:///{folder / 'hamwatch.db'}"
    database = open_current(url)
    queue(database, letters)
    with sink(seed) as (port, told):
        way = {"host": "127.0.0.1", "port": port, "security": "plain", "senders": senders}
        night = {"quiet_from": 0, "quiet_until": 0}
        given = {"secret_key": "a secret of at least 32 characters", "database": {"url": url}, "mail": way | night}
        while (due := all_due(database)) is not None:
            now = max(now, due)
            sender = PROCESSES.Process(target=send, args=(given, now))
            sender.start()
            # A message in ten is told of at least three times: its fault, its acceptance, its copy.
            last = chance.randint(1, max(2 * letters // kills, 2)) if ledger.kills < kills else sys.maxsize
            if follow(ledger, told, sender, last):
                ledger.kills += 1
                now += LEASE + timedelta(seconds=1)
    ledger.seconds, ledger.states = monotonic() - began, states(database)
    database.close()
    return ledger


def follow(ledger: Ledger, told: "Connection[Any, Any]", sender: BaseProcess, last: int) -> bool:
    """Write down what is told; after the *last* thing the sender is killed. Whether it was."""
    while told in (ready := wait([told, sender.sentinel])) or not ready:
        ledger.note(*told.recv())
        last -= 1
        if last == 0:
            sender.kill()
    sender.join()
    while told.poll(0.05):  # what the server did while its client died
        ledger.note(*told.recv())
    return last <= 0


def queue(database: Database, letters: int, now: datetime = DECIDED) -> None:
    with database.writing() as db:
        runner = add_runner(db, "Ada", "ada@example.org", "UTC", None, now)
        for number in range(letters):
            message = mail(f"<alert-{number}@example.org>")
            queue_letter(db, runner.id, "findings", str(number), message, now, now)


def all_due(database: Database) -> datetime | None:
    """When all that waits is due; None where every letter has come to its end."""
    with database.reading() as db:
        queued = db.exec(select(sa.func.max(Letter.due_at)).where(Letter.state == "queued")).one()
        leased = db.exec(select(sa.func.max(Letter.lease_until)).where(Letter.state == "sending")).one()
    moments = [moment for moment in (queued, leased and leased + timedelta(seconds=1)) if moment]
    return max(moments, default=None)


def states(database: Database) -> dict[str, int]:
    with database.reading() as db:
        return dict(Counter(db.exec(select(col(Letter.state))).all()))


if __name__ == "__main__":
    given = [int(word) for word in sys.argv[1:]]
    numbers = [*given, *(10_000, 200, 4)[len(given) :]]
    with tempfile.TemporaryDirectory() as made:
        print(run(Path(made), *numbers))
