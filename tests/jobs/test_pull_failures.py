"""A pull that fails leaves what is stored as it was, and says so."""

from datetime import timedelta

import pytest

from monitor.model import Freshness
from monitor.sandbox import faults
from monitor.sandbox.faults import Fault
from monitor.store.source_state import blocked_until
from tests.jobs.conftest import NOW, SIX_WEEKS, World

LATER = NOW + timedelta(hours=1)
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
    person = world.join(world.athlete(SIX_WEEKS))
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
    person = world.join(world.athlete(SIX_WEEKS))
    world.pull(person)
    world.sandbox.refuse(None, faults.inactive)
    world.pull(person, LATER)
    assert world.seen(person, LATER).verdict.freshness is Freshness.SOURCE_DOWN
    world.sandbox.heal(None)
    world.pull(person, LATER + timedelta(minutes=16))
    assert world.seen(person, LATER).verdict.freshness is Freshness.OK


def test_server_errors_met_by_five_runners_stop_the_asking_for_a_quarter_of_an_hour(world: World) -> None:
    """N5."""
    team = [world.join(world.athlete(SIX_WEEKS)) for _ in range(6)]
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
    broken = world.athlete(SIX_WEEKS)
    person, other = world.join(broken), world.join(world.athlete(SIX_WEEKS))
    world.pull(other)
    world.sandbox.refuse(broken.id, faults.status(503), path="/api")
    for minute in range(10):
        world.pull(person, NOW + timedelta(minutes=minute))
    assert world.seen(other).verdict.word == "OK"


def test_a_source_that_fell_silent_for_a_week_tells_nothing_any_more(world: World) -> None:
    person = world.join(world.athlete(SIX_WEEKS))
    world.pull(person)
    world.sandbox.refuse(None, faults.status(503), path="/api")
    world.pull(person, NOW + timedelta(days=8))
    assert world.seen(person).history is None


def test_a_revoked_token_stops_the_asking_and_keeps_the_runs(world: World) -> None:
    """N10."""
    athlete = world.athlete(SIX_WEEKS)
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
    athlete = world.athlete(SIX_WEEKS)
    person = world.join(athlete)
    missing = (
        b'{"message":"Authorization Error",'
        b'"errors":[{"resource":"AccessToken","field":"activity:read_permission","code":"missing"}]}'
    )
    world.sandbox.refuse(athlete.id, _answering(401, missing))
    world.pull(person)
    assert world.seen(person).verdict.freshness is Freshness.NEEDS_SCOPE


def test_rows_that_no_list_has_shown_for_seven_days_are_removed(world: World) -> None:
    person = world.join(world.athlete(SIX_WEEKS))
    world.pull(person)
    world.sandbox.refuse(None, faults.status(503), path="/api")
    world.pull(person, NOW + timedelta(days=7))
    assert len(world.runs(person)) == 18
    world.pull(person, NOW + timedelta(days=7, seconds=1))
    assert world.runs(person) == []


def _answering(code: int, content: bytes) -> Fault:
    from fastapi import Request, Response

    async def fault(_: Request) -> Response:
        return Response(content, status_code=code, media_type="application/json")

    return fault
