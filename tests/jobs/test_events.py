"""Where Strava tells of changes, nobody is asked without a reason, and nothing rests on what was only told."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from jobs import daily
from monitor.model import Freshness
from monitor.sandbox import Athlete, faults
from monitor.sandbox.plan import easy
from monitor.store import events
from monitor.store.connections import connection
from monitor.store.due import Due, due_passes
from monitor.store.events import SETTLES_IN, Aspect, note_event
from monitor.store.people import Person
from monitor.store.subscription import keep_subscription, note_heard, tells
from monitor.store.tables import Coverage
from tests.jobs.conftest import NOW, TODAY, World

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LOG = "8 - 8 - 10 - - " * 6


@pytest.fixture
def told(world: World) -> World:
    """The world in which Strava tells of changes, since before anybody joined."""
    with world.context.database.writing() as db:
        keep_subscription(db, 9, "https://club.example", NOW - DAY)
    return world


def tick(world: World, now: datetime) -> list[str]:
    """One tick of the scheduler at *now*; the names of those whose pass it was."""
    served: list[str] = []

    def noting() -> Iterator[Due]:
        for due in due_passes(world.context.database, lambda: now, world.context.owner, 7):
            served.append(due.person.name)
            yield due

    world.sandbox.now = lambda: now
    world.context = replace(world.context, clock=lambda: now)
    daily.run(world.context, noting(), now)
    return served


def hint(world: World, athlete: Athlete, aspect: Aspect, object_id: int, at: datetime) -> None:
    with world.context.database.writing() as db:
        note_event(db, athlete.id, aspect, object_id, int(at.timestamp()), at)
        note_heard(db, at)


def uploads(world: World, athlete: Athlete, at: datetime, km: float = 9.0) -> int:
    """A run that ended just now, and the event that tells of it."""
    row = athlete.record(at.replace(tzinfo=None) - HOUR, easy(round(1000 * km)))
    hint(world, athlete, Aspect.CREATE, row["id"], at)
    return int(row["id"])


def lists(world: World) -> int:
    return sum(asked.path.endswith("/athlete/activities") for asked in world.sandbox.requests)


def joined(world: World) -> tuple[Athlete, Person]:
    athlete = world.athlete(LOG)
    person = world.join(athlete)
    tick(world, NOW)
    return athlete, person


def asked_by(world: World, now: datetime) -> int:
    """How many lists a tick at *now* asks for."""
    before = lists(world)
    tick(world, now)
    return lists(world) - before


def test_a_day_of_which_nothing_was_told_is_known_without_asking(told: World) -> None:
    _, person = joined(told)
    assert asked_by(told, NOW + DAY) == 0
    with told.context.database.reading() as db:
        covered = db.get_one(Coverage, (person.id, "strava"))
    assert covered.last_day == (NOW + DAY).date()
    assert told.seen(person, NOW + DAY).verdict.freshness is Freshness.OK


def test_without_a_subscription_everybody_is_listed_daily(world: World) -> None:
    joined(world)
    assert asked_by(world, NOW + DAY) > 0


def test_a_run_is_stored_minutes_after_it_was_told_of(told: World) -> None:
    """I4."""
    athlete, person = joined(told)
    uploads(told, athlete, NOW + 9 * HOUR)
    assert tick(told, NOW + 9 * HOUR) == []
    assert tick(told, NOW + 9 * HOUR + SETTLES_IN) == ["Ada Test"]
    assert told.distances(person)[-1] == 9_000


def test_what_is_told_within_minutes_is_looked_up_once(told: World) -> None:
    athlete, _ = joined(told)
    at = NOW + 9 * HOUR
    number = uploads(told, athlete, at)
    for minutes in (0.2, 0.5, 1):
        hint(told, athlete, Aspect.UPDATE, number, at + minutes * timedelta(minutes=1))
    requests = asked_by(told, at + SETTLES_IN)
    assert requests > 0
    assert asked_by(told, at + 2 * SETTLES_IN) <= requests  # the last hints came before the list, and waited for it
    assert asked_by(told, at + HOUR) == 0


def test_two_days_without_a_word_are_the_longest(told: World) -> None:
    joined(told)
    assert asked_by(told, NOW + DAY) == 0
    assert asked_by(told, NOW + 47 * HOUR) == 0
    assert asked_by(told, NOW + 48 * HOUR) > 0


def test_a_late_upload_of_which_no_event_told_is_found_and_lists_are_no_longer_left_to_events(told: World) -> None:
    athlete, person = joined(told)
    athlete.record(TODAY + 20 * HOUR, easy(9_000))  # its event got lost
    tick(told, NOW + DAY)
    assert 9_000 not in told.distances(person)
    tick(told, NOW + 2 * DAY)
    assert told.distances(person)[-1] == 9_000
    assert asked_by(told, NOW + 3 * DAY) > 0
    hint(told, athlete, Aspect.UPDATE, 1, NOW + 3 * DAY + HOUR)
    with told.context.database.reading() as db:
        assert tells(db)


def test_an_edit_is_found(told: World) -> None:
    """I5."""
    athlete, person = joined(told)
    athlete.activities[-1]["distance"] = 11_500.0
    hint(told, athlete, Aspect.UPDATE, athlete.activities[-1]["id"], NOW + HOUR)
    tick(told, NOW + HOUR + SETTLES_IN)
    assert 11_500 in told.distances(person)


def test_a_deletion_is_believed_when_strava_confirms_it(told: World) -> None:
    """I6, I11."""
    athlete, person = joined(told)
    gone, kept = athlete.activities[-1], athlete.activities[-2]
    athlete.activities.remove(gone)
    before = len(told.runs(person))
    for row in (gone, kept):
        hint(told, athlete, Aspect.DELETE, row["id"], NOW + HOUR)
    tick(told, NOW + HOUR + SETTLES_IN)
    assert len(told.runs(person)) == before - 1


def test_a_forged_end_of_a_permission_ends_nothing(told: World) -> None:
    """I11."""
    athlete, person = joined(told)
    hint(told, athlete, Aspect.DEAUTHORIZE, athlete.id, NOW + HOUR)
    tick(told, NOW + HOUR + SETTLES_IN)
    assert told.connection(person).access == "ok"
    assert told.runs(person)


def test_a_true_end_of_a_permission_is_confirmed_by_strava(told: World) -> None:
    athlete, person = joined(told)
    told.sandbox.refuse(athlete.id, faults.revoked)
    hint(told, athlete, Aspect.DEAUTHORIZE, athlete.id, NOW + HOUR)
    tick(told, NOW + HOUR + SETTLES_IN)
    assert told.connection(person).access == "revoked"


def test_a_run_that_is_announced_before_it_can_be_listed_is_looked_for_again(told: World) -> None:
    """I10."""
    athlete, person = joined(told)
    row = athlete.record(NOW.replace(tzinfo=None), easy(9_000))
    athlete.activities.remove(row)
    hint(told, athlete, Aspect.CREATE, row["id"], NOW + HOUR)
    first = NOW + HOUR + SETTLES_IN
    tick(told, first)
    athlete.activities.append(row)
    assert asked_by(told, first + timedelta(minutes=4)) == 0
    tick(told, first + timedelta(minutes=5))
    assert told.distances(person)[-1] == 9_000
    assert asked_by(told, first + timedelta(minutes=30)) == 0


def test_a_run_that_never_appears_is_given_up_after_a_day(told: World) -> None:
    athlete, _ = joined(told)
    hint(told, athlete, Aspect.CREATE, 77, NOW + HOUR)
    minutes = [n for n in range(0, 2 * 24 * 60, 5) if asked_by(told, NOW + HOUR + SETTLES_IN + timedelta(minutes=n))]
    assert minutes[:6] == [0, 5, 20, 80, 320, 1_040]
    with told.context.database.reading() as db:
        assert events.waiting_events(db) == 0


def test_a_deletion_told_before_the_run_it_ends_is_right_too(told: World) -> None:
    """I10."""
    athlete, _ = joined(told)
    for aspect in (Aspect.DELETE, Aspect.CREATE):
        hint(told, athlete, aspect, 77, NOW + HOUR)
    tick(told, NOW + HOUR + SETTLES_IN)
    with told.context.database.reading() as db:
        assert events.waiting_events(db) == 0


def test_news_comes_first_and_then_who_has_waited_longest(told: World) -> None:
    names = ["Ann", "Bea", "Cleo"]
    athletes = []
    for n, name in enumerate(names):
        athlete = told.athlete("5 - 5")
        athlete.first_name = name
        person = told.join(athlete)
        athletes.append(athlete)
        with told.context.database.writing() as db:
            held = connection(db, person.id)
            assert held
            held.last_complete_at = NOW - (50 + n) * HOUR
    hint(told, athletes[1], Aspect.UPDATE, 1, NOW - HOUR)
    assert tick(told, NOW) == ["Bea Test", "Cleo Test", "Ann Test"]


def test_while_nobody_may_ask_passes_wait_and_nothing_is_asked(told: World) -> None:
    """N7."""
    joined(told)
    other, inside = told.join(told.athlete("5 - 5")), NOW + DAY + timedelta(minutes=5)  # a quarter of an hour
    told.sandbox.refuse(None, faults.rate_limited, path="/api")
    tick(told, inside)
    before = len(told.sandbox.requests)
    for minute in range(1, 10):
        tick(told, inside + timedelta(minutes=minute))
    assert len(told.sandbox.requests) == before
    told.sandbox.heal(None)
    tick(told, inside + timedelta(minutes=11))
    assert told.connection(other).last_complete_at
