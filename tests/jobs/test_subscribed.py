"""The subscription may end at Strava without a word: it is asked for once a day, and nobody relies on a lost one."""

from datetime import timedelta

import pytest

from jobs import deliver, operator
from monitor.sandbox import faults
from monitor.sandbox.webhooks import Subscription
from monitor.store.status import status
from monitor.store.subscription import keep_subscription, tells
from tests.jobs.conftest import NOW, World

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
PATH = "/api/v3/push_subscriptions"


@pytest.fixture
def club(world: World) -> World:
    """A club that Strava tells of changes, and its operator."""
    world.set(mail={"operator": "Olga <olga@example.org>"})
    world.sandbox.webhooks.subscription = Subscription(9, "https://club.example", NOW)
    with world.context.database.writing() as db:
        keep_subscription(db, 9, "https://club.example", NOW)
    return world


def looked(world: World, hours: range) -> int:
    """How often Strava was asked for the subscription in these hours, each with its ticks."""
    before = len(asked(world))
    for hour in hours:
        for minute in (0, 30):
            operator.run(world.context, NOW + hour * HOUR + timedelta(minutes=minute))
    return len(asked(world)) - before


def asked(world: World) -> list[str]:
    return [each.path for each in world.sandbox.requests if each.path == PATH]


def relies_on_it(world: World) -> bool:
    with world.context.database.reading() as db:
        return tells(db)


def test_it_is_asked_for_once_a_day(club: World) -> None:
    assert [looked(club, range(24)), looked(club, range(24, 48)), looked(club, range(48, 72))] == [0, 1, 1]
    assert relies_on_it(club)


def test_without_one_nobody_asks(world: World) -> None:
    assert looked(world, range(72)) == 0


def test_one_that_is_gone_is_relied_upon_no_more_and_the_operator_is_told_once_a_day(club: World) -> None:
    club.sandbox.webhooks.subscription = None
    looked(club, range(73))
    assert not relies_on_it(club)
    with club.context.database.reading() as db:
        found = status(db, NOW + DAY)
    assert "gone at Strava since 2026-10-01" in found.strava_events
    assert "hamwatch strava subscribe" in " ".join(found.needs_a_person)
    deliver.run(club.context, NOW + 3 * DAY)
    assert club.subjects == ["Strava has dropped Hamwatch's subscription"] * 3
    with club.context.database.writing() as db:
        keep_subscription(db, 10, "https://club.example", NOW + 3 * DAY)
    assert relies_on_it(club)


def test_an_answer_that_does_not_come_says_nothing_about_it(club: World) -> None:
    club.sandbox.refuse(None, faults.status(503), path=PATH)
    looked(club, range(24, 36))
    assert (len(asked(club)), relies_on_it(club)) == (1, True)
    club.sandbox.heal(None)
    club.sandbox.webhooks.subscription = None
    looked(club, range(36, 60))
    assert not relies_on_it(club)
