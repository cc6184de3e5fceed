"""I5: what a run was before it was edited is known for a week, and then no more."""

from datetime import date, timedelta

from sqlmodel import select

from monitor.sandbox import Athlete
from monitor.store.audience import COACHES
from monitor.store.corrections import Correction, Version, corrections
from monitor.store.held import held
from monitor.store.people import Person
from monitor.store.strava_tables import FormerRun
from tests.jobs.conftest import NOW, World

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def joined(world: World) -> tuple[Athlete, Person]:
    athlete = world.athlete("8 9 10")
    person = world.join(athlete)
    world.pull(person)
    return athlete, person


def told(world: World, person: Person, since: timedelta = -HOUR) -> list[Correction]:
    with world.context.database.reading() as db:
        return corrections(db, person.id, NOW + since)


def former(world: World) -> int:
    with world.context.database.reading() as db:
        return len(db.exec(select(FormerRun)).all())


def test_an_edited_run_tells_how_it_was_and_how_it_is(world: World) -> None:
    """I5."""
    athlete, person = joined(world)
    athlete.activities[1] |= {"distance": 9_500.0, "moving_time": 3_000, "name": "Round the lake"}
    world.pull(person, NOW + HOUR)
    [changed] = told(world, person)
    assert (changed.name, changed.was.day) == ("Round the lake", date(2026, 9, 28))
    assert (changed.was.distance_m, changed.is_now.distance_m, changed.is_now.moving_s) == (9_000, 9_500, 3_000)
    assert told(world, person, 2 * HOUR) == []


def test_two_edits_are_one_correction_and_one_that_was_taken_back_is_none(world: World) -> None:
    athlete, person = joined(world)
    for hour, metres in enumerate((9_500.0, 9_700.0), start=1):
        athlete.activities[1]["distance"] = metres
        world.pull(person, NOW + hour * HOUR)
    [changed] = told(world, person)
    assert (changed.was.distance_m, changed.is_now.distance_m) == (9_000, 9_700)
    athlete.activities[1]["distance"] = 9_000.0
    world.pull(person, NOW + 3 * HOUR)
    assert told(world, person) == []


def test_a_new_title_is_no_correction(world: World) -> None:
    athlete, person = joined(world)
    athlete.activities[1]["name"] = "Round the lake"
    world.pull(person, NOW + HOUR)
    assert told(world, person) == []


def test_a_run_that_became_a_ride_is_a_correction(world: World) -> None:
    athlete, person = joined(world)
    athlete.activities[1]["sport_type"] = "Ride"
    world.pull(person, NOW + HOUR)
    day = date(2026, 9, 28)
    [changed] = told(world, person)
    assert (changed.was, changed.is_now.sport) == (Version("Run", day, 9_000, changed.was.moving_s), "Ride")


def test_how_a_run_was_is_forgotten_after_a_week(world: World) -> None:
    """I5."""
    athlete, person = joined(world)
    athlete.activities[1]["distance"] = 9_500.0
    world.pull(person, NOW + HOUR)
    world.pull(person, NOW + HOUR + 7 * DAY)
    assert former(world) == 1
    world.pull(person, NOW + 2 * HOUR + 7 * DAY)
    assert former(world) == 0


def test_how_a_run_was_goes_with_the_run(world: World) -> None:
    """I6."""
    athlete, person = joined(world)
    athlete.activities[1]["distance"] = 9_500.0
    world.pull(person, NOW + HOUR)
    del athlete.activities[1]
    world.pull(person, NOW + 2 * HOUR)
    assert (told(world, person), former(world)) == ([], 0)


def test_how_a_run_was_is_told_to_its_runner_and_not_to_coaches_who_see_nothing_of_strava(world: World) -> None:
    athlete, person = joined(world)
    athlete.activities[1]["distance"] = 9_500.0
    world.pull(person, NOW + HOUR)
    with world.context.database.reading() as db:
        [row] = held(db, person.id)["former_run"]
        assert row["was"]["distance_m"] == 9_000
        assert corrections(db, person.id, NOW, COACHES) == []
