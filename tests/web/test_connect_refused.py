"""Ways to Strava that lead nowhere: the runner says no, or too little; Strava says no."""

import json
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from structlog.testing import capture_logs

from monitor.sandbox import faults
from monitor.sandbox.sandbox import Asked
from monitor.store.connections import connection
from tests.web.club import NOW
from tests.web.connecting import agreed, assert_refused
from tests.web.office import ATHLETE


def token_reply(scope):
    """What Strava's token endpoint says, naming the scope."""
    tokens = {"access_token": "an-access-token", "refresh_token": "a-refresh-token", "scope": scope}
    expires_at = int((NOW + timedelta(hours=6)).timestamp())
    return json.dumps(tokens | {"expires_at": expires_at, "athlete": {"id": ATHLETE}}).encode()


def test_what_the_tokens_say_was_granted_holds_over_what_the_browser_brought(office):
    browser = office.browser()
    came_back = office.consent(office.sent_away(browser))
    office.sandbox.refuse(None, faults.body(token_reply("read,activity:read_all")), path="/oauth/token")
    assert "Your Strava account is connected." in office.said_yes(browser, came_back).text
    with office.database.reading() as db:
        assert connection(db, 1).scope == "activity:read_all,read"


def test_tokens_that_turn_out_to_open_too_little_are_not_kept(office):
    browser = office.browser()
    came_back = office.consent(office.sent_away(browser))
    office.sandbox.refuse(None, faults.body(token_reply("read")), path="/oauth/token")
    assert_refused(office, browser.get(came_back), "leave the box")


def test_denied_a_runner_who_says_no_is_told_that_nothing_was_stored(office):
    answer = office.connect(office.browser(), deny=1)
    assert_refused(office, answer, "nothing was stored")
    assert [asked.path for asked in office.sandbox.requests] == ["/oauth/authorize"]


def test_a_runner_who_unticks_activities_is_told_which_box_to_tick_and_no_token_is_fetched(office):
    answer = office.connect(office.browser(), granted="read")
    assert_refused(office, answer, "leave the box “view data about your activities” ticked")
    assert [asked.path for asked in office.sandbox.requests] == ["/oauth/authorize"]


def test_when_strava_fails_nothing_is_stored_and_the_same_invitation_works_later(office):
    browser = office.browser()
    came_back = office.consent(office.sent_away(browser))
    office.sandbox.refuse(None, faults.status(503), path="/oauth/token")
    assert_refused(office, browser.get(came_back), "try again in a few minutes", status=503)
    office.sandbox.heal(None)
    office.connect(browser)
    assert office.connected() == [1]


def test_a_code_that_strava_refuses_connects_nobody(office):
    browser = office.browser()
    state = parse_qs(urlsplit(office.sent_away(browser)).query)["state"][0]
    params = {"state": state, "code": "never-given", "scope": "activity:read"}
    assert_refused(office, browser.get("/oauth/strava/callback", params=params), "does not accept this answer")
    assert office.sandbox.requests[-1] == Asked("POST", "/oauth/token", None, 400)


def test_an_answer_without_a_code_connects_nobody(office):
    browser = office.browser()
    state = parse_qs(urlsplit(office.sent_away(browser)).query)["state"][0]
    assert_refused(office, browser.get("/oauth/strava/callback", params={"state": state}), "not complete")


@pytest.mark.parametrize(
    ("fault", "told", "kept_back", "reason"),
    [
        pytest.param(
            faults.status(403),
            "no fault of yours",
            "strava.com/settings/api",
            "strava.com/settings/api",
            id="N13",
        ),
        pytest.param(
            faults.inactive, "try again in a few minutes", "subscription", "paid Strava subscription", id="inactive app"
        ),
    ],
)
def test_what_is_wrong_with_our_app_is_told_kindly_and_the_operator_is_told_what_to_do(
    office, fault, told, kept_back, reason
):
    """N13: the athlete limit is one of these."""
    browser = office.browser()
    came_back = office.consent(office.sent_away(browser))
    office.sandbox.refuse(None, fault, path="/oauth/token")
    with capture_logs() as lines:
        answer = browser.get(came_back)
    assert_refused(office, answer, told, status=503)
    assert kept_back not in answer.text
    assert any(reason in str(line.get("reason")) for line in lines)


def test_an_account_that_another_runner_holds_stays_theirs_and_the_attempt_is_on_record(office):
    """T4."""
    office.connect(office.browser(), office.invite(1))
    with capture_logs() as lines:
        answer = office.connect(office.browser(), office.invite(2))
    assert answer.status_code == 400
    assert "connected to another runner" in answer.text
    assert "Ann" not in answer.text
    assert office.connected() == [1]
    assert agreed(office, 2) == []
    [audit] = [line for line in lines if line["event"] == "strava account refused"]
    assert (audit["runner"], audit["held_by"]) == (2, 1)
