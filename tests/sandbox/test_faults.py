"""What can be broken on purpose, and that it heals."""

import threading

import pytest
import requests

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


def test_a_scripted_429_comes_with_or_without_headers(wire: Wire) -> None:
    token = wire.token()
    wire.sandbox.refuse(ADA, faults.rate_limited)
    told = wire.get(LIST, token)
    assert (told.status_code, told.headers["X-ReadRateLimit-Usage"]) == (429, "101,512")
    wire.sandbox.refuse(ADA, faults.rate_limited_without_headers)
    bare = wire.get(LIST, token)
    assert bare.status_code == 429
    assert "X-RateLimit-Limit" not in bare.headers


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


def test_a_hanging_request_does_not_keep_the_server_from_closing() -> None:
    sandbox = Sandbox([ada(1)], Clock())
    answers: list[int] = []

    def ask(url: str) -> None:
        with requests.Session() as session:
            session.trust_env = False
            answers.append(session.get(url, timeout=10).status_code)

    sandbox.refuse(None, faults.hang)
    with serving(sandbox) as base_url:
        asking = threading.Thread(target=ask, args=(f"{base_url}/api/v3/athlete",))
        asking.start()
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
