"""A Strava with faults, as the tests of them ask it."""

from datetime import timedelta

from monitor.sandbox.faults import Fault
from monitor.sources.strava_budget import GRACE
from tests.jobs.conftest import NOW, World

LATER = NOW + timedelta(hours=1)
QUARTER_LATER = LATER + timedelta(minutes=15) + GRACE
LIST, TOKEN = "/api/v3/athlete/activities", "/oauth/token"


def asked_of(world: World) -> list[tuple[str, int]]:
    return [(each.path, each.status) for each in world.sandbox.requests]


def during(world: World, fault: Fault, *, times: int | None = None) -> None:
    world.sandbox.refuse(None, fault, path="/api", times=times)
