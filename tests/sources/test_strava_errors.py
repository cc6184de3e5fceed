"""When Strava says no: the error says what to do next, revokes nobody in doubt, and shows nothing secret."""

import logging
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest

from monitor.errors import AccessRevoked, HamwatchError, SourceUnavailable
from monitor.sources.strava_budget import GRACE
from monitor.sources.strava_tokens import Tokens
from tests.sources.scripted_server import Reply, answer, cut_short
from tests.sources.strava_world import LIST, NOW, TOKEN, Served, client, complaint, ids, listed, recorded, run, served
from tests.sources.test_strava_transport import why_not

__all__ = ["served"]

QUARTER = datetime(2026, 6, 1, 12, tzinfo=UTC) + GRACE  # its first seconds count to the quarter before
MIDNIGHT = datetime(2026, 6, 2, tzinfo=UTC) + GRACE
GARBAGE = [{"X_RateLimit_Usage": "101"}, {"X_RateLimit_Limit": "x", "X_RateLimit_Usage": "y"}]


@pytest.mark.parametrize(
    ("headers", "until"),
    [
        pytest.param({"X_RateLimit_Usage": "201,900", "X_RateLimit_Limit": "200,2000"}, QUARTER, id="N7 quarter hour"),
        pytest.param({"X_RateLimit_Usage": "9,2000", "X_RateLimit_Limit": "200,2000"}, MIDNIGHT, id="N8 day"),
        pytest.param({"X_ReadRateLimit_Usage": "9,1001", "X_ReadRateLimit_Limit": "100,1000"}, MIDNIGHT, id="N8 reads"),
        pytest.param({}, QUARTER, id="N8 no headers"),
        pytest.param({"X_RateLimit_Usage": "101", "X_RateLimit_Limit": "100,1000"}, QUARTER, id="89 one number"),
        pytest.param({"X_RateLimit_Usage": "a,b", "X_RateLimit_Limit": "100,1000"}, QUARTER, id="89 letters"),
        pytest.param({"X_RateLimit_Usage": "-1,5", "X_RateLimit_Limit": "-1,-5"}, QUARTER, id="89 negative"),
        pytest.param({"X_RateLimit_Usage": "1," + "9" * 9000, "X_RateLimit_Limit": "1,1"}, QUARTER, id="89 endless"),
        pytest.param({"Retry_After": "99999999"}, QUARTER, id="90 a wait of three years"),
        pytest.param({"Retry_After": "Thu, 01 Jan 1970 00:00:00 GMT"}, QUARTER, id="90 a wait that is over"),
    ],
)
def test_a_reached_limit_says_when_it_ends(served: Served, headers: dict[str, str], until: datetime) -> None:
    strava, script = served({LIST: answer({"message": "Rate Limit Exceeded", "errors": []}, 429, **headers)})
    outage = why_not(strava)
    assert (outage.retry_at, outage.app_wide, len(script.requests)) == (until, True, 1)


def test_a_limit_reached_at_the_quarter_ends_at_the_next_one(served: Served) -> None:
    strava, _ = served({LIST: answer({}, 429)})
    with pytest.raises(SourceUnavailable) as outage:
        strava.list_activities("t", NOW, NOW, QUARTER)
    assert outage.value.retry_at == QUARTER + timedelta(minutes=15)


@pytest.mark.parametrize(
    "headers", [{"X_RateLimit_Usage": "101"}, {"X_RateLimit_Limit": "x", "X_RateLimit_Usage": "y"}]
)
def test_garbage_in_a_limits_header_does_not_matter_while_strava_answers(
    served: Served, headers: dict[str, str]
) -> None:
    """N8; bad input 89."""
    strava, _ = served({LIST: [answer([run(1)], **headers), answer([])]})
    assert ids(listed(strava)) == [1]


def test_an_inactive_app_tells_the_operator_what_to_do(served: Served) -> None:
    """N12."""
    strava, _ = served({LIST: answer(complaint("Application", "Status", "Inactive"), 403)})
    outage = why_not(strava)
    assert outage.app_wide
    assert "the app is inactive" in str(outage)
    assert "subscription" in str(outage)


@pytest.mark.parametrize("status", [403, 404])
def test_another_refusal_is_an_outage_of_this_runner(served: Served, status: int) -> None:
    strava, _ = served({LIST: answer(None, status)})
    assert (why_not(strava).app_wide, str(status) in str(why_not(strava))) == (False, True)


@pytest.mark.parametrize(
    ("body", "needs_scope"),
    [
        pytest.param(complaint("Application", "", "invalid"), False, id="N10 the token is dead"),
        pytest.param(complaint("AccessToken", "activity:read_permission", "missing"), True, id="N11 a box left empty"),
        pytest.param({"message": "No", "errors": "invalid"}, False, id="errors as a text"),
        pytest.param(b"<html>", False, id="no JSON"),
    ],
)
def test_a_token_that_strava_refuses_asks_the_runner_to_reconnect(
    served: Served, body: object, needs_scope: bool
) -> None:
    strava, _ = served({LIST: answer(body, 401)})
    with pytest.raises(AccessRevoked, match="connect Strava again") as revoked:
        listed(strava)
    assert revoked.value.needs_scope is needs_scope


@pytest.mark.parametrize("resource", ["RefreshToken", "RequestToken", "AuthorizationCode"])
def test_a_dead_refresh_token_or_code_is_a_revocation(served: Served, resource: str) -> None:
    """N10."""
    strava, script = served({TOKEN: answer(complaint(resource, "refresh_token", "invalid"), 400)})
    with pytest.raises(AccessRevoked):
        strava.refresh("old-refresh", NOW)
    assert len(script.requests) == 1


@pytest.mark.parametrize("status", [400, 401])
def test_a_wrong_app_is_the_operators_fault_and_revokes_nobody(served: Served, status: int) -> None:
    strava, _ = served({TOKEN: answer(complaint("Application", "client_id", "invalid"), status)})
    with pytest.raises(SourceUnavailable, match=r"strava\.client_id and strava\.client_secret") as outage:
        strava.refresh("old-refresh", NOW)
    assert outage.value.app_wide


def test_a_refusal_that_nobody_knows_revokes_nobody(served: Served) -> None:
    strava, _ = served({TOKEN: answer({"message": "Bad Request"}, 400)})
    with pytest.raises(SourceUnavailable, match="status 400"):
        strava.refresh("old-refresh", NOW)


def test_an_app_with_all_its_athletes_says_so_at_the_next_one(served: Served) -> None:
    full = {"message": "Forbidden", "errors": [{"resource": "Athlete", "field": "limit", "code": "exceeded"}]}
    strava, _ = served({TOKEN: answer(full, 403)})
    with pytest.raises(SourceUnavailable, match="no more athletes"):
        strava.exchange("the-code", NOW)


RECORDED = {"oauth__token_invalid_client__00": SourceUnavailable, "oauth__token_invalid_code__00": AccessRevoked}


@pytest.mark.parametrize(("file", "kind"), RECORDED.items(), ids=RECORDED)
def test_the_refusals_that_strava_really_sends_are_told_apart(
    served: Served, file: str, kind: type[HamwatchError]
) -> None:
    told = recorded(file)
    strava, _ = served({TOKEN: answer(told["body"], told["status"])})
    with pytest.raises(kind):
        strava.exchange("the-code", NOW)


@pytest.mark.parametrize(
    ("file", "kind"),
    [
        ("client__authorization_error__00", AccessRevoked),
        ("client__not_found_error__00", SourceUnavailable),
        ("client__activity_with_ratelimit_exceeded__00", SourceUnavailable),
    ],
)
def test_the_errors_that_strava_really_sends_are_told_apart(
    served: Served, file: str, kind: type[HamwatchError]
) -> None:
    told = recorded(file)
    strava, _ = served({LIST: answer(told["body"], told["status"])})
    with pytest.raises(kind):
        listed(strava)


def test_no_secret_is_shown_by_a_value() -> None:
    tokens = Tokens("access-canary", "refresh-canary", NOW, None, 7, "Ada Example")
    strava = client("https://www.strava.com")
    assert "canary" not in f"{tokens!r}{tokens}{strava!r}{strava}"


FAILING = {"error": answer({}, 500), "html": answer(b"<html>"), "refused": answer({}, 401), "cut": cut_short}


@pytest.mark.parametrize("reply", FAILING.values(), ids=FAILING)
def test_no_secret_is_shown_by_a_log_or_an_error(
    served: Served, caplog: pytest.LogCaptureFixture, reply: Reply
) -> None:
    """N4."""
    caplog.set_level(logging.DEBUG)
    strava, _ = served({LIST: reply, TOKEN: reply})
    calls = [
        lambda: strava.refresh("token-canary", NOW),
        lambda: strava.exchange("code-canary", NOW),
        lambda: listed(strava),
    ]
    said = [text for call in calls for text in texts(call)]
    assert "urllib3" in caplog.text  # it does listen
    assert "canary" not in caplog.text + " ".join(said)


def texts(call: Callable[[], object]) -> Iterator[str]:
    """What a failing call says, and what each error behind it does."""
    with pytest.raises(HamwatchError) as failed:
        call()
    error: BaseException | None = failed.value
    while error:
        yield f"{error!r} {error}"
        error = error.__cause__ or error.__context__
