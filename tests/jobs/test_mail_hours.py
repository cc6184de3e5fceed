"""When a letter may leave: after days off, at night, in the zone of whoever reads it."""

from contextlib import ExitStack
from datetime import datetime, timedelta

import pytest

from jobs import alert, assess, daily, deliver
from monitor.store.due import due_passes
from monitor.store.outbox import queue_letter
from monitor.store.tables import Runner
from tests.delivery.mailserver import Inbox, mail
from tests.jobs.conftest import NOW, SPIKE_YESTERDAY, World
from tests.jobs.post import DAY, HOUR, reader, rows, served, states, write


def test_after_three_days_off_there_is_one_pass_and_no_old_mail(world: World) -> None:
    """M8."""
    person = world.join(world.athlete(SPIKE_YESTERDAY))
    world.pull(person)
    assess.run(world.context, person, NOW)
    alert.run(world.context, NOW)
    back = NOW + 3 * DAY
    due = list(due_passes(world.context.database, lambda: back, "me", 7))
    assert [each.slot for each in due] == ["2026-10-03"]
    daily.run(world.context, due, back)
    deliver.run(world.context, back)
    assert (world.sent, states(world)) == ([], ["failed"])


@pytest.mark.parametrize(
    ("zone", "now", "due"),
    [
        pytest.param("Europe/Paris", "2026-03-28T21:30", "2026-03-29T05:00", id="M10 spring: the night is shorter"),
        pytest.param("Europe/Paris", "2026-10-24T20:30", "2026-10-25T06:00", id="M10 autumn: the night is longer"),
        pytest.param("Australia/Lord_Howe", "2026-10-03T12:00", "2026-10-03T20:00", id="M10 half an hour"),
        pytest.param("America/New_York", "2026-09-30T07:00", "2026-09-30T11:00", id="M10 west"),
    ],
)
def test_a_try_again_waits_for_the_morning_of_its_reader(
    world: World, stack: ExitStack, zone: str, now: str, due: str
) -> None:
    """M10."""
    night, morning = (datetime.fromisoformat(f"{text}:00+00:00") for text in (now, due))
    inbox = Inbox()
    write(world, reader(world, zone).id, now=night)
    served(world, stack, inbox)
    for moment in (night, morning - timedelta(seconds=1)):
        assert deliver.run(world.context, moment) == 0
    assert [row.due_at for row in rows(world)] == [morning]
    assert deliver.run(world.context, morning) == 1
    assert len(inbox.arrived) == 1


def test_who_moves_is_not_woken_and_an_unknown_zone_is_utc(world: World, stack: ExitStack) -> None:
    """M10."""
    ada = reader(world)
    write(world, ada.id)
    with world.context.database.writing() as db:
        db.get_one(Runner, ada.id).timezone = "America/New_York"  # three in the morning there
    served(world, stack, Inbox())
    assert deliver.run(world.context, NOW) == 0
    with world.context.database.writing() as db:
        db.get_one(Runner, ada.id).timezone = "Mars/Base"
    assert deliver.run(world.context, NOW + HOUR) == 0  # it waits for the morning that it was given
    assert deliver.run(world.context, NOW + 4 * HOUR) == 1


def test_letters_to_the_operator_know_no_night(world: World, stack: ExitStack) -> None:
    """M10."""
    midnight = NOW + 17 * HOUR
    write(world, None, now=midnight)
    served(world, stack, Inbox())
    assert deliver.run(world.context, midnight) == 1


def test_a_coach_is_not_woken_either(world: World, stack: ExitStack) -> None:
    """M10."""
    with world.context.database.writing() as db:
        queue_letter(db, None, "digest", "d", mail(), NOW, NOW, zone="America/New_York")
    served(world, stack, Inbox())
    assert deliver.run(world.context, NOW) == 0
    assert deliver.run(world.context, NOW + 4 * HOUR) == 1
