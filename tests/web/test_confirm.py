"""Attack 6: somebody else's Strava account in a shared browser is connected by nobody's oversight."""

from datetime import timedelta
from email.message import EmailMessage

import pytest
from sqlmodel import select

from monitor.store import leaving, unconfirmed
from monitor.store.strava_tables import Revocation, Unconfirmed
from tests.web.club import NOW
from tests.web.office import KEYS, press

CONFIRM, REFUSE = "/connect/strava/confirm", "/connect/strava/refuse"


@pytest.fixture
def browser(office):
    """Back from Strava, and asked whose account it is."""
    browser = office.browser()
    browser.page = browser.get(office.consent(office.sent_away(browser)), follow_redirects=True)
    return browser


def waiting(office):
    with office.database.reading() as db:
        return list(db.exec(select(Unconfirmed)).all())


def owed(office):
    with office.database.reading() as db:
        return len(db.exec(select(Revocation)).all())


def test_the_account_is_named_and_nothing_is_connected_before_the_runner_says_yes(office, browser):
    assert "account of <b>Ann Lee</b>" in browser.page.text
    assert office.connected() == []
    [row] = waiting(office)
    assert b"token" not in row.access_sealed + row.refresh_sealed
    assert press(browser, browser.page).headers["location"].startswith("/connect/strava/done")
    assert (office.connected(), waiting(office)) == ([1], [])


def test_looking_at_the_question_again_changes_nothing(office, browser):
    assert "account of <b>Ann Lee</b>" in browser.get(CONFIRM).text
    assert (office.connected(), len(waiting(office))) == ([], 1)


def test_a_no_drops_the_tokens_and_gives_the_permission_back(office, browser):
    answer = browser.post(REFUSE)
    assert "Nothing was stored" in answer.text
    assert (office.connected(), waiting(office), owed(office)) == ([], [], 1)
    assert not browser.cookies


def test_another_browser_cannot_say_yes(office, browser):
    for answer in (office.browser().post(CONFIRM), office.browser().get(CONFIRM)):
        assert (answer.status_code, "answered before" in answer.text) == (400, True)
    assert office.connected() == []


def test_another_site_cannot_say_yes_in_this_browsers_name(office, browser):
    for path in (CONFIRM, REFUSE):
        assert browser.post(path, headers={"sec-fetch-site": "cross-site"}).status_code == 403
    assert (office.connected(), len(waiting(office))) == ([], 1)


def test_a_yes_counts_once(office, browser):
    nonce = browser.cookies["hamwatch_connect"]
    press(browser, browser.page)
    browser.cookies.set("hamwatch_connect", nonce)
    assert browser.post(CONFIRM).status_code == 400


def test_a_yes_after_ten_minutes_is_too_late_and_the_permission_is_given_back(office, browser):
    office.now = NOW + timedelta(minutes=10, seconds=1)
    assert press(browser, browser.page).status_code == 400
    with office.database.writing() as db:
        assert unconfirmed.drop_stale(db, KEYS, office.now) == 1
    assert (office.connected(), waiting(office), owed(office)) == ([], [], 1)


def test_a_permission_that_its_own_runner_uses_is_not_given_back(office):
    office.connect(office.browser())
    browser = office.browser()
    browser.get(office.consent(office.sent_away(browser)))
    browser.post(REFUSE)
    assert (office.connected(), owed(office)) == ([1], 0)


def test_an_account_that_somebody_connected_meanwhile_stays_theirs(office, browser):
    other = office.browser()
    page = other.get(office.consent(office.sent_away(other, office.invite(2))), follow_redirects=True)
    press(other, page)
    answer = press(browser, browser.page)
    assert "connected to another runner" in answer.text
    assert office.connected() == [2]


def test_whoever_is_erased_before_they_answer_leaves_no_permission_behind(office, browser):
    with office.database.writing() as db:
        leaving.erase(db, KEYS, 1, EmailMessage(), NOW)
    assert (waiting(office), owed(office)) == ([], 1)
