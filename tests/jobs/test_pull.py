"""Strava's list is the truth for its window; a failure leaves what is stored as it was."""

from datetime import timedelta

import pytest
from sqlmodel import select

from monitor.model import Freshness
from monitor.sandbox import faults
from monitor.sandbox.faults import Fault
from monitor.sandbox.plan import easy
from monitor.store.source_state import blocked_until
from monitor.store.status import status
from monitor.store.tables import ActivityRow, Quarantine
from tests.jobs.conftest import NOW, TODAY, World

STEADY = "8 - 8 - 10 - - " * 6
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
    person = world.join(world.athlete(STEADY))
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


FAULTS = [
    pytest.param(faults.status(503), "503", id="a server error"),
    pytest.param(faults.html, "Strava", id="HTML instead of JSON"),
    pytest.param(faults.body(b"null"), "Strava", id="null instead of a list"),
    pytest.param(faults.body(b'[{"id": 1, "distance": NaN'), "Strava", id="JSON that breaks off"),
    pytest.param(faults.cut, "Strava", id="a connection cut in the middle"),
    pytest.param(faults.rate_limited, "limit", id="a rate limit"),
    pytest.param(faults.rate_limited_without_headers, "limit", id="a rate limit without headers"),
    pytest.param(faults.inactive, "inactive", id="an inactive app"),
    pytest.param(faults.hang, "answer", id="a server that hangs"),
]


@pytest.mark.parametrize(("fault", "words"), FAULTS)
def test_a_failure_leaves_the_runs_as_they_were_and_one_clear_line(
    world: World, logged: list[dict[str, object]], fault: Fault, words: str
) -> None:
    """N2, N3, N4, N5, N7, N8, N12; I6: an incomplete list deletes nothing."""
    person = world.join(world.athlete(STEADY))
    world.pull(person)
    before = world.runs(person)
    logged.clear()
    world.sandbox.refuse(None, fault, path="/api/v3/athlete")
    world.pull(person, LATER)
    assert world.runs(person) == before
    assert len(logged) == 1
    assert words.lower() in str(logged[0]["error"]).lower()
    assert world.connection(person).last_complete_at == NOW


def test_a_rate_limit_stops_all_asking_until_the_window_turns(world: World) -> None:
    """N7."""
    one, two = (world.join(world.athlete("8 8")) for _ in range(2))
    world.sandbox.refuse(None, faults.rate_limited, path="/api")
    world.pull(one)
    asked = len(world.sandbox.requests)
    world.pull(two)
    assert len(world.sandbox.requests) == asked
    with world.context.database.reading() as db:
        until = blocked_until(db, NOW)
        assert until
        assert until <= NOW + timedelta(minutes=16)
    assert world.seen(two).verdict.freshness is not Freshness.SOURCE_DOWN
    world.sandbox.heal(None)
    world.pull(two, until)
    assert len(world.runs(two)) == 2


def test_an_inactive_app_makes_the_source_down_and_is_forgotten_when_it_answers_again(world: World) -> None:
    """N12."""
    person = world.join(world.athlete(STEADY))
    world.pull(person)
    world.sandbox.refuse(None, faults.inactive)
    world.pull(person, LATER)
    assert world.seen(person, LATER).verdict.freshness is Freshness.SOURCE_DOWN
    world.sandbox.heal(None)
    world.pull(person, LATER + timedelta(minutes=16))
    assert world.seen(person, LATER).verdict.freshness is Freshness.OK


def test_server_errors_met_by_five_runners_stop_the_asking_for_a_quarter_of_an_hour(world: World) -> None:
    """N5."""
    team = [world.join(world.athlete(STEADY)) for _ in range(6)]
    world.sandbox.refuse(None, faults.status(500), path="/api")
    for person in team[:5]:
        world.pull(person)
    asked = len(world.sandbox.requests)
    world.pull(team[5])
    assert len(world.sandbox.requests) == asked
    assert world.seen(team[5]).verdict.freshness is Freshness.SOURCE_DOWN
    world.pull(team[5], NOW + timedelta(minutes=15))
    assert len(world.sandbox.requests) > asked


def test_one_runner_whose_list_always_fails_does_not_darken_the_others(world: World) -> None:
    """N5."""
    broken = world.athlete(STEADY)
    person, other = world.join(broken), world.join(world.athlete(STEADY))
    world.pull(other)
    world.sandbox.refuse(broken.id, faults.status(503), path="/api")
    for minute in range(10):
        world.pull(person, NOW + timedelta(minutes=minute))
    assert world.seen(other).verdict.word == "OK"


def test_a_source_that_fell_silent_for_a_week_tells_nothing_any_more(world: World) -> None:
    person = world.join(world.athlete(STEADY))
    world.pull(person)
    world.sandbox.refuse(None, faults.status(503), path="/api")
    world.pull(person, NOW + timedelta(days=8))
    assert world.seen(person).history is None


def test_a_revoked_token_stops_the_asking_and_keeps_the_runs(world: World) -> None:
    """N10."""
    athlete = world.athlete(STEADY)
    person = world.join(athlete)
    world.pull(person)
    world.sandbox.refuse(athlete.id, faults.revoked)
    world.pull(person, LATER)
    seen = world.seen(person, LATER).verdict
    assert (seen.word, seen.freshness) == ("CANNOT SAY", Freshness.REVOKED)
    assert len(world.runs(person)) == 18
    asked = len(world.sandbox.requests)
    world.pull(person, LATER)
    assert len(world.sandbox.requests) == asked


def test_a_missing_permission_is_told_apart_from_a_revoked_one(world: World) -> None:
    """N11."""
    athlete = world.athlete(STEADY)
    person = world.join(athlete)
    missing = (
        b'{"message":"Authorization Error",'
        b'"errors":[{"resource":"AccessToken","field":"activity:read_permission","code":"missing"}]}'
    )
    world.sandbox.refuse(athlete.id, _answering(401, missing))
    world.pull(person)
    assert world.seen(person).verdict.freshness is Freshness.NEEDS_SCOPE


def test_rows_that_no_list_has_shown_for_seven_days_are_removed(world: World) -> None:
    person = world.join(world.athlete(STEADY))
    world.pull(person)
    world.sandbox.refuse(None, faults.status(503), path="/api")
    world.pull(person, NOW + timedelta(days=7))
    assert len(world.runs(person)) == 18
    world.pull(person, NOW + timedelta(days=7, seconds=1))
    assert world.runs(person) == []


def test_a_runner_without_strava_is_left_alone(world: World) -> None:
    from monitor.store.people import add_runner

    with world.context.database.writing() as db:
        person = add_runner(db, "Files Only", "f@example.org", "UTC", None, NOW)
    world.pull(person)
    assert world.sandbox.requests == []


def test_nothing_of_a_route_or_a_description_is_stored() -> None:
    assert not {"polyline", "description", "latlng", "map"} & set(ActivityRow.model_fields)


def _answering(code: int, content: bytes) -> Fault:
    from fastapi import Request, Response

    async def fault(_: Request) -> Response:
        return Response(content, status_code=code, media_type="application/json")

    return fault


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
    athlete = world.athlete(STEADY)
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
