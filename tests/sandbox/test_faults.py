"""What can be broken on purpose, and that it heals."""

import json
import math
import threading

import pytest
import requests
from fastapi import Request, Response

from monitor.sandbox import Athlete, Sandbox, faults, serving
from monitor.sandbox.faults import Fault
from tests.sandbox.conftest import ADA, Clock, Wire, ada

LIST = "/api/v3/athlete/activities"
BEN = 2


@pytest.mark.parametrize(
    ("fault", "status", "says"),
    [
        pytest.param(faults.status(500), 500, "error 500", id="500"),
        pytest.param(faults.status(503), 503, "error 503", id="503"),
        pytest.param(faults.html, 200, "<!doctype html>", id="a page for people"),
        pytest.param(faults.inactive, 403, '"field":"Status","code":"Inactive"', id="inactive app"),
        pytest.param(faults.athlete_limit, 403, "Limit of connected athletes exceeded", id="no more athletes"),
        pytest.param(faults.scope_missing, 401, '"code":"missing"', id="a box left empty"),
        pytest.param(faults.redirect("https://strava.example/"), 302, "", id="sent elsewhere"),
        pytest.param(faults.revoked, 401, '"field":"access_token","code":"invalid"', id="revoked"),
        pytest.param(faults.body(b"null"), 200, "null", id="null"),
        pytest.param(faults.body(b'[{"distance": NaN}]'), 200, "NaN", id="not a number"),
        pytest.param(faults.body(b""), 200, "", id="empty"),
    ],
)
def test_a_fault_answers_until_it_is_healed(wire: Wire, fault: Fault, status: int, says: str) -> None:
    token = wire.token()
    wire.sandbox.refuse(ADA, fault)
    reply = wire.get(LIST, token)
    assert reply.status_code == status
    assert says in reply.text
    assert wire.sandbox.requests[-1].status == status
    wire.sandbox.heal(ADA)
    assert len(wire.get(LIST, token).json()) == 30


@pytest.mark.parametrize(
    ("fault", "reads"),
    [
        pytest.param(faults.rate_limited, ("100,1000", "101,512"), id="the quarter hour"),
        pytest.param(faults.rate_limited_today, ("100,1000", "12,1001"), id="the day"),
        pytest.param(faults.rate_limited_without_headers, (None, None), id="nobody knows"),
        pytest.param(faults.rate_limited_in_garbage, ("-1,5", "9" * 9_000 + ",1"), id="nobody understands"),
    ],
)
def test_a_scripted_429_says_what_is_used_up_or_does_not(
    wire: Wire, fault: Fault, reads: tuple[str | None, str | None]
) -> None:
    token = wire.token()
    wire.sandbox.refuse(ADA, fault)
    refused = wire.get(LIST, token)
    assert refused.status_code == 429
    assert tuple(refused.headers.get(f"X-ReadRateLimit-{what}") for what in ("Limit", "Usage")) == reads


def test_a_good_answer_can_come_with_headers_that_are_garbage(wire: Wire) -> None:
    token = wire.token()
    wire.sandbox.refuse(ADA, faults.garbage_headers)
    reply = wire.get(LIST, token)
    assert (reply.status_code, len(reply.json())) == (200, 30)
    assert (reply.headers["X-RateLimit-Limit"], reply.headers["X-RateLimit-Usage"]) == ("200", "a,b")


def test_a_body_can_be_larger_than_anybody_should_take(wire: Wire) -> None:
    token = wire.token()
    wire.sandbox.refuse(ADA, faults.huge)
    assert len(wire.get(LIST, token).content) > 8 * 2**20


def test_an_answer_can_lie_about_its_encoding(wire: Wire) -> None:
    token = wire.token()
    wire.sandbox.refuse(ADA, faults.lying_encoding)
    with pytest.raises(requests.exceptions.ContentDecodingError):
        wire.get(LIST, token)


def test_one_row_of_a_page_can_hold_what_is_no_number(wire: Wire) -> None:
    token = wire.token()
    wire.sandbox.refuse(ADA, faults.not_a_number("moving_time"))
    rows = json.loads(wire.get(LIST, token).content)
    assert [math.isnan(row["moving_time"]) for row in rows] == [True] + [False] * 29
    assert {row["distance"] for row in rows} == {5_000.0}


def test_a_revoked_athlete_cannot_refresh(wire: Wire) -> None:
    refresh_token = wire.tokens()["refresh_token"]
    wire.sandbox.refuse(ADA, faults.revoked)
    reply = wire.ask_token(grant_type="refresh_token", refresh_token=refresh_token)
    assert reply.status_code == 400
    assert reply.json()["errors"][0]["resource"] == "RefreshToken"


def test_a_cut_connection_breaks_in_the_body(wire: Wire) -> None:
    token = wire.token()
    wire.sandbox.refuse(ADA, faults.cut)
    with pytest.raises(requests.exceptions.ChunkedEncodingError):
        wire.get(LIST, token)


def test_a_hanging_server_says_nothing_until_it_is_healed(wire: Wire) -> None:
    token = wire.token()
    wire.sandbox.refuse(ADA, faults.hang)
    with pytest.raises(requests.exceptions.ReadTimeout):
        wire.get(LIST, token, timeout=0.2)
    wire.sandbox.heal(ADA)
    assert wire.get(LIST, token).status_code == 200


def test_a_dripping_body_never_falls_silent_and_never_becomes_a_list(wire: Wire) -> None:
    token = wire.token()
    wire.sandbox.refuse(ADA, faults.drip, times=1)
    headers = {"Authorization": f"Bearer {token}"}
    with wire.session.get(wire.base_url + LIST, headers=headers, timeout=1, stream=True) as reply:
        drops = reply.iter_content(1)
        assert [next(drops) for _ in range(5)] == [b"[", b" ", b" ", b" ", b" "]
        wire.sandbox.heal(ADA)
        assert b"".join(drops).strip() == b""
    assert wire.get(LIST, token).status_code == 200


def test_a_fault_that_holds_on_does_not_end_with_the_requests_it_was_for(wire: Wire) -> None:
    token = wire.token()
    wire.sandbox.refuse(ADA, faults.hang, times=1)
    with pytest.raises(requests.exceptions.ReadTimeout):
        wire.get(LIST, token, timeout=0.2)
    assert wire.get(LIST, token).status_code == 200


@pytest.mark.parametrize("fault", [faults.hang, faults.drip])
def test_a_request_that_is_held_does_not_keep_the_server_from_closing(fault: Fault) -> None:
    sandbox = Sandbox([ada(1)], Clock())
    answers: list[int] = []
    arrived = threading.Event()

    async def held(request: Request) -> Response:
        arrived.set()
        return await fault(request)

    def ask(url: str) -> None:
        with requests.Session() as session:
            session.trust_env = False
            answers.append(session.get(url, timeout=10).status_code)

    sandbox.refuse(None, held)
    with serving(sandbox) as base_url:
        asking = threading.Thread(target=ask, args=(f"{base_url}/api/v3/athlete",))
        asking.start()
        assert arrived.wait(10)
    asking.join(timeout=10)
    assert not asking.is_alive()
    assert "sandbox" not in {thread.name for thread in threading.enumerate()}


def test_one_athletes_trouble_is_not_anothers(wire: Wire) -> None:
    wire.sandbox.athletes[BEN] = Athlete(BEN, "Ben", "Test", "ben@example.org", "Asia/Tokyo")
    token, bens = wire.token(), wire.token(athlete_id=BEN)
    wire.sandbox.refuse(ADA, faults.status(503))
    assert wire.get(LIST, token).status_code == 503
    assert wire.get(LIST, bens).json() == []
    wire.sandbox.refuse(None, faults.inactive)
    assert wire.get(LIST, bens).status_code == 403
    wire.sandbox.heal(None)
    assert wire.get(LIST, bens).status_code == 200


def test_a_fault_can_be_kept_to_one_path(wire: Wire) -> None:
    tokens = wire.tokens()
    wire.sandbox.refuse(ADA, faults.status(500), path="/oauth/token")
    assert wire.ask_token(grant_type="refresh_token", refresh_token=tokens["refresh_token"]).status_code == 500
    assert wire.get(LIST, tokens["access_token"]).status_code == 200


def test_a_spoiled_first_page_is_the_only_one(wire: Wire) -> None:
    token = wire.token()
    wire.sandbox.refuse(ADA, faults.body(b'[{"id": 1}]'))
    assert wire.get(LIST, token).json() == [{"id": 1}]
    assert wire.get(LIST, token, page=2).json() == []
