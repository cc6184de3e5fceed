"""Who is due when: claimed once, taken over, caught up."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
import time_machine
from sqlmodel import select

from jobs import daily
from jobs.__main__ import clock, live, send, tick, unless_idle
from monitor.sandbox import faults
from monitor.store.due import due_passes, make_due
from monitor.store.heartbeats import beats
from monitor.store.tables import JobRun
from tests.jobs.conftest import NOW, SIX_WEEKS, SPIKE_YESTERDAY, World


def test_each_runner_is_due_at_seven_in_their_own_zone(world: World) -> None:
    for zone in ("Asia/Tokyo", "Europe/Paris", "America/New_York"):
        world.join(world.athlete(SIX_WEEKS, zone=zone))

    def due_after(hours: int) -> list[str]:
        """The zones of those who are due so many hours after noon in London on 30 September."""
        now = datetime(2026, 9, 30, 11, tzinfo=UTC) + timedelta(hours=hours)
        due = list(due_passes(world.context.database, lambda: now, world.context.owner, 7))
        daily.run(world.context, due, now)
        return [each.person.timezone for each in due]

    assert due_after(0) == ["Asia/Tokyo", "Europe/Paris", "America/New_York"]  # seven in New York
    assert due_after(10) == []
    assert due_after(11) == ["Asia/Tokyo"]
    assert due_after(17) == []
    assert due_after(18) == ["Europe/Paris"]
    assert due_after(23) == []
    assert due_after(24) == ["America/New_York"]


def test_missed_days_are_caught_up_once(world: World) -> None:
    world.join(world.athlete(SIX_WEEKS))
    daily.run(world.context, due_passes(world.context.database, lambda: NOW, world.context.owner, 7), NOW)
    four_days_later = NOW + timedelta(days=4)
    due = list(due_passes(world.context.database, lambda: four_days_later, "me", 7))
    assert [each.slot for each in due] == ["2026-10-04"]


def test_two_schedulers_share_the_work(world: World) -> None:
    """I8, M9."""
    for _ in range(3):
        world.join(world.athlete("8 8"))
    one, two = (due_passes(world.context.database, lambda: NOW, owner, 7) for owner in ("one", "two"))
    taken = [next(one).person.id, next(two).person.id, next(one).person.id]
    assert sorted(taken) == [1, 2, 3]
    assert list(one) == list(two) == []


def test_a_pass_whose_holder_was_killed_is_taken_over_when_its_lease_runs_out(world: World) -> None:
    """I1."""
    world.join(world.athlete("8 8"))
    assert len(list(due_passes(world.context.database, lambda: NOW, "killed", 7))) == 1
    assert list(due_passes(world.context.database, lambda: NOW + timedelta(minutes=9), "other", 7)) == []
    again = list(due_passes(world.context.database, lambda: NOW + timedelta(minutes=11), "other", 7))
    assert [each.attempt for each in again] == [2]


def test_a_pass_whose_source_failed_is_tried_again_with_growing_waits(world: World) -> None:
    """N5."""
    athlete = world.athlete("8 8")
    world.join(athlete)
    world.sandbox.refuse(athlete.id, faults.status(503), path="/api")
    minutes = []
    for minute in range(0, 30):
        now = NOW + timedelta(minutes=minute)
        due = list(due_passes(world.context.database, lambda now=now: now, world.context.owner, 7))
        if due:
            minutes.append(minute)
            daily.run(world.context, due, now)
    assert minutes == [0, 1, 6, 21]


def test_a_tick_does_what_is_due_and_a_second_one_nothing(world: World) -> None:
    """M9."""
    world.join(world.athlete(SPIKE_YESTERDAY))
    with time_machine.travel(NOW, tick=False):
        tick(world.context)
        send(world.context)
        asked = len(world.sandbox.requests)
        tick(world.context)
        send(world.context)
    assert len(world.sent) == 1
    assert len(world.sandbox.requests) == asked


@pytest.mark.drill  # a race for sixty runs
def test_two_schedulers_at_once_ask_and_mail_as_often_as_one(world: World) -> None:
    """M9."""
    world.ask_for_samples()
    for _ in range(3):
        world.join(world.athlete(SPIKE_YESTERDAY))
    both = [world.context, replace(world.context, owner="the second one")]
    with time_machine.travel(NOW, tick=False), ThreadPoolExecutor() as pool:
        for job in (tick, send):
            list(pool.map(partial(unless_idle, job), both))
    asked = Counter((each.athlete_id, each.path) for each in world.sandbox.requests if "streams" in each.path)
    assert len(asked) == 3 * 19
    assert set(asked.values()) == {1}
    assert len(world.sent) == 3


def test_a_second_scheduler_takes_over_when_the_first_is_dead(world: World) -> None:
    """M9."""
    world.context = replace(world.context, clock=clock)
    second = replace(world.context, owner="the second one")
    world.join(world.athlete(SPIKE_YESTERDAY))
    with time_machine.travel(NOW, tick=False) as moving:
        unless_idle(live, world.context)  # and is killed
        asked = len(world.sandbox.requests)
        moving.shift(timedelta(seconds=45))
        unless_idle(tick, second)
        assert len(world.sandbox.requests) == asked
        moving.shift(timedelta(seconds=1))
        unless_idle(tick, second)
        assert len(world.sandbox.requests) > asked


def test_ticks_that_were_missed_are_caught_up_by_one_pass(world: World) -> None:
    """M9."""
    world.context = replace(world.context, clock=clock)
    athlete = world.athlete(SIX_WEEKS)
    world.join(athlete)
    asked = []
    for days in (0, 3, 3):
        with time_machine.travel(NOW + timedelta(days=days), tick=False):
            world.sandbox.now = lambda days=days: NOW + timedelta(days=days)
            tick(world.context)
            asked.append(len(world.sandbox.requests))
    assert asked[0] < asked[1] == asked[2]
    with world.context.database.reading() as db:
        assert [row.slot for row in db.exec(select(JobRun)).all()] == ["2026-09-30", "2026-10-03"]


def test_where_the_clock_cannot_be_right_no_job_runs(world: World, logged: list[dict[str, object]]) -> None:
    """S12."""
    world.context = replace(world.context, clock=clock)
    world.join(world.athlete(SPIKE_YESTERDAY))
    asked = len(world.sandbox.requests)
    with time_machine.travel(datetime(1970, 1, 1, tzinfo=UTC), tick=False):
        for job in (live, tick, send):
            unless_idle(job, world.context)
    assert len(world.sandbox.requests) == asked
    assert [line["event"] for line in logged] == ["the clock is wrong, nothing is done"] * 3
    with world.context.database.reading() as db:
        assert beats(db) == {}
        assert db.exec(select(JobRun)).all() == []
    with time_machine.travel(NOW, tick=False):
        for job in (live, tick, send):
            unless_idle(job, world.context)
    assert len(world.sent) == 1
    with world.context.database.reading() as db:
        assert set(beats(db)) == {"worker", "passes", "sender"}


def test_connecting_again_makes_the_pass_due_at_once(world: World) -> None:
    person = world.join(world.athlete("8 8"))
    daily.run(world.context, due_passes(world.context.database, lambda: NOW, world.context.owner, 7), NOW)
    with world.context.database.writing() as db:
        make_due(db, person.id)
    assert len(list(due_passes(world.context.database, lambda: NOW, world.context.owner, 7))) == 1
