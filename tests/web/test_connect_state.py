"""The way to Strava and back belongs to one browser, once, for ten minutes."""

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine

from monitor.web.links import signed_state
from tests.web.club import NOW
from tests.web.connecting import assert_refused
from tests.web.office import ATHLETE, SECRETS, press


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
