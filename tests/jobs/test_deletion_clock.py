"""A permission that ended: two days later what it brought goes (N10)."""

from datetime import timedelta

import pytest

from jobs import deliver, leaving
from monitor.rules.freshness import Access
from monitor.sandbox import faults
from monitor.store.connections import connection, note_access
from monitor.store.people import Person
from tests.jobs.conftest import NOW, World
from tests.jobs.ended import DAY, HOUR, rows, text


def test_a_permission_that_ended_starts_the_clock_and_the_mail_names_the_day(world: World, ada: Person) -> None:
    world.sandbox.refuse(ada.id, faults.revoked)
    world.one_pass()
    assert world.connection(ada).delete_at == NOW + 48 * HOUR
    assert "what came from Strava is removed here on Friday 2 October" in text(world.sent[-1])


def test_two_days_later_what_it_brought_goes_and_the_runner_is_told_once(world: World, ada: Person) -> None:
    """N10."""
    world.sandbox.refuse(ada.id, faults.revoked)
    world.one_pass()
    leaving.run(world.context, NOW + 48 * HOUR - timedelta(seconds=1))
    assert rows(world) > 0
    for _ in range(2):
        leaving.run(world.context, NOW + 48 * HOUR)
        deliver.run(world.context, NOW + 48 * HOUR)
    assert rows(world) == 0
    with world.context.database.reading() as db:
        assert connection(db, ada.id) is None
    assert world.subjects[-1] == "Your runs from Strava were removed here"
    assert len(world.sent) == 2
    assert "/oauth/revoke" not in {asked.path for asked in world.sandbox.requests}


def test_who_connects_again_in_time_keeps_everything(world: World, ada: Person) -> None:
    world.sandbox.refuse(ada.id, faults.revoked)
    world.one_pass()
    world.sandbox.heal(ada.id)
    world.connect(ada, world.connection(ada).athlete_id, NOW + DAY)
    assert world.connection(ada).delete_at is None
    leaving.run(world.context, NOW + 90 * DAY)
    assert rows(world) > 0


@pytest.mark.parametrize("access", [Access.NEEDS_SCOPE, Access.NEEDS_REAUTH])
def test_a_permission_that_is_too_narrow_or_does_not_open_starts_no_clock(
    world: World, ada: Person, access: Access
) -> None:
    with world.context.database.writing() as db:
        note_access(db, ada.id, access, NOW, "")
    assert world.connection(ada).delete_at is None
    leaving.run(world.context, NOW + 90 * DAY)
    assert rows(world) > 0


def test_the_time_until_deletion_is_a_setting(world: World, ada: Person) -> None:
    world.set(strava={"delete_after_h": 720})
    world.sandbox.refuse(ada.id, faults.revoked)
    world.pull(ada)
    assert world.connection(ada).delete_at == NOW + 30 * DAY
