"""What a board rests on is read by as many queries for a whole team as for two runners."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from monitor.model import Origin
from monitor.rules import RULES
from monitor.store.activities import extend_coverage, write_activities
from monitor.store.audience import COACHES, COACHES_WITH_STRAVA, OWN
from monitor.store.consents import Subject, give, team_wording
from monitor.store.database import Database
from monitor.store.people import add_runner, people
from monitor.store.reading import AT_ONCE, read
from monitor.store.view import judge
from tests.builders import activities
from tests.store.made import NOW

TODAY = NOW.date()


@pytest.fixture
def asked(either: Database):
    """The statements that reach the database."""
    said: list[str] = []
    sa.event.listen(either.engine, "before_cursor_execute", lambda *given: said.append(given[2]))
    return said


def add(database: Database, runners: int) -> None:
    with database.writing() as db:
        for n in range(runners):
            of = add_runner(db, f"Runner {n}", "runner@example.org", "UTC", "Harriers", NOW).id
            for origin in (Origin.RECORDING, Origin.STRAVA):
                write_activities(db, of, activities("8 - 8", TODAY - timedelta(days=n + 2), origin=origin), NOW)
            extend_coverage(db, of, Origin.RECORDING, [TODAY])
            give(db, of, Subject.TEAM, team_wording(strava_is_shared=False), NOW)


def everyone(database: Database, audience) -> list:
    with database.reading() as db:
        return list(read(db, dict.fromkeys(people(db), audience), NOW, 10, 84))


@pytest.mark.parametrize("audience", [OWN, COACHES, COACHES_WITH_STRAVA], ids=["own", "coaches", "with Strava"])
def test_many_runners_take_as_many_queries_as_two(either: Database, asked: list[str], audience) -> None:
    add(either, 2)
    asked.clear()
    two = len(everyone(either, audience)), len(asked)
    add(either, 6)
    asked.clear()
    eight = len(everyone(either, audience)), len(asked)
    assert (two[0], eight[0]) == (2, 8)
    assert two[1] == eight[1]


def test_each_is_read_for_their_own_audience_in_the_order_that_was_asked_for(either: Database) -> None:
    add(either, AT_ONCE + 2)
    with either.reading() as db:
        audiences = {of: (OWN, COACHES)[of.id % 2] for of in reversed(people(db))}
        found = list(read(db, audiences, NOW, 10, 84))
    assert [each.person for each in found] == list(audiences)
    for each in found:
        origins = {run.origin for run in each.known.activities}
        assert (Origin.STRAVA in origins) == (audiences[each.person] is OWN)
        first = min(run.day for run in each.known.activities)
        assert first == TODAY - timedelta(days=int(each.person.name.split()[1]) + 2)
        assert judge(each, RULES, NOW).runs[-1].run.day == first
