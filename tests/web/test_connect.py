"""From the invitation to a connected Strava account, against a served sandbox."""

from datetime import UTC, datetime, timedelta
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from pydantic import SecretStr

from monitor.sandbox import Athlete, Sandbox, faults, serving
from monitor.sandbox.sandbox import Asked
from monitor.sources.strava import Strava
from monitor.store.connections import held_tokens
from monitor.store.due import due_passes, finish
from monitor.store.people import add_runner
from monitor.store.tables import Connection
from monitor.web.links import signed_state
from tests.web.club import BASE_URL, NOW
from tests.web.office import ATHLETE, KEYS, SECRETS, Office, button


@pytest.fixture
def office(empty):
    with empty.writing() as db:
        for name in ("Ann Lee", "Bob"):
            add_runner(db, name, "runner@example.org", "UTC", "Harriers", NOW)
    sandbox = Sandbox([Athlete(ATHLETE, "Ann", "Lee", "ann@example.org", "UTC")], lambda: NOW)
    with serving(sandbox) as url:
        strava = Strava(url, sandbox.client_id, SecretStr(sandbox.client_secret), timeout_s=(1, 1), waits_s=())
        yield Office(sandbox, empty, strava)


def assert_refused(office, answer, says):
    assert answer.status_code == 400
    assert says in unescape(answer.text).lower()
    assert "Not connected" in answer.text
    assert office.connected() == []


def test_the_invitation_says_what_is_taken_what_for_and_how_to_end_it(office):
    page = office.browser().get(office.invite())
    assert page.status_code == 200
    for said in ("Ann Lee", "last 120 days", "distance", "heart rate", "Nothing is", "Revoke access", "deleted"):
        assert said in page.text
    assert office.sandbox.requests == []


def test_the_button_asks_strava_for_activities_and_no_more(office):
    asked = parse_qs(urlsplit(button(office.browser().get(office.invite()))).query)
    assert asked["scope"] == ["read,activity:read"]
    assert asked["client_id"] == [office.sandbox.client_id]
    assert asked["redirect_uri"] == [f"{BASE_URL}/oauth/strava/callback"]


def test_consent_stores_sealed_tokens_and_what_was_granted(office):
    browser = office.browser()
    answer = browser.get(office.consent(button(browser.get(office.invite()))))
    assert answer.status_code == 200
    assert "Your Strava account is connected" in answer.text
    with office.database.reading() as db:
        row, held = db.get_one(Connection, 1), held_tokens(db, KEYS, 1)
    assert (row.athlete_id, row.scope, row.access) == (ATHLETE, "read,activity:read", "ok")
    assert office.sandbox.tokens.allowed(held.access, NOW).athlete_id == ATHLETE
    assert held.access.encode() not in row.access_sealed
    assert held.expires_at == NOW + timedelta(hours=6)


def test_after_connecting_the_days_pass_is_due_again(office):
    for due in due_passes(office.database, lambda: NOW, "test", 7):
        with office.database.writing() as db:
            finish(db, due, "test", NOW)
    browser = office.browser()
    browser.get(office.consent(button(browser.get(office.invite()))))
    assert [due.person.name for due in due_passes(office.database, lambda: NOW, "test", 7)] == ["Ann Lee"]


@pytest.mark.parametrize("query", ["", "?invite=", "?invite=1", "?invite=WzFd.aaaa.bbbb"])
def test_a_link_that_we_did_not_make_invites_nobody(office, query):
    answer = office.browser().get(f"/connect/strava{query}")
    assert_refused(office, answer, "ask for a new one")
    assert "set-cookie" not in answer.headers


def test_an_invitation_of_31_days_is_too_old(office):
    with time_machine.travel(datetime.now(UTC) - timedelta(days=31)):
        invitation = office.invite()
    assert_refused(office, office.browser().get(invitation), "not valid any more")


def test_an_invitation_for_somebody_who_is_not_there_is_told(office):
    assert_refused(office, office.browser().get(office.invite(runner_id=99)), "no runner 99")


def test_the_cookie_is_for_this_visit_and_no_script_and_goes_when_strava_answers(office):
    browser = office.browser()
    page = browser.get(office.invite())
    flags = page.headers["set-cookie"].lower()
    assert "httponly" in flags
    assert "samesite=lax" in flags
    assert "max-age=600" in flags
    assert "secure" not in flags
    browser.get(office.consent(button(page)))
    assert not browser.cookies


def test_over_https_the_cookie_stays_there(office):
    office.base_url = "https://club.example"
    page = office.browser().get(office.invite())
    assert "secure" in page.headers["set-cookie"].lower()
    assert parse_qs(urlsplit(button(page)).query)["redirect_uri"] == ["https://club.example/oauth/strava/callback"]


def test_an_answer_in_another_browser_connects_nobody(office):
    came_back = office.consent(button(office.browser().get(office.invite())))
    stranger = office.browser()
    assert_refused(office, stranger.get(came_back), "belongs to another browser")
    stranger.get(office.invite())  # now it has a cookie, but another one
    assert_refused(office, stranger.get(came_back), "belongs to another browser")


@pytest.mark.parametrize("state", ["", "forged", "WzEsIm4iXQ.aaaa.bbbb"])
def test_a_state_that_we_did_not_sign_connects_nobody(office, state):
    browser = office.browser()
    browser.get(office.invite())
    code = office.sandbox.authorise(ATHLETE)
    answer = browser.get("/oauth/strava/callback", params={"state": state, "code": code, "scope": "activity:read"})
    assert_refused(office, answer, "not valid any more")


def test_an_answer_that_took_longer_than_ten_minutes_connects_nobody(office):
    browser = office.browser()
    browser.get(office.invite())
    with time_machine.travel(datetime.now(UTC) - timedelta(minutes=11)):
        state = signed_state(SECRETS, 1, browser.cookies["hamwatch_connect"])
    code = office.sandbox.authorise(ATHLETE)
    answer = browser.get("/oauth/strava/callback", params={"state": state, "code": code, "scope": "activity:read"})
    assert_refused(office, answer, "not valid any more")


def test_a_runner_who_says_no_is_told_that_nothing_was_stored(office):
    browser = office.browser()
    answer = browser.get(office.consent(button(browser.get(office.invite())), deny=1))
    assert_refused(office, answer, "nothing was stored")
    assert [asked.path for asked in office.sandbox.requests] == ["/oauth/authorize"]


def test_a_runner_who_unticks_activities_is_told_what_is_needed_and_no_token_is_fetched(office):
    browser = office.browser()
    answer = browser.get(office.consent(button(browser.get(office.invite())), granted="read"))
    assert_refused(office, answer, "permission to view your activities is needed")
    assert [asked.path for asked in office.sandbox.requests] == ["/oauth/authorize"]


def test_when_strava_fails_nothing_is_stored_and_the_same_invitation_works_later(office):
    browser = office.browser()
    came_back = office.consent(button(browser.get(office.invite())))
    office.sandbox.refuse(None, faults.status(503), path="/oauth/token")
    assert_refused(office, browser.get(came_back), "try again later")
    office.sandbox.heal(None)
    browser.get(office.consent(button(browser.get(office.invite()))))
    assert office.connected() == [1]


def test_a_code_works_once(office):
    browser = office.browser()
    came_back = office.consent(button(browser.get(office.invite())))
    nonce = browser.cookies["hamwatch_connect"]
    browser.get(came_back)
    browser.cookies.set("hamwatch_connect", nonce)
    assert browser.get(came_back).status_code == 400
    assert office.sandbox.requests[-1] == Asked("POST", "/oauth/token", None, 400)


def test_an_account_that_another_runner_holds_stays_theirs(office):
    first, second = office.browser(), office.browser()
    first.get(office.consent(button(first.get(office.invite(1)))))
    answer = second.get(office.consent(button(second.get(office.invite(2)))))
    assert answer.status_code == 400
    assert "connected to another runner" in answer.text
    assert office.connected() == [1]


def test_connecting_again_renews_the_tokens(office):
    browser = office.browser()
    for _ in range(2):
        browser.get(office.consent(button(browser.get(office.invite()))))
    assert office.connected() == [1]
    with office.database.reading() as db:
        assert office.sandbox.tokens.allowed(held_tokens(db, KEYS, 1).access, NOW)
