"""What changes while a job looks at it: nothing is written of what is no longer so, and nobody waits for the rules."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from sqlmodel import Session

from jobs import alert, assess
from monitor.model import Level, Origin
from monitor.store.activities import write_activities
from monitor.store.database import Database
from monitor.store.findings import stored_findings, with_alert_due
from monitor.store.outbox import letters
from monitor.store.people import Person
from tests.builders import activities
from tests.jobs.conftest import NOW, SIX_WEEKS, SPIKE_YESTERDAY, TODAY, World


@dataclass(frozen=True)
class Overtaken(Database):
    """A database in which something happens just before a job writes; once."""

    meanwhile: list[Callable[[], None]]

    @contextmanager
    def writing(self) -> Iterator[Session]:
        while self.meanwhile:
            self.meanwhile.pop()()
        with super().writing() as db:
            yield db


def overtaken(world: World, meanwhile: Callable[[], None]) -> World:
    held = world.context.database
    database = Overtaken(held.engine, held.commits, [meanwhile])
    return replace(world, context=replace(world.context, database=database))


def long_run(world: World, whose: Person) -> Callable[[], None]:
    """Somebody uploads yesterday's run of 22 km."""

    def upload() -> None:
        run = activities("22", TODAY.date(), origin=Origin.RECORDING)
        with world.context.database.writing() as db:
            write_activities(db, whose.id, run, NOW)

    return upload


def test_a_run_that_arrives_while_the_rules_look_is_in_what_they_find(world: World) -> None:
    ben = world.with_files(SIX_WEEKS)
    slow = overtaken(world, long_run(world, ben))
    assess.run(slow.context, ben, NOW)
    with world.context.database.reading() as db:
        found = stored_findings(db, ben.id, TODAY.date(), TODAY.date())
    assert ("single_session_spike", Level.STRONG) in [(each.rule, each.level) for each in found]


def test_whoever_changes_while_a_letter_is_drawn_is_looked_at_again(world: World) -> None:
    ben = world.with_files(SPIKE_YESTERDAY)
    assess.run(world.context, ben, NOW)
    alert.tell_runner(overtaken(world, long_run(world, ben)).context, ben.id, NOW)
    with world.context.database.reading() as db:
        assert letters(db) == []
        assert with_alert_due(db) == [ben.id]
    alert.tell_runner(world.context, ben.id, NOW)
    with world.context.database.reading() as db:
        assert [letter.kind for letter in letters(db)] == ["findings"]
        assert with_alert_due(db) == []
