"""The command line as a user runs it: in an empty folder, on a Sunday morning in November."""

import json
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import structlog
import time_machine

from monitor.cli import main
from monitor.model import Origin
from monitor.store.activities import extend_coverage, write_activities
from monitor.store.database import Database
from monitor.store.people import add_runner
from tests.builders import activities

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
TODAY = NOW.date()


@dataclass(frozen=True)
class Answer:
    """What a command gave back."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def complaint(self) -> str:
        """The one clear line of a command that failed, and wrote nothing else."""
        assert (self.code, self.out, self.err.count("\n")) == (1, "", 1), self
        assert self.err.startswith("hamwatch: ")
        assert "Traceback" not in self.err
        return self.err.removeprefix("hamwatch: ").rstrip("\n")


Hamwatch = Callable[..., Answer]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which commands run; the settings are the defaults, the database is `hamwatch.db` in it."""
    for name in [name for name in os.environ if name.startswith("HAMWATCH_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def hamwatch(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Hamwatch]:
    """Runs a command: the words of a line, and further words that may hold blanks."""

    def run(line: str, *words: object, now: datetime = NOW) -> Answer:
        monkeypatch.setattr(sys, "argv", ["hamwatch", *line.split(), *map(str, words)])
        capsys.readouterr()
        with time_machine.travel(now, tick=False), pytest.raises(SystemExit) as ended:
            main()
        told = capsys.readouterr()
        return Answer(int(ended.value.code or 0), told.out, told.err)

    yield run
    structlog.reset_defaults()  # a command points the log at its own stderr


@pytest.fixture
def runner_with(folder: Path, database: Database) -> Callable[[str], int]:
    """Adds a runner with files only, whose training log ends today; gives the id."""

    def add(log: str) -> int:
        runs = activities(log, TODAY - timedelta(days=len(log.split()) - 1), origin=Origin.EXPORT)
        with database.writing() as db:
            runner_id = add_runner(db, "Ann", "ann@example.org", "Europe/Paris", None, NOW).id
            write_activities(db, runner_id, runs, NOW)
            extend_coverage(db, runner_id, Origin.EXPORT, [*(run.day for run in runs), TODAY])
        return runner_id

    return add
