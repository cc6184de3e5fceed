"""A runner's own page: what they agreed to, the record of it, and the buttons that end it."""

from datetime import timedelta

import pytest

from monitor.rules.freshness import Access
from monitor.store.connections import note_access
from monitor.store.consents import Subject, consents, give
from monitor.web.links import own_key, own_url
from tests.web.club import NOW
from tests.web.office import SECRETS, press
from tests.web.plain import text_of

ANN, BOB = 1, 2
PAGE = own_url("", SECRETS, ANN)
OF_NOBODY = own_key(SECRETS, 99)


def text(answer):
    return text_of(answer.text)


def joined(office):
    """A browser whose runner has agreed to the team."""
    browser = office.browser()
    press(browser, browser.get(office.invitation()))
    return browser


def record(office):
    with office.database.reading() as db:
        return [(row.subject, row.given, row.at) for row in consents(db, ANN)]


def test_it_says_what_was_agreed_to_since_when_and_in_the_runners_own_time(office):
    said = text(joined(office).get(PAGE))
    assert "You share your training with Harriers, since Sun 22 Nov 2026, 10:00 CET" in said
    assert "agreed, that the coaches see your training" in said


def test_looking_changes_nothing(office):
    for _ in range(2):
        office.browser().get(PAGE + "&act=share")
    assert record(office) == []


def test_stop_sharing_holds_at_the_next_request(office):
    browser = joined(office)
    assert browser.get("/teams/1/runners/1").status_code == 200
    answer = press(browser, browser.get(PAGE), act="stop")
    assert (answer.status_code, answer.headers["location"]) == (303, PAGE)
    assert "Ann Lee" not in browser.get("/teams/1").text
    assert browser.get("/teams/1/runners/1").status_code == 404


def test_the_record_keeps_both_and_sharing_again_is_a_third_line(office):
    browser = joined(office)
    for days, act in ((1, "stop"), (2, "share")):
        office.now = NOW + timedelta(days=days)
        press(browser, browser.get(PAGE), act=act)
    assert record(office) == [("team", given, NOW + timedelta(days=n)) for n, given in enumerate((True, False, True))]
    assert text(browser.get(PAGE)).count("that the coaches see your training") == 3


def test_whoever_never_agreed_reads_what_coaches_would_see_before_the_button(office):
    html = office.browser().get(PAGE).text
    assert "its coaches see nothing of you" in html
    assert html.index("What they see") < html.index("Share with Harriers")


def test_when_the_words_have_changed_the_runner_is_asked_anew(office):
    with office.database.writing() as db:
        give(db, ANN, Subject.TEAM, "2020-01", NOW - timedelta(days=9))
    browser = office.browser()
    page = browser.get(PAGE)
    assert "This text has changed since you agreed" in text(page)
    press(browser, page, act="share")
    assert "has changed" not in text(browser.get(PAGE))


def test_words_that_change_between_reading_and_agreeing_are_shown_first(office):
    browser = office.browser()
    answer = press(browser, browser.get(PAGE), act="share", wording="2020-01")
    assert "This text has changed since you opened it" in text(answer)
    assert record(office) == []


def test_it_says_since_when_strava_is_connected_and_offers_it_where_it_is_not(office):
    browser = office.browser()
    assert "connect-strava" in browser.get(PAGE).text
    office.connect(browser)
    page = browser.get(PAGE)
    assert "Connected, since Sun 22 Nov 2026, 10:00 CET" in text(page)
    assert "connect-strava" not in page.text


def test_a_permission_that_is_gone_is_told_and_offered_again(office):
    browser = office.browser()
    office.connect(browser)
    with office.database.writing() as db:
        note_access(db, ANN, Access.REVOKED, NOW, "revoked")
    page = browser.get(PAGE)
    assert "Strava no longer lets Hamwatch read it" in text(page)
    assert "connect-strava" in page.text


def test_without_a_strava_app_none_is_offered(office):
    office.strava = type(office.strava)(office.strava.base_url, "", office.strava.client_secret)
    assert "connect-strava" not in office.browser().get(PAGE).text


def test_it_leads_to_the_page_for_leaving_and_to_the_runners_own_page(office):
    html = office.browser().get(PAGE).text
    assert 'href="/leave?key=' in html
    assert 'href="/runners/1?key=' in html


@pytest.mark.parametrize("key", ["", "WzFd.aaaa.bbbb", pytest.param(OF_NOBODY, id="of somebody who has left")])
def test_a_key_that_opens_nothing_shows_and_does_nothing(office, key):
    browser = joined(office)
    before = record(office)
    for answer in (
        browser.get("/your-data", params={"key": key}),
        browser.post("/your-data", data={"key": key, "act": "stop"}),
    ):
        assert answer.status_code == 404
        assert "Ann" not in answer.text
    assert record(office) == before


def test_a_key_ends_its_own_runners_consent_and_nobody_elses(office):
    browser = joined(office)
    press(browser, browser.get(own_url("", SECRETS, BOB)), act="stop", runner_id="1")
    assert "Ann Lee" in browser.get("/teams/1").text


def test_an_act_that_is_none_is_not_understood(office):
    browser = joined(office)
    assert press(browser, browser.get(PAGE), act="erase").status_code == 404
    assert len(record(office)) == 1


FOREIGN = {
    "another site": {"Sec-Fetch-Site": "cross-site"},
    "a neighbour": {"Sec-Fetch-Site": "same-site"},
    "nowhere": {"Sec-Fetch-Site": "none"},
    "another origin": {"Sec-Fetch-Site": "", "Origin": "https://evil.example"},
    "no origin": {"Sec-Fetch-Site": "", "Origin": "null"},
    "nothing said": {"Sec-Fetch-Site": ""},
}


@pytest.mark.parametrize("path", ["/your-data", "/join", "/connect/strava"])
def test_a_form_that_another_site_sent_is_refused(office, path):
    browser = joined(office)
    before = record(office)
    key, wording = PAGE.partition("=")[2], "2026-11"
    given = {"key": key, "act": "stop", "invite": office.invitation(BOB).partition("=")[2], "wording": wording}
    for whence, headers in FOREIGN.items():
        answer = browser.post(path, data=given, headers=headers)
        assert answer.status_code == 403, whence
        assert "was not sent from here" in answer.text
    assert record(office) == before
    assert office.begun() == []


def test_a_browser_that_tells_its_origin_alone_is_believed(office):
    browser = joined(office)
    headers = {"Sec-Fetch-Site": "", "Origin": "http://127.0.0.1:8000"}
    given = {"key": PAGE.partition("=")[2], "act": "stop"}
    assert browser.post("/your-data", data=given, headers=headers).status_code == 303
