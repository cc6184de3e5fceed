"""Letters leave once, at a decent hour, and none is lost."""

from datetime import timedelta

import pytest

from jobs import deliver
from monitor.errors import DeliveryError
from monitor.sandbox.plan import easy
from monitor.store.outbox import letters
from tests.jobs.conftest import NOW, SIX_WEEKS, SPIKE_YESTERDAY, TODAY, World
from tests.jobs.post import MINUTE, reader, write

TOMORROW = NOW + timedelta(days=1)


def test_a_letter_that_is_not_accepted_waits_and_goes_later(world: World) -> None:
    world.join(world.athlete(SPIKE_YESTERDAY))
    accept = world.context.send

    def busy(_message: object) -> None:
        raise DeliveryError("451 try again later")

    object.__setattr__(world.context, "send", busy)
    world.one_pass()
    object.__setattr__(world.context, "send", accept)
    assert deliver.run(world.context, NOW + timedelta(seconds=30)) == 0
    assert deliver.run(world.context, NOW + timedelta(seconds=61)) == 1
    assert len(world.sent) == 1


def test_a_letter_that_is_refused_for_good_is_not_tried_again(world: World) -> None:
    world.join(world.athlete(SPIKE_YESTERDAY))

    def refuse(_message: object) -> None:
        raise DeliveryError("550 no such user", permanent=True)

    object.__setattr__(world.context, "send", refuse)
    world.one_pass()
    assert deliver.run(world.context, NOW + timedelta(days=1)) == 0
    with world.context.database.reading() as db:
        assert [row.error for row in letters(db, "failed")] == ["550 no such user"]


def test_a_sender_killed_before_it_marked_the_letter_sends_it_again_with_the_same_id(world: World) -> None:
    world.join(world.athlete(SPIKE_YESTERDAY))
    accept = world.context.send

    def killed(message: object) -> None:
        accept(message)  # type: ignore[arg-type]
        raise KeyboardInterrupt

    object.__setattr__(world.context, "send", killed)
    with pytest.raises(KeyboardInterrupt):
        world.one_pass()
    object.__setattr__(world.context, "send", accept)
    assert deliver.run(world.context, NOW + timedelta(seconds=119)) == 0
    assert deliver.run(world.context, NOW + timedelta(seconds=121)) == 1
    assert world.sent[0]["Message-ID"] == world.sent[1]["Message-ID"]


def test_nothing_is_mailed_at_night(world: World) -> None:
    world.join(world.athlete(SPIKE_YESTERDAY, zone="America/New_York"))  # three in the morning there
    world.one_pass()
    assert world.sent == []
    assert deliver.run(world.context, NOW + timedelta(hours=4)) == 1


def test_a_letter_held_over_night_speaks_of_the_morning_on_which_it_is_read(world: World) -> None:
    athlete = world.athlete(SIX_WEEKS)
    world.join(athlete)
    world.one_pass()
    athlete.record(TODAY + timedelta(hours=20), easy(15_000))
    world.one_pass(NOW + timedelta(hours=15))
    assert world.sent == []
    deliver.run(world.context, TOMORROW)
    assert world.subjects == ["Yesterday's 15.0 km was 50 % beyond your longest in 30 days"]


def test_the_same_episode_found_again_and_again_makes_one_letter(world: World) -> None:
    """M11."""
    person = reader(world)
    for minute in range(5):
        write(world, person.id, 1, NOW + minute * MINUTE)
    assert deliver.run(world.context, NOW + 5 * MINUTE) == 1
