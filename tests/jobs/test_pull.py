"""Strava's list is the truth for its window."""

from datetime import timedelta

from sqlmodel import select

from monitor.sandbox.plan import easy
from monitor.store.status import status
from monitor.store.tables import ActivityRow, Quarantine
from tests.jobs.conftest import NOW, SIX_WEEKS, TODAY, World

LATER = NOW + timedelta(hours=1)


def test_the_last_120_days_are_asked_for_and_stored(world: World) -> None:
    person = world.join(world.athlete("6 " * 130))
    world.pull(person)
    days = [run.day for run in world.runs(person)]
    assert (len(days), str(days[0]), str(days[-1])) == (119, "2026-06-03", "2026-09-29")


def test_short_pages_lose_nothing(world: World) -> None:
    """I2."""
    world.sandbox.short_pages = True
    athlete = world.athlete("6 " * 100)
    for n in range(149):
        athlete.record(TODAY - timedelta(days=1 + n % 90, hours=-12 - n // 90 * 3), easy(3_000))
    person = world.join(athlete)
    world.pull(person)
    assert len(world.runs(person)) == 249


def test_a_second_pull_changes_nothing(world: World) -> None:
    person = world.join(world.athlete(SIX_WEEKS))
    world.pull(person)
    before = world.runs(person)
    world.pull(person, LATER)
    assert world.runs(person) == before


def test_an_edited_run_changes(world: World) -> None:
    """I5."""
    athlete = world.athlete("8 8 8")
    person = world.join(athlete)
    world.pull(person)
    athlete.activities[1]["distance"] = 9_500.4
    world.pull(person, LATER)
    assert sorted(world.distances(person)) == [8_000, 8_000, 9_500]


def test_a_deleted_run_goes(world: World) -> None:
    """I6."""
    athlete = world.athlete("8 9 10")
    person = world.join(athlete)
    world.pull(person)
    del athlete.activities[0]
    world.pull(person, LATER)
    assert len(world.runs(person)) == 2


def test_a_late_upload_of_an_old_run_is_found(world: World) -> None:
    """I4."""
    athlete = world.athlete("8 - 8")
    person = world.join(athlete)
    world.pull(person)
    athlete.record(TODAY - timedelta(days=50), easy(12_000))
    world.pull(person, LATER)
    assert world.distances(person)[0] == 12_000


def test_one_bad_record_is_quarantined_and_the_rest_is_kept(world: World) -> None:
    athlete = world.athlete("8 9 10")
    athlete.activities[1]["distance"] = -5
    person = world.join(athlete)
    world.pull(person)
    assert len(world.runs(person)) == 2
    with world.context.database.reading() as db:
        rows = db.exec(select(Quarantine)).all()
        assert len(rows) == 1
        assert "distance" in rows[0].reason
        assert "Test" not in rows[0].reason


def test_a_stored_run_whose_record_became_unusable_is_kept(world: World) -> None:
    athlete = world.athlete("8 9 10")
    person = world.join(athlete)
    world.pull(person)
    athlete.activities[1]["distance"] = -5
    world.pull(person, LATER)
    assert sorted(world.distances(person)) == [8_000, 9_000, 10_000]


def test_a_runner_without_strava_is_left_alone(world: World) -> None:
    from monitor.store.people import add_runner

    with world.context.database.writing() as db:
        person = add_runner(db, "Files Only", "f@example.org", "UTC", None, NOW)
    world.pull(person)
    assert world.sandbox.requests == []


def test_nothing_of_a_route_or_a_description_is_stored() -> None:
    assert not {"polyline", "description", "latlng", "map"} & set(ActivityRow.model_fields)


def test_a_run_of_another_account_is_quarantined_and_said_in_the_log(
    world: World, logged: list[dict[str, object]]
) -> None:
    """I14."""
    athlete = world.athlete("8 9 10")
    person = world.join(athlete)
    athlete.activities[1]["athlete"] = {"id": athlete.id + 1}
    logged.clear()
    world.pull(person)
    assert sorted(world.distances(person)) == [8_000, 10_000]
    [warning] = [line for line in logged if line["log_level"] == "warning"]
    number = str(athlete.activities[1]["id"])
    assert warning == {
        "event": "activity of another account",
        "runner": person.id,
        "activity": number,
        "log_level": "warning",
    }
    with world.context.database.reading() as db:
        assert [row.record_id for row in db.exec(select(Quarantine)).all()] == [number]


def test_two_hundred_copies_of_one_run_count_once_and_the_operator_is_told(
    world: World, logged: list[dict[str, object]]
) -> None:
    """Bad input 91."""
    athlete = world.athlete(SIX_WEEKS)
    run = athlete.activities[-1]
    athlete.activities += [run | {"id": 77_000 + n} for n in range(199)]
    person = world.join(athlete)
    logged.clear()
    for now in (NOW, LATER):
        world.pull(person, now)
    assert len(world.runs(person)) == 18
    warnings = [line for line in logged if line["log_level"] == "warning"]
    assert [(line["runner"], line["times"]) for line in warnings] == [(person.id, 200)] * 2
    with world.context.database.reading() as db:
        assert len(db.exec(select(Quarantine)).all()) == 1
        assert f"runner {person.id}: one run listed many times" in " ".join(status(db, LATER).needs_a_person)
        assert "many times" not in " ".join(status(db, LATER + timedelta(days=3)).needs_a_person)
