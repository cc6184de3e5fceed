"""The product against a served sandbox Strava: one runner, Ada, and whatever a test makes of her training."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from itertools import count

import pytest
from pydantic import SecretStr

from jobs import daily, deliver, pull
from jobs.context import Context
from monitor.model import Activity, Origin
from monitor.rules import RULES
from monitor.sandbox import Athlete, Sandbox, serving
from monitor.sandbox.plan import easy
from monitor.settings import without_environment
from monitor.sources.strava import Strava
from monitor.store.activities import extend_coverage, write_activities
from monitor.store.connections import connect
from monitor.store.database import Database
from monitor.store.due import passes_now
from monitor.store.people import Person, add_runner
from monitor.store.sealing import keyring
from monitor.store.tables import Connection
from monitor.store.training import training_log
from monitor.store.view import Judged, judged
from tests.builders import activities

NOW = datetime(2026, 9, 30, 7, tzinfo=UTC)
TODAY = datetime(2026, 9, 30)  # noqa: DTZ001  a wall clock
SIX_WEEKS = "8 - 8 - 10 - - " * 6
SPIKE_YESTERDAY = "8 - 8 - 10 - - " * 5 + "8 - 8 - 10 - 14.2"


@dataclass
class World:
    """Sandbox, product, and the mails that left it."""

    sandbox: Sandbox
    context: Context
    sent: list[EmailMessage] = field(default_factory=list)
    ids: Iterator[int] = field(default_factory=lambda: count(1))

    def athlete(self, log: str, zone: str = "UTC") -> Athlete:
        """A runner of the sandbox whose training log ends yesterday: one word a day, km or `-`."""
        athlete = Athlete(next(self.ids), "Ada", "Test", "ada@example.org", zone)
        self.sandbox.athletes[athlete.id] = athlete
        for days_ago, word in enumerate(reversed(log.split()), start=1):
            if word != "-":
                athlete.record(TODAY - timedelta(days=days_ago) + timedelta(hours=6), easy(round(float(word) * 1000)))
        return athlete

    def join(self, athlete: Athlete, now: datetime = NOW) -> Person:
        """The athlete consents and is connected."""
        with self.context.database.writing() as db:
            person = add_runner(db, athlete.name, athlete.email, athlete.timezone, "Team", now)
        self.connect(person, athlete.id, now)
        return person

    def connect(self, person: Person, athlete_id: int, now: datetime = NOW) -> None:
        """The athlete consents for this runner, or does so again."""
        tokens = self.context.strava.exchange(self.sandbox.authorise(athlete_id), now)
        with self.context.database.writing() as db:
            connect(
                db,
                self.context.keys,
                person.id,
                athlete_id=athlete_id,
                access=tokens.access,
                refresh=tokens.refresh,
                expires_at=tokens.expires_at,
                scope="read,activity:read",
                now=now,
            )

    def with_files(self, log: str, now: datetime = NOW) -> Person:
        """Ben, who uploads his own files; his training log ends yesterday."""
        words = log.split()
        runs = activities(log, TODAY.date() - timedelta(days=len(words)), origin=Origin.RECORDING)
        with self.context.database.writing() as db:
            person = add_runner(db, "Ben Test", "ben@example.org", "UTC", "Team", now)
            write_activities(db, person.id, runs, now)
            extend_coverage(db, person.id, Origin.RECORDING, [*(run.day for run in runs), TODAY.date()])
        return person

    def ask_for_samples(self, runs: int = 1_000) -> None:
        """From now on, of so many runs a pass."""
        self.set(strava={"samples_per_pass": runs})

    def set(self, **sections: dict[str, object]) -> None:
        """These settings, beside those that are set."""
        settings = self.context.settings
        told = {name: getattr(settings, name).model_copy(update=given) for name, given in sections.items()}
        self.context = replace(self.context, settings=settings.model_copy(update=told))

    def pull(self, person: Person, now: datetime = NOW) -> None:
        pull.run(self.context, person, now)

    def one_pass(self, now: datetime = NOW) -> None:
        """Pull, assess, alert, deliver, for everybody."""
        daily.run(self.context, passes_now(self.context.database, lambda: now, self.context.owner), now)
        deliver.run(self.context, now)

    def runs(self, person: Person) -> list[Activity]:
        """What is stored, oldest first."""
        with self.context.database.reading() as db:
            return [each.run for each in reversed(training_log(db, person.id).runs)]

    def distances(self, person: Person) -> list[int | None]:
        return [run.distance_m for run in self.runs(person)]

    def seen(self, person: Person, now: datetime = NOW) -> Judged:
        with self.context.database.reading() as db:
            found = judged(db, person.id, self.context.rules, now)
        assert found
        return found

    def connection(self, person: Person) -> Connection:
        with self.context.database.reading() as db:
            return db.get_one(Connection, person.id)

    @property
    def subjects(self) -> list[str]:
        return [str(message["Subject"]) for message in self.sent]


@pytest.fixture
def world(database: Database) -> Iterator[World]:
    with world_of(database) as made:
        yield made


@contextmanager
def world_of(database: Database) -> Iterator[World]:
    """The product over this database, and a sandbox in which nobody runs yet."""
    sandbox = Sandbox([], lambda: NOW)
    secret = secrets.token_urlsafe(48)
    with serving(sandbox) as base_url:
        sent: list[EmailMessage] = []
        strava = Strava(
            base_url=base_url,
            client_id=sandbox.client_id,
            client_secret=SecretStr(sandbox.client_secret),
            timeout_s=(1, 3),
            waits_s=(),
        )
        context = Context(
            database=database,
            keys=keyring([secret]),
            strava=strava,
            rules=RULES,
            send=sent.append,
            settings=without_environment(
                {
                    "secret_key": secret,
                    "mail": {"senders": 1},  # one order of mails
                    "strava": {"samples_per_pass": 0},  # they cost a request a run: `ask_for_samples`
                }
            ),
            clock=lambda: NOW,
            secrets=(secret,),
            owner="this test",
        )
        yield World(sandbox, context, sent)


@pytest.fixture
def ada(world: World) -> Person:
    """Ada has run for six weeks, and her runs were fetched."""
    person = world.join(world.athlete(SIX_WEEKS))
    world.one_pass()
    return person


@pytest.fixture
def logged() -> Iterator[list[dict[str, object]]]:
    """The log lines of a test."""
    from structlog.testing import capture_logs

    with capture_logs() as lines:
        yield lines  # type: ignore[misc]
