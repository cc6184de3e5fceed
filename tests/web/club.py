"""A running club in a real database: one runner for each thing a page must be able to say."""

import atexit
import shutil
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from fastapi import FastAPI
from starlette.testclient import TestClient

from monitor.model import Activity, Flag, Origin
from monitor.rules import RULES
from monitor.rules.assessing import assessed
from monitor.settings import without_environment
from monitor.store.activities import extend_coverage, write_activities
from monitor.store.consents import Subject, give, team_wording
from monitor.store.database import Database, open_database
from monitor.store.findings import save_findings
from monitor.store.migrate import open_current
from monitor.store.people import add_runner
from monitor.store.training import training_log
from monitor.web.app import create_app
from tests.builders import activities
from tests.web.visiting import visiting

BASE_URL = "http://127.0.0.1:8000"
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)  # a Sunday
TODAY = date(2026, 11, 22)
SCRIPT = "<script>alert(1)</script>"
IMAGE = '"><img src=x onerror=alert(2)>'
HABIT = "8 - 8 - 6 10 -"
LOGS = {
    "Alice": f"{' '.join([HABIT] * 12)} 8 - 8 - 6 22.5 -",  # STRONG: more than twice her longest run
    "Bob": f"{' '.join([HABIT] * 12)} 8 - 8 - 6 14 -",  # CAUTION
    "Carla": f"{' '.join([HABIT] * 12)} 8 - 8 - 6 11.5 -",  # WATCH
    "Dan": " ".join([HABIT] * 12),  # OK
    "Eve": "5 - 5 - 5 - 5",  # CANNOT SAY: a week of history
    SCRIPT: " ".join([HABIT] * 8),
}


def empty_club(folder: Path) -> Database:
    """A database with nobody in it, made once in a process and copied."""
    return open_database(f"sqlite:///{shutil.copy(_empty_file(), folder / 'club.db')}")


@cache
def _empty_file() -> Path:
    file = Path(mkdtemp(prefix="hamwatch-club-")) / "club.db"
    open_current(f"sqlite:///{file}").close()
    atexit.register(shutil.rmtree, file.parent)
    return file


def full_club(folder: Path) -> Database:
    """Team "Harriers" with the runners of `LOGS` and Fay, who has no run; team "Other" with Gus."""
    database = empty_club(folder)
    for name, log in LOGS.items():
        runs = activities(log, TODAY - timedelta(days=len(log.split()) - 1), origin=Origin.RECORDING)
        add(database, name, runs)
    add(database, "Fay", [])
    add(database, "Gus", remarkable_runs(), team="Other")
    return database


def remarkable_runs() -> list[Activity]:
    """Eight weeks from Strava: a hostile name, a treadmill, a run recorded twice."""
    given: dict[str, Any] = {"origin": Origin.STRAVA, "flags": frozenset({Flag.TREADMILL})}
    runs = activities(" ".join([HABIT] * 8), TODAY - timedelta(days=55), origin=Origin.STRAVA)
    hostile = activities("7", TODAY, name=IMAGE, origin_id="77", **given)
    copy = activities("7", TODAY, name="Morning Run", origin_id="78", **given)
    return [*runs, *hostile, *copy]


def add(
    database: Database, name: str, runs: list[Activity], team: str = "Harriers", told: Sequence[date] = (TODAY,)
) -> int:
    """A runner with these runs, known from the first of each origin to the last or to the days *told*, and assessed.

    They have agreed that their coaches see them, runs from Strava included where the operator shares those.
    """
    with database.writing() as db:
        runner_id = add_runner(db, name, "runner@example.org", "Europe/Paris", team, NOW).id
        write_activities(db, runner_id, runs, NOW)
        for origin in {run.origin for run in runs}:
            extend_coverage(db, runner_id, origin, [*(run.day for run in runs if run.origin is origin), *told])
        give(db, runner_id, Subject.TEAM, team_wording(strava_is_shared=True), NOW)
        log = training_log(db, runner_id)
        save_findings(db, runner_id, date.min, TODAY, assessed(log, RULES, date(2026, 1, 1), TODAY))
    return runner_id


def app_of(database: Database, secrets: tuple[str, ...] = (), **settings: Any) -> FastAPI:
    return create_app(database.reading, database.commits, RULES, lambda: NOW, without_environment(settings), secrets)


def ask(database: Database, **settings: Any) -> TestClient:
    """The pages over *database*, in a browser that sends forms from them; redirects are answers."""
    return browser_of(app_of(database, **settings))


def browser_of(app: FastAPI, base_url: str = BASE_URL) -> TestClient:
    return visiting(app, base_url=base_url, follow_redirects=False, headers={"Sec-Fetch-Site": "same-origin"})
