"""A Strava that says what a test wants, and the runs on its lists."""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from monitor.sources.strava import Strava
from monitor.sources.strava_listing import Listing
from tests.sources.scripted_server import Reply, Script, serving

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
LIST, TOKEN = "/api/v3/athlete/activities", "/oauth/token"
RUN: dict[str, Any] = {
    "id": 16000000000,
    "name": "Evening Run",
    "sport_type": "Run",
    "start_date": "2026-05-31T22:30:00Z",
    "start_date_local": "2026-06-01T00:30:00Z",
    "timezone": "(GMT+01:00) Europe/Paris",
    "utc_offset": 7200.0,
    "distance": 10000.4,
    "moving_time": 3600,
    "elapsed_time": 3700,
    "total_elevation_gain": 120.5,
    "average_heartrate": 150.1,
    "max_heartrate": 178.5,
    "average_cadence": 84.5,
    "workout_type": 2,
    "trainer": False,
    "manual": False,
}

Served = Callable[[dict[str, Reply | list[Reply]]], tuple[Strava, Script]]


@pytest.fixture
def served() -> Iterator[Served]:
    """Starts a Strava that gives the answers of a test, and a client of it that asks again at once."""
    with ExitStack() as stack:

        def serve(answers: dict[str, Reply | list[Reply]]) -> tuple[Strava, Script]:
            script = Script(answers)
            return client(stack.enter_context(serving(script))), script

        yield serve


def client(base_url: str) -> Strava:
    return Strava(base_url, "10101", SecretStr("secret-canary"), waits_s=(0.0, 0.0))


def listed(strava: Strava) -> Listing:
    return strava.list_activities("access-canary", NOW - timedelta(days=120), NOW, NOW)


def ids(listing: Listing) -> list[int]:
    return sorted(int(activity.origin_id) for activity in listing.activities)


def run(number: int, **changed: Any) -> dict[str, Any]:
    """A run of last night; the higher its number, the earlier it began."""
    started = datetime.fromisoformat(RUN["start_date"]) - timedelta(seconds=number)
    return RUN | {"id": number, "start_date": started.isoformat()} | changed


def runs(first: int, last: int) -> list[dict[str, Any]]:
    return [run(number) for number in range(first, last + 1)]


def complaint(resource: str, field: str, code: str) -> dict[str, object]:
    """The body of one of Strava's refusals."""
    return {"message": "No", "errors": [{"resource": resource, "field": field, "code": code}]}


def recorded(name: str) -> dict[str, Any]:
    """A real answer of Strava's, with its status and headers; the test is skipped where they are not at hand."""
    file = Path(__file__).parents[2] / "../shared/data/strava_api" / f"{name}.json"
    if not file.exists():
        pytest.skip("the recorded answers of Strava are not here")
    told: dict[str, Any] = json.loads(file.read_bytes())
    return told if "body" in told else {"status": 200, "headers": {}, "body": told}
