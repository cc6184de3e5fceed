"""What runs contained: asked for once, read, and dropped."""

from dataclasses import replace
from datetime import timedelta

import pytest

from jobs import samples
from jobs.context import Context
from monitor.model import Freshness, Origin
from monitor.sandbox import faults
from monitor.sandbox.plan import easy, repetitions
from monitor.sources.strava_budget import Purpose
from monitor.store.budget import note_limits, take
from monitor.store.exposures import stored_exposures, without_samples
from monitor.store.people import Person
from monitor.store.source_state import blocked_until
from tests.jobs.conftest import NOW, TODAY, World

LATER = NOW + timedelta(hours=1)


@pytest.fixture(autouse=True)
def asking(world: World) -> None:
    world.ask_for_samples()


def read(world: World, person: Person) -> None:
    world.pull(person)
    samples.run(world.context, NOW)


def asked(world: World) -> list[str]:
    return [request.path for request in world.sandbox.requests if request.path.endswith("/streams")]


def exposures(world: World, person: Person) -> dict[str, int]:
    """Metres at 4.5 m/s and faster by id."""
    with world.context.database.reading() as db:
        return {key[1]: sum(held.speed_m[45:]) for key, held in stored_exposures(db, person.id).items()}


def limited(world: World, runs: int) -> Context:
    """The product with so many samples a pass."""
    settings = world.context.settings
    strava = settings.strava.model_copy(update={"samples_per_pass": runs})
    return replace(world.context, settings=settings.model_copy(update={"strava": strava}))


def test_each_run_is_asked_for_once(world: World) -> None:
    person = world.join(world.athlete("5 6 7"))
    read(world, person)
    assert len(asked(world)) == 3
    read(world, person)
    assert len(asked(world)) == 3


def test_repetitions_are_found_in_the_samples(world: World) -> None:
    athlete = world.athlete("5 6")
    row = athlete.record(TODAY - timedelta(days=3), repetitions(8_000, count=6, length_m=400, effort=2.0))
    person = world.join(athlete)
    read(world, person)
    fast_m = exposures(world, person)
    assert 2_200 <= fast_m.pop(str(row["id"])) <= 2_500
    assert set(fast_m.values()) == {0}


def test_the_newest_runs_come_first_and_the_rest_in_the_next_pass(world: World) -> None:
    """I9."""
    person = world.join(world.athlete("5 6 7 8"))
    world.pull(person)
    samples.run(limited(world, 3), NOW)
    with world.context.database.reading() as db:
        assert [run.distance_m for run in without_samples(db, person.id, Origin.STRAVA)] == [5_000]


def test_what_the_lists_of_this_day_still_need_is_left_to_them(world: World) -> None:
    """N8."""
    first, *others = [world.join(world.athlete("5 6 7")) for _ in range(4)]
    world.pull(first)
    with world.context.database.writing() as db:
        take(db, Purpose.LIST, NOW)
        note_limits(db, {"X-ReadRateLimit-Limit": "100,10", "X-ReadRateLimit-Usage": "7,7"}, NOW)
    samples.run(world.context, NOW)
    assert asked(world) == []
    for each in others:
        world.pull(each)
    samples.run(world.context, NOW)
    assert len(asked(world)) == 2  # the tenth request of the day is kept in any case


def test_a_changed_run_is_asked_for_again(world: World) -> None:
    athlete = world.athlete("5 6 7")
    person = world.join(athlete)
    read(world, person)
    athlete.activities[0]["distance"] = 7_100.0
    read(world, person)
    assert len(asked(world)) == 4


def test_a_run_entered_by_hand_has_no_samples_and_is_not_asked_for(world: World) -> None:
    athlete = world.athlete("5")
    athlete.activities[0]["manual"] = True
    person = world.join(athlete)
    read(world, person)
    assert asked(world) == []
    assert exposures(world, person) == {}
    with world.context.database.reading() as db:
        assert without_samples(db, person.id, Origin.STRAVA) == []


def test_a_rate_limit_on_samples_stops_all_asking_and_keeps_what_was_read(world: World) -> None:
    """N7, I9."""
    athlete = world.athlete("5 6 7")
    person = world.join(athlete)
    world.pull(person)
    newest = max(athlete.activities, key=lambda row: row["start_date"])["id"]
    samples.run(limited(world, 1), NOW)
    world.sandbox.refuse(athlete.id, faults.rate_limited, path="/api/v3/activities")
    samples.run(world.context, NOW)
    assert set(exposures(world, person)) == {str(newest)}
    with world.context.database.reading() as db:
        assert blocked_until(db, NOW)


def test_a_run_that_strava_fails_to_give_is_put_off_and_holds_up_nobody(world: World) -> None:
    """N6."""
    athlete = world.athlete("5 6 7 8")
    person = world.join(athlete)
    world.pull(person)
    broken = athlete.activities[-1]["id"]
    for day in range(8):
        now = NOW + timedelta(days=day)
        world.sandbox.refuse(athlete.id, faults.status(500), path=f"/api/v3/activities/{broken}/")
        samples.run(world.context, now)
        samples.run(world.context, now + timedelta(hours=1))
    assert len(exposures(world, person)) == 3
    assert len([path for path in asked(world) if str(broken) in path]) == 7
    with world.context.database.reading() as db:
        assert without_samples(db, person.id, Origin.STRAVA) == []  # given up
    note = "1 activity missing: Strava does not give what was recorded"
    assert note in world.seen(person, now).verdict.notes
    athlete.activities[-1]["distance"] = 8_100.0  # edited, it is asked for anew, and now it can be had
    world.sandbox.heal(athlete.id)
    world.pull(person, now)
    samples.run(world.context, now + timedelta(days=1))
    assert len(exposures(world, person)) == 4
    assert note not in world.seen(person, now).verdict.notes


def test_when_no_run_can_be_had_none_is_put_off(world: World) -> None:
    athlete = world.athlete("5 6 7 8")
    world.pull(world.join(athlete))
    world.sandbox.refuse(athlete.id, faults.status(503), path="/api/v3/activities")
    samples.run(world.context, NOW)
    assert len(asked(world)) == samples.FAULTS_IN_A_ROW
    world.sandbox.heal(athlete.id)
    samples.run(world.context, NOW)
    assert len(asked(world)) == samples.FAULTS_IN_A_ROW + 4


def test_the_newest_run_of_all_runners_comes_first(world: World) -> None:
    older, newer = world.athlete("5 6 -"), world.athlete("- - 7")
    for athlete in (older, newer):
        world.pull(world.join(athlete))
    samples.run(limited(world, 1), NOW)
    assert asked(world) == [f"/api/v3/activities/{newer.activities[0]['id']}/streams"]


def test_a_new_title_asks_for_no_samples(world: World) -> None:
    athlete = world.athlete("5 6 7")
    person = world.join(athlete)
    read(world, person)
    athlete.activities[0]["name"] = "Round the lake"
    read(world, person)
    assert len(asked(world)) == 3
    assert "Round the lake" in [run.name for run in world.runs(person)]


def test_samples_that_cannot_be_had_do_not_make_a_runner_stale(world: World) -> None:
    athlete = world.athlete("8 - 8 - 10 - - " * 6)
    person = world.join(athlete)
    world.sandbox.refuse(athlete.id, faults.status(500), path="/api/v3/activities")
    world.one_pass()
    seen = world.seen(person).verdict
    assert (seen.word, seen.freshness) == ("OK", Freshness.OK)
    assert "fast_running_spike" in seen.not_judged
    assert len(asked(world)) == samples.FAULTS_IN_A_ROW


def test_the_samples_of_a_deleted_run_go_with_it(world: World) -> None:
    athlete = world.athlete("5 6 7")
    person = world.join(athlete)
    read(world, person)
    del athlete.activities[0]
    world.pull(person, LATER)
    samples.run(world.context, LATER)
    assert len(exposures(world, person)) == 2


def test_first_fast_running_after_weeks_without_is_found_from_the_samples(world: World) -> None:
    athlete = world.athlete("8 - 8 - 10 - - " * 8)
    athlete.record(TODAY - timedelta(days=60), repetitions(9_000, count=5, length_m=400, effort=2.0))
    athlete.record(TODAY - timedelta(days=1, hours=-12), repetitions(9_000, count=5, length_m=400, effort=2.0))
    athlete.record(TODAY - timedelta(days=2, hours=-12), easy(6_000))
    person = world.join(athlete)
    world.one_pass()
    assert "first_fast_running" in [f.rule for f in world.seen(person).verdict.findings]


def test_everybodys_list_comes_before_anybodys_samples(world: World) -> None:
    """I9."""
    for _ in range(3):
        world.join(world.athlete("5 6 7"))
    world.one_pass()
    paths = [request.path for request in world.sandbox.requests]
    lists = [n for n, path in enumerate(paths) if path.endswith("/athlete/activities")]
    assert max(lists) < min(n for n, path in enumerate(paths) if path.endswith("/streams"))


def test_samples_of_a_run_that_changed_since_do_not_speak_for_it(world: World) -> None:
    athlete = world.athlete("5 6 7")
    person = world.join(athlete)
    read(world, person)
    athlete.activities[0]["distance"] = 4_000.0
    world.pull(person, LATER)
    assert len(exposures(world, person)) == 2
