"""Consent is asked for and withdrawn, codes become tokens, and a strange reply never costs the connection."""

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from monitor.errors import AccessRevoked, SourceUnavailable
from tests.sources.scripted_server import answer
from tests.sources.strava_world import NOW, TOKEN, Served, client, complaint, recorded, served

__all__ = ["served"]

IN_SIX_HOURS = 1780336800
REPLY = {"access_token": "new-access", "refresh_token": "new-refresh", "expires_at": IN_SIX_HOURS}


def test_a_code_becomes_tokens_of_an_athlete(served: Served) -> None:
    athlete = {"id": 77, "firstname": " Ada", "lastname": "Example "}
    strava, script = served({TOKEN: answer(REPLY | {"athlete": athlete, "scope": "read,activity:read"})})
    tokens = strava.exchange("the-code", NOW)
    assert (tokens.access, tokens.refresh) == ("new-access", "new-refresh")
    assert tokens.expires_at == datetime(2026, 6, 1, 18, tzinfo=UTC)
    assert (tokens.athlete_id, tokens.athlete_name) == (77, "Ada Example")
    assert tokens.scope == {"read", "activity:read"}
    assert script.requests[0].form == {
        "client_id": "10101",
        "client_secret": "secret-canary",
        "code": "the-code",
        "grant_type": "authorization_code",
    }


def test_a_refresh_brings_the_new_refresh_token(served: Served) -> None:
    strava, script = served({TOKEN: answer(REPLY)})
    assert strava.refresh("old-refresh", NOW).refresh == "new-refresh"
    assert script.requests[0].form["refresh_token"] == "old-refresh"


@pytest.mark.parametrize("silence", [{}, {"refresh_token": None}], ids=["absent", "null"])
def test_a_reply_without_a_refresh_token_keeps_the_old_one(served: Served, silence: dict[str, None]) -> None:
    """Bad input 79."""
    reply = {"access_token": "new-access", "expires_at": IN_SIX_HOURS} | silence
    strava, _ = served({TOKEN: answer(reply)})
    assert strava.refresh("old-refresh", NOW).refresh == "old-refresh"


@pytest.mark.parametrize("expires_at", [0, -1, "soon", 9e18, 9 * 10**18, None, True, [1]])
def test_an_expiry_that_makes_no_sense_means_soon(served: Served, expires_at: object) -> None:
    """Bad input 79."""
    strava, _ = served({TOKEN: answer(REPLY | {"expires_at": expires_at})})
    assert strava.refresh("old-refresh", NOW).expires_at <= NOW + timedelta(minutes=5)


def test_an_exchange_without_an_athlete_still_gives_tokens(served: Served) -> None:
    strava, _ = served({TOKEN: answer(REPLY | {"athlete": None})})
    tokens = strava.exchange("the-code", NOW)
    assert (tokens.athlete_id, tokens.athlete_name, tokens.scope) == (None, None, None)


UNUSABLE: dict[str, Any] = {
    "a list": [],
    "null": None,
    "empty": {},
    "a number for a token": REPLY | {"access_token": 7},
    "a line break in a token": REPLY | {"access_token": "a\r\nX-Evil: 1"},
    "no refresh token for a code": {"access_token": "new-access"},
}


@pytest.mark.parametrize("reply", UNUSABLE.values(), ids=UNUSABLE)
def test_a_reply_without_a_usable_token_is_an_outage_and_no_revocation(served: Served, reply: Any) -> None:
    """Bad input 79."""
    strava, _ = served({TOKEN: answer(reply)})
    with pytest.raises(SourceUnavailable, match="usable token"):
        strava.exchange("the-code", NOW)


@pytest.mark.parametrize("file", ["oauth__token_authorization_code__00", "oauth__token_refresh_token__00"])
def test_the_replies_that_strava_really_sends_are_read(served: Served, file: str) -> None:
    told = recorded(file)["body"]
    strava, _ = served({TOKEN: answer(told)})
    then = datetime.fromtimestamp(told["expires_at"], UTC) - timedelta(hours=6)
    tokens = strava.refresh("old-refresh", then)
    assert (tokens.access, tokens.refresh) == (told["access_token"], told["refresh_token"])
    assert tokens.expires_at == then + timedelta(hours=6)


def test_consent_is_asked_for_reading_activities_and_no_more() -> None:
    url = urlsplit(client("https://www.strava.com").authorize_url("https://a.example/cb", "s&t"))
    assert (url.scheme, url.netloc, url.path) == ("https", "www.strava.com", "/oauth/authorize")
    assert parse_qs(url.query) == {
        "client_id": ["10101"],
        "redirect_uri": ["https://a.example/cb"],
        "response_type": ["code"],
        "approval_prompt": ["auto"],
        "scope": ["read,activity:read"],
        "state": ["s&t"],
    }


def test_consent_is_withdrawn_at_strava_too(served: Served) -> None:
    strava, script = served({"/oauth/revoke": answer({"access_token": "x"})})
    strava.revoke("access-canary")
    asked = script.requests[0]
    assert asked.headers["Authorization"] == "Bearer access-canary"
    assert (asked.method, asked.query, asked.form) == ("POST", {}, {})  # the token travels in the header alone


@pytest.mark.parametrize("status", [400, 401])
def test_a_token_that_strava_no_longer_knows_cannot_be_given_back(served: Served, status: int) -> None:
    strava, script = served({"/oauth/revoke": answer(complaint("Athlete", "access_token", "invalid"), status)})
    with pytest.raises(AccessRevoked):
        strava.revoke("access-canary")
    assert len(script.requests) == 1


def test_another_refusal_of_giving_back_is_tried_again_later(served: Served) -> None:
    strava, _ = served({"/oauth/revoke": answer(complaint("Application", "client_id", "invalid"), 400)})
    with pytest.raises(SourceUnavailable):
        strava.revoke("access-canary")
