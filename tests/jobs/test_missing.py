"""A run that a list does not name is looked for by its number; only what Strava has no more goes."""

from datetime import timedelta

import pytest
from fastapi import Request, Response
from fastapi.responses import JSONResponse
from sqlmodel import select

from jobs.missing import MOST_AT_ONCE
from monitor.sandbox import faults
from monitor.sandbox.paging import fixed_ranks
from monitor.sandbox.plan import easy
from monitor.store.events import waiting_events, with_news
from monitor.store.tables import Quarantine
from tests.jobs.conftest import NOW, TODAY, World

LATER, HOUR = NOW + timedelta(hours=1), timedelta(hours=1)
LIST = "/api/v3/athlete/activities"


async def nothing_to_see(_: Request) -> Response:
    """A list that withholds all it has."""
    return JSONResponse([])


def looked_up(world: World) -> list[int]:
    return [asked.status for asked in world.sandbox.requests if asked.path.startswith("/api/v3/activities/")]


def test_runs_that_a_list_withheld_are_found_by_their_number_and_stay(world: World) -> None:
    """I3, I6."""
    athlete = world.athlete("8 9 10")
    person = world.join(athlete)
    world.pull(person)
    athlete.activities[1]["distance"] = 9_400.0
    world.sandbox.refuse(athlete.id, nothing_to_see, path=LIST)
    world.pull(person, LATER)
    assert sorted(world.distances(person)) == [8_000, 9_400, 10_000]
    assert looked_up(world) == [200, 200, 200]


@pytest.mark.parametrize("how", ["deleted", "private"])
def test_a_run_goes_when_strava_has_it_no_more(world: World, how: str) -> None:
    """I6, I7."""
    athlete = world.athlete("8 9 10")
    person = world.join(athlete)
    world.pull(person)
    if how == "deleted":
        del athlete.activities[1]
    else:
        athlete.activities[1]["visibility"] = "only_me"
    world.pull(person, LATER)
    assert sorted(world.distances(person)) == [8_000, 10_000]
    assert looked_up(world) == [404]


def test_a_run_that_was_moved_out_of_the_window_goes(world: World) -> None:
    """I5."""
    athlete = world.athlete("8 9 10")
    person = world.join(athlete)
    world.pull(person)
    athlete.activities[1] |= {"start_date": "2025-09-28T06:00:00Z", "start_date_local": "2025-09-28T06:00:00Z"}
    world.pull(person, LATER)
    assert sorted(world.distances(person)) == [8_000, 10_000]


def test_hundreds_of_private_walks_on_both_sides_hide_no_run(world: World) -> None:
    """I2: pages are cut by rank, and every row of a page may be withheld."""
    world.sandbox.paging = fixed_ranks
    athlete = world.athlete("-")
    for n, count in ((100, 250), (60, 250), (2, 250)):
        for walk in range(count):
            start = TODAY - timedelta(days=n, minutes=walk)
            athlete.record(start, easy(1_000), id=n * 1_000 + walk)["visibility"] = "only_me"
        athlete.record(TODAY - timedelta(days=n - 1), easy(7_000 + n))
    person = world.join(athlete)
    world.pull(person)
    assert sorted(world.distances(person)) == [7_002, 7_060, 7_100]


def test_a_season_that_vanished_is_looked_for_bit_by_bit(world: World) -> None:
    athlete = world.athlete("6 " * 70)
    person = world.join(athlete)
    world.pull(person)
    athlete.activities[:] = athlete.activities[-1:]
    left = []
    for hour in range(1, 4):
        world.pull(person, NOW + hour * HOUR)
        left.append(len(world.runs(person)))
        with world.context.database.reading() as db:
            assert with_news(db, NOW + (hour + 1) * HOUR) == ({person.id} if left[-1] > 1 else set())
    assert left == [70 - MOST_AT_ONCE, 70 - 2 * MOST_AT_ONCE, 1]


def test_a_run_that_strava_fails_to_tell_of_stays_and_holds_up_no_list(world: World) -> None:
    """N6, I6."""
    athlete = world.athlete("8 9 10")
    person = world.join(athlete)
    world.pull(person)
    del athlete.activities[1]
    world.sandbox.refuse(athlete.id, faults.status(500), path="/api/v3/activities/")
    world.pull(person, LATER)
    assert len(world.runs(person)) == 3
    assert world.connection(person).last_complete_at == LATER
    with world.context.database.reading() as db:
        assert waiting_events(db) == 1
    world.sandbox.heal(athlete.id)
    world.pull(person, LATER + HOUR)
    assert len(world.runs(person)) == 2


def test_a_limit_that_is_reached_while_looking_leaves_everything_as_it_was(world: World) -> None:
    """N7, I6."""
    athlete = world.athlete("8 9 10")
    person = world.join(athlete)
    world.pull(person)
    del athlete.activities[1]
    world.sandbox.refuse(athlete.id, faults.rate_limited, path="/api/v3/activities/")
    world.pull(person, LATER)
    assert len(world.runs(person)) == 3
    assert world.connection(person).last_complete_at == NOW


def test_a_run_found_by_its_number_may_be_unusable_and_its_older_form_is_kept(world: World) -> None:
    athlete = world.athlete("8 9 10")
    person = world.join(athlete)
    world.pull(person)
    athlete.activities[1]["distance"] = -5
    world.sandbox.refuse(athlete.id, nothing_to_see, path=LIST)
    world.pull(person, LATER)
    assert sorted(world.distances(person)) == [8_000, 9_000, 10_000]
    with world.context.database.reading() as db:
        assert [row.record_id for row in db.exec(select(Quarantine)).all()] == [str(athlete.activities[1]["id"])]
