"""Signing in through Strava, against a served sandbox."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from jobs import leaving
from monitor.sandbox import Athlete, faults
from monitor.store.connections import held_tokens
from monitor.store.sign_in_tables import SignedIn
from monitor.store.strava_tables import Revocation
from monitor.store.tables import Connection
from tests.web.gate import ANN, BASE_URL
from tests.web.office import ATHLETE

STRANGER = 9_009


def sent_away(browser, **more):
    answer = browser.post("/sign-in/strava", data=more)
    assert answer.status_code == 303
    return answer.headers["location"]


def consented(url, **how):
    """What the runner does on Strava's page; the path to which they come back."""
    back = requests.get(url, params={"athlete": ATHLETE} | how, allow_redirects=False, timeout=10).headers["Location"]
    assert back.startswith(BASE_URL)
    return back.removeprefix(BASE_URL)


def refused(gate, answer, says, status=400):
    assert answer.status_code == status
    assert says in answer.text
    assert gate.rows(SignedIn) == []


@pytest.fixture
def connected(gate):
    gate.connect(ANN, ATHLETE)
    return gate


def test_a_runner_who_is_connected_is_signed_in_as_that_runner_alone(connected):
    browser = connected.browser()
    entered = browser.get(consented(sent_away(browser, next="/runners/1")))
    assert entered.headers["location"] == "/runners/1"
    assert [browser.get(path).status_code for path in ("/runners/1", "/runners/2", "/teams/1", "/runners")] == [
        200,
        404,
        404,
        404,
    ]
    (row,) = connected.rows(SignedIn)
    assert (row.runner_id, row.address, row.via) == (ANN, "", "strava")


def test_strava_is_asked_for_what_the_connection_has_and_its_newer_tokens_are_kept(connected):
    browser = connected.browser()
    url = sent_away(browser)
    assert parse_qs(urlsplit(url).query)["scope"] == ["read,activity:read"]
    browser.get(consented(url))
    with connected.product.database.reading() as db:
        held = held_tokens(db, connected.product.keys, ANN)
    assert connected.sandbox.tokens.allowed(held.access, connected.now).athlete_id == ATHLETE
    assert connected.product.strava.refresh(held.refresh, connected.now).access


def test_a_stranger_is_not_signed_in_and_their_permission_is_given_back(gate):
    gate.sandbox.athletes[STRANGER] = Athlete(STRANGER, "Eve", "Else", "eve@example.org", "UTC")
    browser = gate.browser()
    answer = browser.get(consented(sent_away(browser), athlete=STRANGER))
    refused(gate, answer, "Nobody here is connected", status=403)
    assert gate.rows(Connection) == []
    assert len(gate.rows(Revocation)) == 1


def test_attack_5_an_answer_in_another_browser_signs_nobody_in(connected):
    came_back = consented(sent_away(connected.browser()))
    stranger = connected.browser()
    refused(connected, stranger.get(came_back), "another browser")
    sent_away(stranger)
    refused(connected, stranger.get(came_back), "another browser")


def test_attack_5_an_answer_is_taken_once_and_for_ten_minutes(connected):
    browser = connected.browser()
    came_back, nonce = consented(sent_away(browser)), browser.cookies["__Host-hamwatch-sign-in"]
    connected.now += timedelta(minutes=10)
    refused(connected, browser.get(came_back), "older than ten minutes")
    connected.now -= timedelta(minutes=5)
    assert browser.get(came_back).status_code == 303
    again = connected.browser()
    again.cookies.set("__Host-hamwatch-sign-in", nonce)
    assert again.get(came_back).status_code == 400


@pytest.mark.parametrize(
    "how", [{"deny": 1}, {"granted": "read"}, {"granted": ""}], ids=["denied", "less allowed", "nothing allowed"]
)
def test_whoever_allows_less_is_not_signed_in_and_stays_connected_as_they_were(connected, how):
    browser = connected.browser()
    (before,) = connected.rows(Connection)
    refused(connected, browser.get(consented(sent_away(browser), **how)), "box about your activities")
    (after,) = connected.rows(Connection)
    assert after.access_sealed == before.access_sealed


def test_a_link_by_mail_is_no_answer_of_strava_and_the_other_way_round(connected):
    browser = connected.browser()
    connected.ask(browser, "ann@example.org")
    crossed = browser.get("/sign-in/strava/back", params={"state": connected.token(), "code": "x", "scope": "read"})
    refused(connected, crossed, "Ask for a new one")
    state = parse_qs(urlsplit(sent_away(browser)).query)["state"][0]
    refused(connected, browser.post("/sign-in/link", data={"token": state}), "Ask for a new one")


def test_where_strava_does_not_answer_that_is_said(connected):
    browser = connected.browser()
    came_back = consented(sent_away(browser))
    connected.sandbox.refuse(None, faults.status(503), path="/oauth/token")
    refused(connected, browser.get(came_back), "Strava does not answer", status=503)


def test_a_runner_who_is_erased_is_signed_in_nowhere(connected):
    browser = connected.browser()
    browser.get(consented(sent_away(browser)))
    with connected.product.database.writing() as db:
        db.delete(db.get_one(Connection, ANN))
    assert browser.get("/runners/1").status_code == 200
    leaving.erase(connected.product, ANN, connected.now)
    assert connected.rows(SignedIn) == []
