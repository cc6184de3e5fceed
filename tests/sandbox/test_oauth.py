"""Consent, codes, tokens: what the sandbox's OAuth promises."""

from urllib.parse import parse_qsl, urlsplit

import pytest

from tests.sandbox.conftest import ADA, NOW, Wire

CALLBACK = "http://127.0.0.1:9/back"
ASK = {"client_id": "10101", "redirect_uri": CALLBACK, "response_type": "code", "scope": "read,activity:read"}


def returned(wire: Wire, **more: object) -> dict[str, str]:
    """What the callback is told."""
    reply = wire.get("/oauth/authorize", **ASK | more)
    assert reply.status_code == 302
    assert reply.headers["location"].startswith(CALLBACK + "?")
    return dict(parse_qsl(urlsplit(reply.headers["location"]).query))


def test_consent_brings_back_the_state_a_code_and_the_scope(wire: Wire) -> None:
    told = returned(wire, athlete=ADA, state="a state & more")
    assert told["state"] == "a state & more"
    assert told["scope"] == "read,activity:read"
    assert wire.ask_token(grant_type="authorization_code", code=told["code"]).json()["athlete"]["firstname"] == "Ada"


def test_without_a_choice_the_page_lists_the_runners_as_links(wire: Wire) -> None:
    page = wire.get("/oauth/authorize", **ASK, state="<script>")
    assert page.status_code == 200
    assert "Ada Test</a>" in page.text
    assert f"athlete={ADA}" in page.text
    assert "<script>" not in page.text


def test_an_athlete_can_refuse(wire: Wire) -> None:
    assert returned(wire, athlete=ADA, state="s", deny=1) == {"state": "s", "error": "access_denied"}


def test_an_athlete_can_grant_less_than_was_asked(wire: Wire) -> None:
    assert returned(wire, athlete=ADA, granted="read")["scope"] == "read"


def test_an_unknown_app_is_refused_before_anything_else(wire: Wire) -> None:
    reply = wire.get("/oauth/authorize", **ASK | {"client_id": "999"})
    assert reply.status_code == 400
    assert reply.json()["errors"] == [{"resource": "Application", "field": "client_id", "code": "invalid"}]


def test_a_code_gives_tokens_for_six_hours_and_works_once(wire: Wire) -> None:
    code = wire.sandbox.authorise(ADA)
    tokens = wire.ask_token(grant_type="authorization_code", code=code).json()
    assert tokens["token_type"] == "Bearer"
    assert tokens["expires_in"] == 21_600
    assert tokens["expires_at"] == NOW.timestamp() + 21_600
    again = wire.ask_token(grant_type="authorization_code", code=code)
    assert again.status_code == 400
    assert again.json()["errors"][0]["field"] == "code"


def test_a_refresh_token_dies_when_it_is_used(wire: Wire) -> None:
    old = wire.tokens()["refresh_token"]
    new = wire.ask_token(grant_type="refresh_token", refresh_token=old).json()
    assert new["refresh_token"] != old
    assert "athlete" not in new
    reuse = wire.ask_token(grant_type="refresh_token", refresh_token=old)
    assert reuse.status_code == 400
    assert reuse.json() == {
        "message": "Bad Request",
        "errors": [{"resource": "RefreshToken", "field": "refresh_token", "code": "invalid"}],
    }
    assert wire.ask_token(grant_type="refresh_token", refresh_token=new["refresh_token"]).status_code == 200


@pytest.mark.parametrize(
    ("wrong", "status", "field"),
    [
        pytest.param({"client_id": "999"}, 400, "client_id", id="another app"),
        pytest.param({"client_secret": "guess"}, 401, "", id="a wrong secret"),
    ],
)
def test_the_token_endpoint_knows_its_app(wire: Wire, wrong: dict[str, str], status: int, field: str) -> None:
    reply = wire.ask_token(grant_type="refresh_token", refresh_token="any", **wrong)
    assert reply.status_code == status
    assert reply.json()["errors"] == [{"resource": "Application", "field": field, "code": "invalid"}]


def test_an_access_token_ends_after_six_hours_by_the_sandbox_clock(wire: Wire) -> None:
    token = wire.token()
    wire.clock.forward(hours=5, minutes=59)
    assert wire.get("/api/v3/athlete", token).status_code == 200
    wire.clock.forward(minutes=1)
    reply = wire.get("/api/v3/athlete", token)
    assert reply.status_code == 401
    assert reply.json() == {
        "message": "Authorization Error",
        "errors": [{"resource": "Athlete", "field": "access_token", "code": "invalid"}],
    }


@pytest.mark.parametrize("path", ["/oauth/deauthorize", "/oauth/revoke", "/api/v3/oauth/deauthorize"])
def test_after_withdrawal_no_token_works(wire: Wire, path: str) -> None:
    tokens = wire.tokens()
    assert wire.post(path, tokens["access_token"]).json() == {"access_token": tokens["access_token"]}
    assert wire.get("/api/v3/athlete", tokens["access_token"]).status_code == 401
    assert wire.ask_token(grant_type="refresh_token", refresh_token=tokens["refresh_token"]).status_code == 400


@pytest.mark.parametrize("token", ["", "nobody's"])
def test_nobody_withdraws_without_a_token_that_works(wire: Wire, token: str) -> None:
    access = wire.token()
    assert wire.post("/oauth/revoke", token).status_code == 401
    assert wire.post("/oauth/revoke", token=token).status_code == 401
    assert wire.get("/api/v3/athlete", access).status_code == 200


def test_a_token_can_be_revoked_by_form(wire: Wire) -> None:
    token = wire.token()
    assert wire.post("/oauth/revoke", token=token).status_code == 200
    assert wire.get("/api/v3/athlete", token).status_code == 401
