"""The whole road of an event: subscribed over HTTP, told over HTTP, kept, looked up, stored."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from monitor.cli.serve import pages
from monitor.errors import SourceUnavailable
from monitor.sandbox import Athlete
from monitor.sandbox.plan import easy
from monitor.store.events import SETTLES_IN, waiting_events
from monitor.store.people import Person
from monitor.store.subscription import keep_subscription
from monitor.web.links import verify_token, webhook_url
from tests.jobs.conftest import NOW, TODAY, World
from tests.jobs.test_events import LOG, tick
from tests.web.serving import serving

CLUB = "https://club.example"


@pytest.fixture
def road(world: World) -> Iterator[str]:
    """Where the product's pages are served; Strava was subscribed to there."""
    with serving(pages(world.context, lambda: world.context.clock())) as address:
        url, token = webhook_url(address, world.context.secrets), verify_token(world.context.secrets)
        number = world.context.strava.subscribe(url, token)
        with world.context.database.writing() as db:
            keep_subscription(db, number, url, NOW)
        yield address


def joined(world: World) -> tuple[Athlete, Person]:
    athlete = world.athlete(LOG)
    person = world.join(athlete)
    tick(world, NOW)
    return athlete, person


def waiting(world: World) -> int:
    with world.context.database.reading() as db:
        return waiting_events(db)


def test_a_run_that_is_uploaded_is_stored_after_its_event(world: World, road: str) -> None:
    athlete, person = joined(world)
    world.sandbox.record(athlete, TODAY + timedelta(hours=6), easy(9_000))
    assert waiting(world) == 1
    tick(world, NOW + SETTLES_IN)
    assert (waiting(world), world.distances(person)[-1]) == (0, 9_000)


def test_a_run_that_is_deleted_goes_after_its_event(world: World, road: str) -> None:
    athlete, person = joined(world)
    before = len(world.runs(person))
    world.sandbox.delete(athlete, athlete.activities[-1])
    tick(world, NOW + SETTLES_IN)
    assert len(world.runs(person)) == before - 1


def test_a_permission_that_is_withdrawn_at_strava_ends_our_asking(world: World, road: str) -> None:
    athlete, person = joined(world)
    world.sandbox.withdraw(athlete)
    tick(world, NOW + SETTLES_IN)
    assert world.connection(person).access == "revoked"


def test_there_is_one_subscription_and_it_can_be_listed_and_ended(world: World, road: str) -> None:
    strava = world.context.strava
    [(number, url)] = strava.subscriptions().items()
    assert url == webhook_url(road, world.context.secrets)
    with pytest.raises(SourceUnavailable):
        strava.subscribe(url, verify_token(world.context.secrets))
    strava.unsubscribe(number)
    strava.unsubscribe(number)
    assert strava.subscriptions() == {}


def test_an_address_that_strava_cannot_verify_is_refused(world: World, road: str) -> None:
    world.context.strava.unsubscribe(next(iter(world.context.strava.subscriptions())))
    with pytest.raises(SourceUnavailable):
        world.context.strava.subscribe(webhook_url(road, world.context.secrets), "another token")
