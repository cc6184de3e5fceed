"""T1: however many ask for a runner's token at once, its refresh token, which dies when it is used, is used once."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime, timedelta
from threading import Barrier

import pytest

from jobs import tokens
from monitor.errors import SourceUnavailable
from monitor.store.people import Person
from tests.jobs.conftest import NOW, World, world

__all__ = ["world"]

RACES, RUNNERS_UP = 1_000, 3


def race(world: World, person: Person, pool: ThreadPoolExecutor, now: datetime) -> set[str]:
    """The tokens that were used by four who asked at the same moment; who came too late for one asks another time."""
    start = Barrier(1 + RUNNERS_UP)
    used: set[str] = set()

    def ask() -> None:
        start.wait()
        with suppress(SourceUnavailable):
            tokens.with_token(world.context, person.id, now, used.add)

    world.sandbox.now = lambda: now
    for asking in [pool.submit(ask) for _ in range(1 + RUNNERS_UP)]:
        asking.result()
    return used


@pytest.mark.drill
def test_in_a_thousand_races_for_one_token_each_is_refreshed_once_and_no_dead_one_is_used(world: World) -> None:
    """T1."""
    person = world.join(world.athlete("8"))
    consent = len(world.sandbox.requests)
    with ThreadPoolExecutor(1 + RUNNERS_UP) as pool:
        used = [race(world, person, pool, NOW + n * timedelta(hours=7)) for n in range(1, RACES + 1)]
    assert [len(tokens_used) for tokens_used in used] == [1] * RACES
    assert len(set().union(*used)) == RACES
    asked = world.sandbox.requests[consent:]
    assert [(each.path, each.status) for each in asked] == [("/oauth/token", 200)] * RACES
    assert world.connection(person).access == "ok"
