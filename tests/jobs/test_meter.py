"""The budget is asked before each request, and learns from each answer, over a real connection."""

from dataclasses import replace
from datetime import timedelta

import pytest

from jobs.meter import USED_UP, meter
from monitor.errors import SourceUnavailable
from monitor.sandbox import Limits, faults
from monitor.sandbox.limits import Meter
from monitor.sources.strava_budget import Purpose
from monitor.store.budget import budget, take
from tests.jobs.conftest import NOW, World

AT = NOW + timedelta(minutes=5)


def metered(world: World, limits: Limits) -> World:
    """The world with so many requests allowed, at a moment well inside a quarter of an hour."""
    world.sandbox.meter, world.sandbox.now = Meter(limits), lambda: AT
    strava = replace(world.context.strava, meter=meter(world.context.database, lambda: AT))
    world.context = replace(world.context, strava=strava, clock=lambda: AT)
    return world


def left(world: World, purpose: Purpose = Purpose.LIST) -> int:
    with world.context.database.reading() as db:
        return budget(db, AT).left(purpose)


def test_each_request_is_counted_and_the_answer_tells_the_true_limit(world: World) -> None:
    person = metered(world, Limits(overall=(400, 4_000), read=(200, 2_000))).join(world.athlete("5 6 7"))
    world.pull(person, AT)
    assert left(world) == 200 - len([asked for asked in world.sandbox.requests if asked.path.startswith("/api")])


def test_tokens_cost_nothing(world: World) -> None:
    metered(world, Limits()).join(world.athlete("5"))
    assert left(world) == 100


def test_where_nothing_is_left_nobody_asks_and_all_asking_waits_for_the_next_quarter(world: World) -> None:
    """N8."""
    person = metered(world, Limits()).join(world.athlete("5 6 7"))
    for _ in range(100):
        with world.context.database.writing() as db:
            take(db, Purpose.LIST, AT)
    before = len(world.sandbox.requests)
    world.pull(person, AT)
    assert len(world.sandbox.requests) == before
    assert world.connection(person).failure == USED_UP
    assert world.connection(person).retry_at == NOW + timedelta(minutes=15, seconds=10)


def test_samples_stop_a_tenth_before_lists_do(world: World) -> None:
    """N8."""
    ask = meter(world.context.database, lambda: AT)
    for _ in range(90):
        ask(Purpose.SAMPLES)
    with pytest.raises(SourceUnavailable, match="used up"):
        ask(Purpose.SAMPLES)
    ask(Purpose.LIST)


def test_another_app_on_the_same_limits_is_noticed(world: World) -> None:
    person = metered(world, Limits(overall=(200, 2_000), read=(100, 1_000))).join(world.athlete("5 6 7"))
    for _ in range(70):
        world.sandbox.meter.count("GET", AT)
    world.pull(person, AT)
    assert left(world) < 30


def test_where_answers_say_nonsense_of_the_limits_our_own_count_holds(world: World) -> None:
    """N8."""
    person = metered(world, Limits()).join(world.athlete("5 6 7"))
    world.sandbox.refuse(None, faults.garbage_headers, path="/api")
    for n in range(60):
        world.pull(person, AT + timedelta(seconds=n))
    asked = len([each for each in world.sandbox.requests if each.path.startswith("/api")])
    assert (asked, left(world)) == (100, 0)
    assert world.connection(person).failure == USED_UP
