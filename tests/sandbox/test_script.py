"""Faults that hold for some requests, and sequences of them."""

import pytest

from monitor.sandbox import Athlete, faults
from tests.sandbox.conftest import ADA, NARROW, Wire

LIST, PROFILE = "/api/v3/athlete/activities", "/api/v3/athlete"
BEN = 2


def statuses(wire: Wire, requests: int, path: str = LIST, token: str = "") -> list[int]:
    token = token or wire.token()
    return [wire.get(path, token).status_code for _ in range(requests)]


def test_a_fault_can_hold_for_the_next_two_requests(wire: Wire) -> None:
    wire.sandbox.refuse(ADA, faults.status(503), path="/api", times=2)
    assert statuses(wire, 4) == [503, 503, 200, 200]


def test_a_script_is_played_once_in_its_order(wire: Wire) -> None:
    bad, late = faults.status(500), faults.rate_limited
    wire.sandbox.script(ADA, bad, bad, faults.fine, late, path="/api")
    assert statuses(wire, 6) == [500, 500, 200, 429, 200, 200]


def test_only_requests_of_its_path_move_a_script_on(wire: Wire) -> None:
    wire.sandbox.script(ADA, faults.status(500), faults.status(502), path=LIST)
    token = wire.token()
    assert statuses(wire, 1, LIST, token) == [500]
    assert statuses(wire, 3, PROFILE, token) == [200, 200, 200]
    assert statuses(wire, 2, LIST, token) == [502, 200]


def test_healing_ends_a_script_and_another_takes_its_place(wire: Wire) -> None:
    token = wire.token()
    wire.sandbox.script(ADA, *[faults.status(500)] * 9)
    wire.sandbox.script(ADA, *[faults.status(502)] * 9)
    assert statuses(wire, 1, LIST, token) == [502]
    wire.sandbox.heal(ADA)
    assert statuses(wire, 1, LIST, token) == [200]


def test_when_everybodys_script_is_over_an_athletes_own_fault_is_left(wire: Wire) -> None:
    wire.sandbox.athletes[BEN] = Athlete(BEN, "Ben", "Test", "ben@example.org", "Asia/Tokyo")
    token, bens = wire.token(), wire.token(athlete_id=BEN)
    wire.sandbox.refuse(ADA, faults.status(500))
    wire.sandbox.refuse(None, faults.inactive, times=2)
    assert statuses(wire, 1, LIST, token) + statuses(wire, 1, LIST, bens) == [403, 403]
    assert statuses(wire, 1, LIST, token) + statuses(wire, 1, LIST, bens) == [500, 200]


@pytest.mark.parametrize("wire", [NARROW], indirect=True)
def test_what_a_fault_answers_counts_like_any_other_request(wire: Wire) -> None:
    wire.sandbox.script(ADA, faults.rate_limited, faults.status(500), path="/api")
    token = wire.token()
    assert statuses(wire, 3, PROFILE, token) == [429, 500, 200]
    refused = wire.get(PROFILE, token)
    assert (refused.status_code, refused.headers["X-ReadRateLimit-Usage"]) == (429, "4,4")
