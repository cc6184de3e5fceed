"""W1: thirty times one half is killed, and thirty times the other tells, within the times that are set."""

import os
import socket
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from multiprocessing.process import BaseProcess
from pathlib import Path
from threading import Event
from typing import Any

import pytest
import requests

from jobs.start import start
from monitor.settings import without_environment
from monitor.store.database import Database
from monitor.store.heartbeats import beats
from monitor.store.status import status
from monitor.watch import Part
from tests.delivery.knocking import Door, door, trusted
from tests.delivery.mailserver import Inbox, running
from tests.drills import halves

__all__ = ["door", "trusted"]

pytestmark = pytest.mark.drill

TRIALS = 15
WATCH = {"beat_s": 0.4, "dead_after_s": 1.5, "mail_after_s": 2.5}
BANNER = "Hamwatch has read no training and sent no mail since"
SECRET = "a secret of at least thirty-two characters"
LOOK_S = 0.05
PATIENCE_S = 60


@dataclass
class Machine:
    """Database, mail server and the address that is pinged outlive both halves."""

    given: dict[str, Any]
    inbox: Inbox
    door: Door
    listening: socket.socket
    database: Database = field(init=False)
    halves: dict[Part, BaseProcess] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.database = start(without_environment(self.given), halves.clock).database

    def begin(self, half: Part) -> None:
        work, also = (halves.web, self.listening) if half is Part.WEB else (halves.worker, os.environ["SSL_CERT_FILE"])
        self.halves[half] = halves.born(work, self.given, also)

    def ask(self, path: str) -> requests.Response:
        port = self.listening.getsockname()[1]
        return requests.get(f"http://127.0.0.1:{port}{path}", timeout=30)

    def last_sign(self, half: Part) -> datetime | None:
        with self.database.reading() as db:
            return beats(db).get(half)

    def mails(self) -> list[Any]:
        return [message_from_bytes(content, policy=policy.SMTP) for _, content in self.inbox.arrived]

    def is_well(self) -> bool:
        return self.ask("/healthz/deep").status_code == 200


@pytest.fixture
def machine(tmp_path: Path, door: Door) -> Iterator[Machine]:
    inbox = Inbox()
    with running(inbox) as port, closing(socket.create_server(("127.0.0.1", 0))) as listening:
        given = {
            "secret_key": SECRET,
            "database": {"url": f"sqlite:///{tmp_path / 'hamwatch.db'}", "backups": tmp_path / "backups"},
            "mail": {"host": "127.0.0.1", "port": port, "security": "plain", "operator": "olga@example.org"},
            "schedule": {"tick_s": 1},
            "watch": WATCH | {"ping_url": door.url},
            "log": {"level": "ERROR"},
        }
        made = Machine(given, inbox, door, listening)
        try:
            yield made
        finally:
            for process in made.halves.values():
                halves.kill(process)
            made.database.close()


def awaited(condition: Callable[[], Any], what: str) -> Any:
    """What *condition* gives as soon as that is something; the pause between two looks decides nothing."""
    pause, begun = Event(), datetime.now(UTC)
    while not (found := condition()):
        assert (datetime.now(UTC) - begun).total_seconds() < PATIENCE_S, f"waited in vain until {what}"
        pause.wait(LOOK_S)
    return found


def since(then: datetime) -> float:
    return (datetime.now(UTC) - then).total_seconds()


@dataclass
class Trial:
    """One life and death of a half, and what the other told of it."""

    machine: Machine
    half: Part
    shown: Callable[[], Any]  # where it first shows that the half is dead

    def __post_init__(self) -> None:
        machine = self.machine
        machine.begin(self.half)
        awaited(machine.is_well, "all is well")
        heard, mailed = len(machine.door.heard), len(machine.mails())
        awaited(lambda: len(machine.door.heard) > heard, "the outside is pinged")
        halves.kill(machine.halves[self.half])
        killed = datetime.now(UTC)
        awaited(self.shown, "it shows")
        self.shown_after = since(killed)
        other = Part.SENDER if self.half is Part.WEB else Part.WEB
        shown = datetime.now(UTC)
        awaited(lambda: (machine.last_sign(other) or killed) > shown, "no ping is on its way")
        heard = len(machine.door.heard)
        awaited(lambda: len(machine.mails()) > mailed, "the operator is mailed")
        self.mailed_after = since(killed)
        self.mails = [str(mail["Subject"]) for mail in machine.mails()[mailed:]]
        self.pings = len(machine.door.heard) - heard

    def __str__(self) -> str:
        return f"{self.half}: shown {self.shown_after:.2f} s, mailed {self.mailed_after:.2f} s after its death; silence"


def test_a_worker_that_is_killed_shows_on_every_page_and_is_mailed_about(machine: Machine) -> None:
    """W1."""
    machine.begin(Part.WEB)

    def banner() -> bool:
        return BANNER in machine.ask("/about").text

    for n in range(1, TRIALS + 1):
        trial = Trial(machine, Part.WORKER, banner)
        answer = machine.ask("/healthz/deep")
        assert answer.status_code == 503
        assert [late["part"] for late in answer.json()["late"]] == ["worker"]
        assert trial.mails == ["Hamwatch's worker has stopped"]
        assert trial.pings == 0
        print(n, trial, "503")


def test_pages_that_are_killed_are_mailed_about_and_the_ping_falls_silent(machine: Machine) -> None:
    """W1."""
    machine.begin(Part.WORKER)

    def stands() -> tuple[Part, ...]:
        with machine.database.reading() as db:
            found = status(db, datetime.now(UTC), timedelta(seconds=WATCH["dead_after_s"]))
        return tuple(each.part for each in found.late)

    for n in range(1, TRIALS + 1):
        trial = Trial(machine, Part.WEB, stands)
        assert stands() == (Part.WEB,)
        assert trial.mails == ["Hamwatch's pages have stopped"]
        assert trial.pings == 0
        print(n, trial)
