"""What runners do at Strava while nobody looks, or while somebody does: the last complete list is the truth."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from fastapi import Request, Response

from jobs import daily
from monitor.sandbox import Athlete, faults
from monitor.sandbox.plan import easy
from monitor.store import events
from monitor.store.due import due_passes, passes_now
from monitor.store.events import Aspect, note_event
from monitor.store.people import Person
from monitor.store.subscription import keep_subscription
from tests.jobs.conftest import NOW, SIX_WEEKS, SPIKE_YESTERDAY, TODAY, World

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LIST = "/api/v3/athlete/activities"


def listed(athlete: Athlete) -> set[str]:
    return {str(row["id"]) for row in athlete.activities}


def stored(world: World, person: Person) -> set[str]:
    return {run.origin_id for run in world.runs(person)}


@pytest.mark.parametrize("longer", [True, False], ids=["a run is added", "a run is deleted"])
def test_a_list_that_changes_at_every_page_is_right_in_the_end(world: World, longer: bool) -> None:
    """I3."""
    world.sandbox.short_pages = True
    athlete = world.athlete("6 " * 119)
    for n in range(1, 119):
        for hour in (14, 18):
            athlete.record(TODAY - timedelta(days=n, hours=-hour), easy(3_000))
    person = world.join(athlete)
    world.pull(person)
    before = stored(world, person)
    pages: list[Request] = []

    async def shifting(request: Request) -> Response:
        if pages and longer:
            athlete.record(TODAY + timedelta(minutes=20 * len(pages)), easy(1_000))
        elif pages:
            athlete.activities.pop(len(pages))
        pages.append(request)
        return await faults.fine(request)

    world.sandbox.refuse(athlete.id, shifting, path=LIST)
    world.pull(person, NOW + HOUR)
    assert len(pages) > 2
    world.sandbox.heal(athlete.id)
    assert stored(world, person) >= before & listed(athlete)  # none that stayed was taken for deleted
    world.pull(person, NOW + 2 * HOUR)
    assert stored(world, person) == listed(athlete) != before


@pytest.mark.parametrize(
    ("edit", "field", "value"),
    [
        pytest.param({"distance": 9_999.6}, "distance_m", 10_000, id="distance"),
        pytest.param({"moving_time": 3_000}, "moving_s", 3_000, id="time"),
        pytest.param({"average_heartrate": 141.0}, "average_heartrate_bpm", 141.0, id="heart"),
        pytest.param({"sport_type": "TrailRun"}, "sport", "TrailRun", id="sport"),
        pytest.param({"name": "Round the lake"}, "name", "Round the lake", id="title"),
        pytest.param({"distance": 7_000.0, "moving_time": 2_400}, "distance_m", 7_000, id="cropped"),
    ],
)
def test_an_edit_is_taken_over_and_no_letter_is_sent_again(
    world: World, edit: dict[str, Any], field: str, value: object
) -> None:
    """I5."""
    athlete = world.athlete(SPIKE_YESTERDAY)
    person = world.join(athlete)
    world.one_pass()
    athlete.activities[0].update(edit)
    world.one_pass(NOW + HOUR)
    assert getattr(world.runs(person)[-1], field) == value
    assert len(world.sent) == 1


def test_a_run_that_became_a_ride_counts_no_longer(world: World) -> None:
    """I5."""
    athlete = world.athlete(SPIKE_YESTERDAY)
    person = world.join(athlete)
    world.one_pass()
    athlete.activities[0]["sport_type"] = "Ride"
    world.one_pass(NOW + HOUR)
    assert 14_200 not in world.distances(person)
    assert world.seen(person, NOW + HOUR).verdict.word == "OK"


def test_a_run_that_is_shown_to_nobody_any_more_goes(world: World) -> None:
    """I7."""
    athlete = world.athlete("8 9 10")
    person = world.join(athlete)
    world.pull(person)
    athlete.activities[1]["visibility"] = "only_me"
    world.pull(person, NOW + HOUR)
    assert sorted(world.distances(person)) == [8_000, 10_000]


@pytest.mark.parametrize("told", [False, True], ids=["without events", "every event lost"])
def test_a_deletion_of_which_nobody_told_is_found_within_two_days(world: World, told: bool) -> None:
    """I6."""
    athlete = world.athlete(SIX_WEEKS)
    person = world.join(athlete)
    if told:
        with world.context.database.writing() as db:
            keep_subscription(db, 9, "https://club.example", NOW - DAY)
    tick(world, 0)
    del athlete.activities[-1]
    hours = next(hours for hours in range(1, 72) if tick(world, hours) and len(world.runs(person)) == 17)
    assert hours <= (48 if told else 24)


def tick(world: World, hours: int) -> World:
    """One look of the scheduler at what is due."""
    now = NOW + hours * HOUR
    world.sandbox.now = lambda: now
    context = replace(world.context, clock=lambda: now)
    daily.run(context, due_passes(context.database, lambda: now, context.owner, 7), now)
    return world


@pytest.mark.drill  # a race, run five times
@pytest.mark.parametrize("attempt", range(5))
def test_a_schedule_a_person_and_an_event_at_once_give_what_one_after_the_other_would(
    world: World, attempt: int
) -> None:
    """I8."""
    athlete = world.athlete(SPIKE_YESTERDAY)
    person, other = world.join(athlete), world.join(world.athlete(SIX_WEEKS))
    with world.context.database.writing() as db:
        keep_subscription(db, 9, "https://club.example", NOW - DAY)
        note_event(db, athlete.id, Aspect.UPDATE, 1, 1, NOW - HOUR)
    database = world.context.database

    def schedule() -> None:
        daily.run(replace(world.context, owner="schedule"), due_passes(database, lambda: NOW, "schedule", 7), NOW)

    def asked() -> None:
        daily.run(replace(world.context, owner="asked"), passes_now(database, lambda: NOW, "asked"), NOW)

    def event() -> None:
        with database.writing() as db:
            note_event(db, athlete.id, Aspect.CREATE, athlete.activities[-1]["id"], 2, NOW - HOUR)

    with ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(each) for each in (schedule, asked, event, schedule)]:
            done.result()
    assert [len(world.runs(each)) for each in (person, other)] == [19, 18]
    world.one_pass(NOW + timedelta(minutes=11))
    assert len(world.sent) == 1
    with database.reading() as db:
        assert events.waiting_events(db) == 0
