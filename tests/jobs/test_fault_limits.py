"""Strava's limits: who reached one asks again when its window has turned, and nothing is lost."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from jobs import samples
from jobs.start import start
from monitor.sandbox import faults
from monitor.sandbox.faults import Fault
from monitor.settings import without_environment
from monitor.sources.strava_budget import GRACE
from monitor.store.source_state import blocked_until
from tests.jobs.conftest import NOW, World
from tests.jobs.faulty import LATER, LIST, QUARTER_LATER, during


def blocked(world: World, now: datetime = LATER) -> datetime | None:
    with world.context.database.reading() as db:
        return blocked_until(db, now)


def test_a_limit_reached_between_two_pages_ends_all_asking_and_then_the_list_is_whole(world: World) -> None:
    """N7."""
    world.sandbox.short_pages = True
    person, other = (world.join(world.athlete("6 " * 119)) for _ in range(2))
    world.sandbox.script(1, faults.fine, faults.rate_limited, path=LIST)
    world.pull(person, LATER + GRACE)
    asked = len(world.sandbox.requests)
    for each in (person, other):
        world.pull(each, QUARTER_LATER - timedelta(seconds=1))
    assert (len(world.sandbox.requests), world.runs(person)) == (asked, [])
    world.pull(person, QUARTER_LATER)
    assert len(world.runs(person)) == 119


@pytest.mark.parametrize(
    ("fault", "until"),
    [
        pytest.param(faults.rate_limited, QUARTER_LATER, id="N7 the quarter of an hour"),
        pytest.param(faults.rate_limited_today, datetime(2026, 10, 1, tzinfo=UTC) + GRACE, id="N8 the day"),
        pytest.param(faults.rate_limited_without_headers, QUARTER_LATER, id="N8 no headers"),
        pytest.param(faults.rate_limited_in_garbage, QUARTER_LATER, id="N8 garbage"),
    ],
)
def test_after_a_limit_nobody_asks_until_its_window_turns(world: World, fault: Fault, until: datetime) -> None:
    person = world.join(world.athlete("8 8"))
    inside = LATER + GRACE
    during(world, fault)
    world.pull(person, inside)
    assert (blocked(world, inside), world.connection(person).retry_at) == (until, until)


@pytest.mark.parametrize("path", [LIST, "/api/v3/activities/"], ids=["N7 a list", "N7 samples"])
def test_each_process_comes_back_a_little_after_the_window_turns(world: World, path: str) -> None:
    world.context = replace(world.context, lateness=lambda: timedelta(seconds=13))
    world.ask_for_samples()
    person = world.join(world.athlete("8 8"))
    world.sandbox.refuse(None, faults.rate_limited, path=path)
    world.pull(person, LATER + GRACE)
    samples.run(world.context, LATER + GRACE)
    assert blocked(world, LATER + GRACE) == QUARTER_LATER + timedelta(seconds=13)


def test_what_comes_with_the_settings_is_five_to_thirty_seconds(tmp_path: Path) -> None:
    """N7."""
    settings = without_environment(
        {"secret_key": "a secret of at least thirty-two characters", "database": {"url": f"sqlite:///{tmp_path}/a.db"}}
    )
    context = start(settings, lambda: NOW)
    seconds = [(GRACE + context.lateness()).total_seconds() for _ in range(200)]
    assert 5 <= min(seconds) < max(seconds) <= 30
    context.database.close()
