"""From the invitation to a connected Strava account, against a served sandbox."""

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from structlog.testing import capture_logs

from monitor.store.connections import held_tokens
from monitor.store.consents import WORDING, Subject
from monitor.store.due import due_passes, finish
from monitor.store.tables import Connection
from tests.web.club import BASE_URL, NOW
from tests.web.connecting import agreed, assert_refused
from tests.web.office import ATHLETE, KEYS, press


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
