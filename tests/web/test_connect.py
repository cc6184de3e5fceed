"""From the invitation to a connected Strava account, against a served sandbox."""

import json
from datetime import UTC, datetime, timedelta
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from structlog.testing import capture_logs

from monitor.sandbox import faults
from monitor.sandbox.sandbox import Asked
from monitor.store.connections import connection, held_tokens
from monitor.store.consents import WORDING, Subject, consents
from monitor.store.due import due_passes, finish
from monitor.store.tables import Connection
from monitor.web.links import signed_state
from tests.web.club import BASE_URL, NOW
from tests.web.office import ATHLETE, KEYS, SECRETS, press


def agreed(office, runner_id=1):
    """What the runner has ever agreed to."""
    with office.database.reading() as db:
        return [(row.subject, row.given, row.wording) for row in consents(db, runner_id)]


def assert_refused(office, answer, says, status=400):
    """A clear page, and no half account."""
    assert answer.status_code == status
    assert says in unescape(answer.text).lower()
    assert "Not connected" in answer.text
    assert office.connected() == []
    assert agreed(office) == []


def test_the_invitation_says_what_is_taken_what_for_who_sees_it_and_how_to_end_it(office):
    page = office.browser().get(office.invite())
    assert page.status_code == 200
    for said in ("Ann Lee", "last 120 days", "distance", "heart rate", "Nothing is", "Revoke access", "deleted"):
        assert said in page.text
    assert 'href="/your-data?key=' in page.text
    assert 'href="/leave?key=' in page.text
    assert office.sandbox.requests == []


def test_looking_at_the_invitation_begins_nothing(office):
    page = office.browser().get(office.invite())
    assert "set-cookie" not in page.headers
    assert office.begun() == []


def test_the_button_asks_strava_for_activities_and_no_more(office):
    asked = parse_qs(urlsplit(office.sent_away(office.browser())).query)
    assert asked["scope"] == ["read,activity:read"]
    assert asked["client_id"] == [office.sandbox.client_id]
    assert asked["redirect_uri"] == [f"{BASE_URL}/oauth/strava/callback"]


def test_the_invitations_form_may_end_at_strava_and_other_pages_forms_may_not(office):
    browser = office.browser()
    policy = browser.get(office.invite()).headers["content-security-policy"]
    assert f"form-action 'self' {office.strava.base_url};" in policy
    assert "form-action 'self';" in browser.get("/about").headers["content-security-policy"]


def test_whoever_has_read_an_older_text_is_shown_the_new_one_first(office):
    browser = office.browser()
    answer = press(browser, browser.get(office.invite()), wording="2020-01")
    assert answer.status_code == 200
    assert "This text has changed" in answer.text
    assert office.begun() == []


def test_consent_stores_sealed_tokens_what_was_granted_and_the_words_agreed_to(office):
    answer = office.connect(office.browser())
    assert answer.status_code == 200
    with office.database.reading() as db:
        row, held = db.get_one(Connection, 1), held_tokens(db, KEYS, 1)
    assert (row.athlete_id, row.scope, row.access) == (ATHLETE, "activity:read,read", "ok")
    assert office.sandbox.tokens.allowed(held.access, NOW).athlete_id == ATHLETE
    assert held.access.encode() not in row.access_sealed
    assert held.expires_at == NOW + timedelta(hours=6)
    assert agreed(office) == [("strava", True, WORDING[Subject.STRAVA])]


def test_afterwards_the_account_is_named_so_that_a_wrong_one_is_noticed_and_ended(office):
    answer = office.connect(office.browser())
    assert "Connected to the Strava account of <b>Ann Lee</b>. Not you?" in answer.text
    assert 'href="/leave?key=' in answer.text
    assert 'href="/your-data?key=' in answer.text


def test_loading_the_last_page_again_says_the_same_and_takes_no_answer(office):
    answer = office.connect(office.browser())
    assert answer.url.path == "/connect/strava/done"
    assert "of <b>Ann Lee</b>" in office.browser().get(str(answer.url)).text
    assert office.browser().get("/connect/strava/done?told=WzEsIkV2ZSJd.aaaa.bbbb").status_code == 400


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


def test_after_connecting_the_days_pass_is_due_again(office):
    for due in due_passes(office.database, lambda: NOW, "test", 7):
        with office.database.writing() as db:
            finish(db, due, "test", NOW)
    office.connect(office.browser())
    assert [due.person.name for due in due_passes(office.database, lambda: NOW, "test", 7)] == ["Ann Lee"]


@pytest.mark.parametrize("query", ["", "?invite=", "?invite=1", "?invite=WzFd.aaaa.bbbb"])
def test_a_link_that_we_did_not_make_invites_nobody(office, query):
    answer = office.browser().get(f"/connect/strava{query}")
    assert_refused(office, answer, "ask for a new one")
    forged = {"invite": query.partition("=")[2], "wording": WORDING[Subject.STRAVA]}
    assert_refused(office, office.browser().post("/connect/strava", data=forged), "ask for a new one")
    assert office.begun() == []


def test_an_invitation_of_31_days_is_too_old(office):
    with time_machine.travel(datetime.now(UTC) - timedelta(days=31)):
        invitation = office.invite()
    assert_refused(office, office.browser().get(invitation), "not valid any more")


def test_an_invitation_for_somebody_who_has_left_is_an_invalid_link_like_any_other(office):
    assert_refused(office, office.browser().get(office.invite(runner_id=99)), "not valid any more")


def test_the_cookie_is_for_this_visit_and_no_script_and_goes_with_the_last_answer(office):
    browser = office.browser()
    away = press(browser, browser.get(office.invite()))
    flags = away.headers["set-cookie"].lower()
    assert "httponly" in flags
    assert "samesite=lax" in flags
    assert "max-age=600" in flags
    assert "secure" not in flags
    office.said_yes(browser, office.consent(away.headers["location"]))
    assert not browser.cookies


def test_over_https_the_cookie_stays_there(office):
    office.base_url = "https://club.example"
    browser = office.browser()
    away = press(browser, browser.get(office.invite()))
    assert "secure" in away.headers["set-cookie"].lower()
    redirect = parse_qs(urlsplit(away.headers["location"]).query)["redirect_uri"]
    assert redirect == ["https://club.example/oauth/strava/callback"]


def test_swapped_an_answer_in_another_browser_connects_nobody(office):
    came_back = office.consent(office.sent_away(office.browser()))
    stranger = office.browser()
    assert_refused(office, stranger.get(came_back), "belongs to another browser")
    office.sent_away(stranger)  # now it has a cookie, but another one
    assert_refused(office, stranger.get(came_back), "belongs to another browser")


def test_replayed_an_answer_is_taken_once_even_where_the_cookie_is_still_there(office):
    browser = office.browser()
    came_back = office.consent(office.sent_away(browser), deny=1)
    nonce = browser.cookies["hamwatch_connect"]
    browser.get(came_back)
    browser.cookies.set("hamwatch_connect", nonce)
    code = office.sandbox.authorise(ATHLETE)
    state = parse_qs(urlsplit(came_back).query)["state"][0]
    again = browser.get("/oauth/strava/callback", params={"state": state, "code": code, "scope": "activity:read"})
    assert_refused(office, again, "taken before")
    assert "/oauth/token" not in {asked.path for asked in office.sandbox.requests}


@pytest.mark.parametrize("state", ["", "forged", "WzEsIm4iXQ.aaaa.bbbb"])
def test_forged_a_state_that_we_did_not_sign_connects_nobody(office, state):
    browser = office.browser()
    office.sent_away(browser)
    code = office.sandbox.authorise(ATHLETE)
    answer = browser.get("/oauth/strava/callback", params={"state": state, "code": code, "scope": "activity:read"})
    assert_refused(office, answer, "not valid any more")


def test_signed_but_never_begun_connects_nobody(office):
    browser = office.browser()
    browser.cookies.set("hamwatch_connect", "nonce")
    params = {"state": signed_state(SECRETS, 1, "nonce"), "code": office.sandbox.authorise(ATHLETE)}
    assert_refused(office, browser.get("/oauth/strava/callback", params=params), "taken before")


def test_expired_an_answer_that_took_longer_than_ten_minutes_connects_nobody(office):
    browser = office.browser()
    office.sent_away(browser)
    with time_machine.travel(datetime.now(UTC) - timedelta(minutes=11)):
        state = signed_state(SECRETS, 1, browser.cookies["hamwatch_connect"])
    code = office.sandbox.authorise(ATHLETE)
    answer = browser.get("/oauth/strava/callback", params={"state": state, "code": code, "scope": "activity:read"})
    assert_refused(office, answer, "not valid any more")


def test_expired_by_our_own_record_too(office):
    browser = office.browser()
    came_back = office.consent(office.sent_away(browser))
    office.now = NOW + timedelta(minutes=10, seconds=1)
    assert_refused(office, browser.get(came_back), "too old")


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


def test_at_the_athlete_limit_the_runner_is_told_kindly_and_the_operator_what_to_do(office):
    """N13."""
    browser = office.browser()
    came_back = office.consent(office.sent_away(browser))
    office.sandbox.refuse(None, faults.status(403), path="/oauth/token")
    with capture_logs() as lines:
        answer = browser.get(came_back)
    assert_refused(office, answer, "no fault of yours", status=503)
    assert "strava.com/settings/api" not in answer.text
    assert any("strava.com/settings/api" in str(line.get("reason")) for line in lines)


def test_an_app_that_strava_calls_inactive_is_no_matter_for_the_runner(office):
    browser = office.browser()
    came_back = office.consent(office.sent_away(browser))
    office.sandbox.refuse(None, faults.inactive, path="/oauth/token")
    with capture_logs() as lines:
        answer = browser.get(came_back)
    assert_refused(office, answer, "try again in a few minutes", status=503)
    assert "subscription" not in answer.text
    assert any("paid Strava subscription" in str(line.get("reason")) for line in lines)


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


def test_t4_the_same_runner_connecting_again_renews_the_tokens(office):
    browser = office.browser()
    for _ in range(2):
        office.connect(browser)
    assert office.connected() == [1]
    with office.database.reading() as db:
        assert office.sandbox.tokens.allowed(held_tokens(db, KEYS, 1).access, NOW)
    assert len(agreed(office)) == 1


def test_neither_code_nor_tokens_nor_names_reach_the_log(office):
    browser = office.browser()
    came_back = office.consent(office.sent_away(browser))
    with capture_logs() as lines:
        office.said_yes(browser, came_back)
    with office.database.reading() as db:
        held = held_tokens(db, KEYS, 1)
    secret = [parse_qs(urlsplit(came_back).query)["code"][0], held.access, held.refresh, "Ann Lee"]
    assert lines
    assert not [word for word in secret if word in repr(lines)]
