"""Permissions that Strava does not honour: of a token, of a runner, of the app."""

from datetime import timedelta

from monitor.model import Freshness
from monitor.rules.freshness import Access
from monitor.sandbox import faults
from monitor.store.status import status
from tests.jobs.conftest import NOW, SIX_WEEKS, World
from tests.jobs.faulty import LATER, LIST, TOKEN, asked_of, during


def test_a_token_that_strava_calls_expired_costs_one_refresh_and_one_more_try(world: World) -> None:
    """N9; T3: our clock stands seven hours behind Strava's, and says that the token is good."""
    person = world.join(world.athlete("8 8"))
    world.sandbox.now = lambda: NOW + timedelta(hours=7)
    world.sandbox.requests.clear()
    world.pull(person)
    assert asked_of(world) == [(LIST, 401), (TOKEN, 200), (LIST, 200), (LIST, 200)]
    assert len(world.runs(person)) == 2


def test_a_fresh_token_that_is_refused_too_ends_the_permission_after_two_tries(world: World) -> None:
    """N9, N10."""
    person = world.join(world.athlete("8 8"))
    world.sandbox.requests.clear()
    during(world, faults.revoked)
    for now in (NOW, LATER):
        world.pull(person, now)
    assert asked_of(world) == [(LIST, 401), (TOKEN, 200), (LIST, 401)]
    assert world.connection(person).access == Access.REVOKED


def test_a_box_left_empty_is_explained_and_takes_nothing_away(world: World) -> None:
    """N11."""
    person = world.join(world.athlete(SIX_WEEKS))
    world.one_pass()
    runs = world.runs(person)
    during(world, faults.scope_missing)
    world.one_pass(LATER)
    world.one_pass(LATER + timedelta(days=1))
    assert world.seen(person, LATER).verdict.freshness is Freshness.NEEDS_SCOPE
    assert (world.runs(person), world.connection(person).delete_at) == (runs, None)
    [mail] = world.sent
    words = mail.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert "activities" in words.replace("=\r\n", "").replace("=\n", "")


def test_an_inactive_app_is_said_to_the_operator_and_costs_one_request_a_quarter_of_an_hour(world: World) -> None:
    """N12."""
    team = [world.join(world.athlete(SIX_WEEKS)) for _ in range(3)]
    for person in team:
        world.pull(person)
    world.sandbox.requests.clear()
    during(world, faults.inactive)
    for person in team:
        world.pull(person, LATER)
    assert asked_of(world) == [(LIST, 403)]
    assert {world.seen(person, LATER).verdict.freshness for person in team} == {Freshness.SOURCE_DOWN}
    with world.context.database.reading() as db:
        assert "reactivate the app" in " ".join(status(db, LATER).needs_a_person)
