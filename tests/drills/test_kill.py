"""I1: killed at any place, the product comes back to the very store that it would have without."""

import re
import signal
import uuid
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path
from random import Random
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import SQLModel

from jobs.start import start
from monitor.sandbox import Athlete, Sandbox, serving
from monitor.sandbox.plan import repetitions
from monitor.settings import Settings, without_environment
from monitor.store.connections import connect
from monitor.store.database import Database, open_database
from monitor.store.migrate import migrate
from monitor.store.people import Person
from monitor.store.subscription import keep_subscription
from tests.conftest import administer
from tests.delivery.mailserver import Inbox, running
from tests.drills.killed import EVENT_PLACES, MIGRATION_PLACES, PASS_PLACES, WORK, ended
from tests.jobs.conftest import NOW, SPIKE_YESTERDAY, TODAY, World
from tests.store.test_migrations import at_the_first_schema

pytestmark = pytest.mark.drill

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


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The store after the same two passes, with nobody killed."""
    with ExitStack() as stack:
        club = drill(tmp_path_factory.mktemp("undisturbed"), stack)
        assert club.child("pass") == 0
        club.go_on("pass")
        return stored(club.world.context.database)


def test_what_is_compared_is_a_full_store(undisturbed: Store) -> None:
    filled = {name for name, rows in undisturbed.items() if rows}
    assert filled >= {"activity", "exposure", "finding", "letter", "notice", "coverage", "job_run", "connection"}
    assert len(undisturbed["activity"]) == len(undisturbed["exposure"]) == 20
    assert [letter["state"] for letter in undisturbed["letter"]] == ["sent"]


@pytest.mark.parametrize("place", [place for place in PASS_PLACES if place != "after_token_http"])
def test_a_pass_that_was_killed_is_made_up_for(
    place: str, undisturbed: Store, tmp_path: Path, stack: ExitStack
) -> None:
    """I1, M5."""
    club = drill(tmp_path, stack)
    assert club.child("pass", place) == -signal.SIGKILL
    club.go_on("pass")
    assert stored(club.world.context.database) == undisturbed
    assert len(set(club.arrived)) == 1
    assert len(club.arrived) == (2 if place in ("after_smtp_250", "before_outbox_mark") else 1)
    assert club.refreshes() == [200]


def test_a_token_that_was_lost_with_its_process_ends_in_reconnecting_and_nothing_else_is_lost(
    undisturbed: Store, tmp_path: Path, stack: ExitStack
) -> None:
    """T2: between Strava's answer and our commit there is a moment that no order of steps can close."""
    club = drill(tmp_path, stack)
    assert club.child("pass", "after_token_http") == -signal.SIGKILL
    for hours in (1, 2, 3):
        club.go_on("pass", NOW + timedelta(hours=hours))
    assert club.refreshes() == [200, 400]  # the dead token is tried once, and never again
    assert club.world.connection(club.person).access == "revoked"
    assert [letter["kind"] for letter in stored(club.world.context.database)["letter"]] == ["reconnect"]
    reconnected(club)
    club.go_on("pass")
    found = stored(club.world.context.database)
    for table in ("activity", "exposure", "finding", "coverage"):
        assert found[table] == undisturbed[table]
    assert [letter["kind"] for letter in found["letter"]] == ["reconnect", "findings"]


def reconnected(club: Drill) -> None:
    context = club.world.context
    tokens = context.strava.exchange(club.sandbox.authorise(club.athlete.id), LATER)
    with context.database.writing() as db:
        connect(
            db,
            context.keys,
            club.person.id,
            athlete_id=club.athlete.id,
            access=tokens.access,
            refresh=tokens.refresh,
            expires_at=tokens.expires_at,
            scope="read,activity:read",
            now=LATER,
        )


@pytest.fixture(scope="module")
def steps(tmp_path_factory: pytest.TempPathFactory) -> int:
    """How many statements and answers a whole pass takes."""
    folder = tmp_path_factory.mktemp("steps")
    with ExitStack() as stack:
        assert drill(folder, stack).child("pass", (0, folder / "steps")) == 0
    return int((folder / "steps").read_text())


@pytest.mark.parametrize("seed", range(6))
def test_a_pass_that_was_killed_at_any_moment_is_made_up_for(
    seed: int, steps: int, undisturbed: Store, tmp_path: Path, stack: ExitStack
) -> None:
    """I1: at a moment that chance has chosen."""
    club, moment = drill(tmp_path, stack), Random(seed).randint(1, steps)
    assert club.child("pass", (moment, tmp_path / "steps")) == -signal.SIGKILL
    club.go_on("pass")
    if club.refreshes() == [200, 400]:  # T2's moment: the new token died with the process
        assert club.world.connection(club.person).access == "revoked"
        return
    assert stored(club.world.context.database) == undisturbed
    assert len(set(club.arrived)) == 1


@pytest.fixture
def server(postgres: sa.URL, stack: ExitStack) -> Callable[[], str]:
    """Makes empty databases on a real PostgreSQL."""

    def make() -> str:
        name = f"k{uuid.uuid4().hex}"
        administer(postgres, f"CREATE DATABASE {name} TEMPLATE template")
        stack.callback(administer, postgres, f"DROP DATABASE {name} WITH (FORCE)")
        return postgres.set(database=name).render_as_string(hide_password=False)

    return make


def on_a_server(database: Database) -> Store:
    """The same rows, without the numbers that PostgreSQL gave them: it gives none twice, used or not."""
    unnumbered = {"id", "letter_id"}
    return {
        table: [{name: value for name, value in row.items() if name not in unnumbered} for row in rows]
        for table, rows in stored(database).items()
    }


PLACES_ON_A_SERVER = ["after_token_commit", "in_page_upsert", "after_outbox_insert", "after_smtp_250"]


@pytest.mark.postgres
def test_a_pass_on_postgresql_that_was_killed_is_made_up_for(
    server: Callable[[], str], tmp_path: Path, stack: ExitStack
) -> None:
    """I1, S9."""
    whole = drill(tmp_path, stack, server())
    assert whole.child("pass") == 0
    whole.go_on("pass")
    expected = on_a_server(whole.world.context.database)
    assert len(expected["activity"]) == 20
    for place in PLACES_ON_A_SERVER:
        club = drill(tmp_path, stack, server())
        assert club.child("pass", place) == -signal.SIGKILL, place
        club.go_on("pass")
        assert on_a_server(club.world.context.database) == expected, place
        assert len(set(club.arrived)) == 1, place


@pytest.mark.parametrize("place", EVENT_PLACES)
def test_an_event_whose_answer_strava_never_got_is_told_again_and_kept_once(
    place: str, tmp_path: Path, stack: ExitStack
) -> None:
    """I1, I10."""
    club = drill(tmp_path, stack)
    assert club.child("event", place) == -signal.SIGKILL
    before = stored(club.world.context.database)["strava_event"]
    assert len(before) == (place == "after_webhook_commit")
    club.go_on("event")
    after = stored(club.world.context.database)["strava_event"]
    assert [row["object_id"] for row in after] == [16_000_000_001]
    club.go_on("pass", LATER + timedelta(minutes=5))
    assert stored(club.world.context.database)["strava_event"] == []


@pytest.mark.parametrize("place", MIGRATION_PLACES)
def test_a_migration_that_was_killed_leaves_the_schema_as_it_was_and_is_done_again(place: str, tmp_path: Path) -> None:
    """I1, S8."""
    whole, cut = (at_the_first_schema(tmp_path / name) for name in ("whole.db", "cut.db"))
    first = contents(cut)
    assert ended("migration", {"database": {"url": str(cut.engine.url)}}, NOW, place) == -signal.SIGKILL
    assert contents(cut) == first
    for database in (cut, whole):
        migrate(database)
    assert contents(cut) == contents(whole) != first
    for database in (cut, whole):
        database.close()


def contents(database: Database) -> dict[str, Any]:
    """The schema and every row, as SQLite has them; in which order a table names its constraints is chance."""
    with open_database(str(database.engine.url)).reading() as db:
        tables = db.execute(sa.text("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")).all()
        rows = {name: db.execute(sa.text(f'SELECT * FROM "{name}"')).all() for name, sql in tables if "TABLE" in sql}
    return {"schema": {name: sorted(re.split(r",?\s*\n\s*", sql)) for name, sql in tables}, "rows": rows}
