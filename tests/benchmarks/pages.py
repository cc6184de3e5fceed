"""How long a team board takes, beside the least that the same server can answer: `python -m tests.benchmarks.pages`.

One real server, asked by a coach who is signed in; the boards and the empty answer take turns, so that other work on
the machine meets all alike. Each board is drawn once a minute of its clock, from rows that are kept, and then answered
as it was sent ("stored").

Measured on two quiet cores, 95th percentile of 200 rounds, times the empty answer (2.8 to 3.4 ms), three times: 50 rows
drawn 3.7 to 4.3, stored 1.3 to 1.4; 500 rows drawn 13 to 16, stored 1.4 to 1.5; 10.9 and 76.2 kB compressed. The first
look takes 1.3 s and 4 s. Half of the runners are connected to Strava, the others have files only.
"""

import tempfile
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

import requests
from fastapi import FastAPI, Response

from monitor.model import Origin
from monitor.rules import RULES
from monitor.settings import without_environment
from monitor.store.activities import extend_coverage, write_activities
from monitor.store.coaches import add_coach
from monitor.store.consents import Subject, give, team_wording
from monitor.store.database import Database
from monitor.store.people import add_runner
from monitor.store.sessions import Identity, begin_session
from monitor.store.sign_ins import Way
from monitor.web import cookies
from monitor.web.app import create_app
from tests.benchmarks.fleet import fleet
from tests.builders import activities
from tests.store.made import connected
from tests.web.club import NOW, TODAY, empty_club
from tests.web.serving import serving

DAYS, ROUNDS = 120, 200
TEAMS = {"board of 50": (50, 5), "board of 500": (500, 20)}  # rows, and how many times the empty answer at most
COACH = Identity(address="cora@example.org")
STORED = 1.5  # times the empty answer at most, where nothing changed since the page was sent


@dataclass
class Clock:
    now: datetime = NOW


def main() -> None:
    clock = Clock()
    with tempfile.TemporaryDirectory() as folder, served(Path(folder), clock) as (address, token):
        paths = {name: f"{address}/teams/{n}" for n, name in enumerate(TEAMS, 1)}
        goals = {name: goal for name, (_, goal) in TEAMS.items()} | {f"{name}, stored": STORED for name in TEAMS}
        with requests.Session() as browser:
            browser.headers["Cookie"] = f"{cookies.SESSION}={token}"
            asked(browser, f"{address}/empty")
            first = {name: asked(browser, path) for name, path in paths.items()}
            times: dict[str, list[float]] = defaultdict(list)
            for _ in range(ROUNDS):
                clock.now += timedelta(minutes=1)  # so that each page is drawn once, and then stored
                times["empty answer"].append(asked(browser, f"{address}/empty")[0])
                for name, path in paths.items():
                    times[name].append(asked(browser, path)[0])
                    times[f"{name}, stored"].append(asked(browser, path)[0])
        print(f"{ROUNDS} rounds of one browser after another; milliseconds, and times the empty answer")
        nothing = [of(times["empty answer"]) for of in (median, p95)]
        for name, each in times.items():
            figures = [(of(each), of(each) / least) for of, least in zip((median, p95), nothing, strict=True)]
            told = "  ".join(f"{ms:8.1f} {ratio:5.1f}" for ms, ratio in figures)
            goal = f"(goal {goals[name]})" if name in goals else ""
            print(f"  {name:<22}median, p95 {told} {goal}")
        for name, (ms, size) in first.items():
            print(f"  {name:<22}the first look {ms:.0f} ms, {size / 1000:.1f} kB compressed")


def p95(times_ms: list[float]) -> float:
    return quantiles(times_ms, n=20)[-1]


@contextmanager
def served(folder: Path, clock: Clock) -> Iterator[tuple[str, str]]:
    """The pages over teams of these sizes, 120 days of runs each, and with an answer that holds nothing.

    Their address, and what signs in the coach of all teams.
    """
    database = empty_club(folder)
    for name, (runners, _) in TEAMS.items():
        fill(database, name, runners)
    with database.writing() as db:
        for name in TEAMS:
            add_coach(db, "Cora", COACH.address, name)
        token = begin_session(db, COACH, Way.MAIL.value, "a browser", clock.now)
    settings = without_environment({"web": {"base_url": "https://127.0.0.1"}})
    app: FastAPI = create_app(database.reading, database.commits, RULES, lambda: clock.now, settings)
    app.get("/empty")(lambda: Response())
    with serving(app) as address:
        yield address, token
    database.close()


def fill(database: Database, team: str, runners: int) -> None:
    block = fleet(runners, DAYS)
    first_day = TODAY - timedelta(days=DAYS - 1)
    with database.writing() as db:
        for n in range(runners):
            of = add_runner(db, f"{team} runner {n}", "runner@example.org", "Europe/Paris", team, NOW).id
            log = " ".join(f"{metres / 1000:g}" if metres else "-" for metres in block.distance_m[n])
            write_activities(db, of, activities(log, first_day, origin=Origin.RECORDING), NOW)
            extend_coverage(db, of, Origin.RECORDING, [first_day, TODAY])
            give(db, of, Subject.TEAM, team_wording(strava_is_shared=False), NOW)
            if n % 2:
                connected(db, of)


def asked(browser: requests.Session, address: str) -> tuple[float, int]:
    """How long the answer took [ms], and how many bytes came over the wire."""
    begun = perf_counter()
    answer = browser.get(address, stream=True, timeout=600)
    sent = answer.raw.read(decode_content=False)
    answer.raise_for_status()
    return 1000 * (perf_counter() - begun), len(sent)


if __name__ == "__main__":
    main()
