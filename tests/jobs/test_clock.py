"""T3: a clock that is wrong for a while neither repeats an alert nor swallows one."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from jobs import daily, deliver
from monitor.model import Freshness
from monitor.sandbox.plan import easy
from monitor.store.due import Due, passes_now
from tests.jobs.conftest import NOW, SIX_WEEKS, SPIKE_YESTERDAY, TODAY, World
from tests.jobs.test_changes import tick

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
JUMPS = [
    pytest.param([10 * MINUTE], id="ten minutes ahead"),
    pytest.param([-10 * MINUTE], id="ten minutes behind"),
    pytest.param([DAY], id="a day ahead"),
    pytest.param([10 * MINUTE, -10 * MINUTE, DAY, -3 * MINUTE], id="to and fro"),
]


@pytest.mark.parametrize("jumps", JUMPS)
def test_an_alert_is_sent_once_however_the_clock_jumps(world: World, jumps: list[timedelta]) -> None:
    """T3."""
    person = world.join(world.athlete(SPIKE_YESTERDAY))
    for moment in (NOW, *(NOW + jump for jump in jumps), NOW + MINUTE):
        world.one_pass(moment)
    assert len(world.sent) == 1
    assert len(world.runs(person)) == 19
    assert world.seen(person, NOW + MINUTE).verdict.freshness is Freshness.OK


@pytest.mark.parametrize("jump", [-DAY, -10 * MINUTE, 10 * MINUTE, DAY], ids=str)
def test_a_clock_that_jumps_during_a_pass_gives_it_to_a_second_one_at_worst(world: World, jump: timedelta) -> None:
    """T3: whoever takes it over does the same again; nothing is written twice, nothing is lost, one mail leaves."""
    person = world.join(world.athlete(SPIKE_YESTERDAY))
    database, later = world.context.database, NOW + jump

    def interrupted(due: Iterator[Due]) -> Iterator[Due]:
        for each in due:
            other = replace(world.context, owner="another process", clock=lambda: later)
            daily.run(other, passes_now(database, lambda: later, other.owner), later)
            yield each

    daily.run(world.context, interrupted(passes_now(database, lambda: NOW, world.context.owner)), NOW)
    world.one_pass(NOW + 11 * MINUTE)
    deliver.run(world.context, NOW + DAY)  # a letter that was decided tomorrow leaves tomorrow
    assert len(world.runs(person)) == 19
    assert len(world.sent) == 1


@pytest.mark.parametrize("jumps", JUMPS)
def test_a_run_after_the_clock_was_put_right_is_told_all_the_same(world: World, jumps: list[timedelta]) -> None:
    """T3."""
    athlete = world.athlete(SIX_WEEKS)
    world.join(athlete)
    for moment in (NOW, *(NOW + jump for jump in jumps)):
        world.one_pass(moment)
    assert world.sent == []
    athlete.record(TODAY + timedelta(hours=8), easy(15_000))
    world.one_pass(NOW + timedelta(hours=6))
    assert world.subjects == ["Today's 15.0 km was 50 % beyond your longest in 30 days"]


def test_the_passes_of_a_day_that_the_clock_skipped_are_made_up_for_at_the_next_one(world: World) -> None:
    """T3."""
    athlete = world.athlete(SIX_WEEKS)
    world.join(athlete)
    for hours in (0, 24, 1):  # ahead by a day, and back
        tick(world, hours)
    athlete.record(TODAY + timedelta(hours=8), easy(15_000))
    for hours in (25, 49):
        tick(world, hours)
    deliver.run(world.context, NOW + timedelta(hours=49))
    assert len(world.sent) == 1
