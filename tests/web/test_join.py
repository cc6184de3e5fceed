"""The invitation to a team: nobody is seen before they agreed to the words they were shown."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from monitor.store.consents import WORDING, Subject, consents
from monitor.store.people import add_runner
from monitor.web.links import connect_url, join_url
from tests.web.club import NOW
from tests.web.office import SECRETS, press

ANN = 1


def invitation(runner_id=ANN):
    return join_url("", SECRETS, runner_id)


def record(office, runner_id=ANN):
    """What the runner agreed to and withdrew, and when."""
    with office.database.reading() as db:
        return [(row.subject, row.given, row.wording, row.at) for row in consents(db, runner_id)]


def test_the_invitation_names_the_team_its_coaches_what_they_see_and_how_it_ends(office):
    html = office.browser().get(invitation()).text
    for said in ("Join Harriers", "Ann Lee", "Cora &lt;b&gt;Coach", "verdict", "load numbers", "runs", "one button"):
        assert said in html
    assert record(office) == []


def test_the_invitation_says_what_coaches_see_of_strava_as_the_operator_has_set_it(office):
    assert "They see how many there are, and nothing else of them" in office.browser().get(invitation()).text
    assert "They see them like all others" in office.browser(coach_sharing=True).get(invitation()).text


def test_agreeing_is_recorded_by_our_clock_and_leads_to_the_runners_own_page(office):
    browser = office.browser()
    answer = press(browser, browser.get(invitation()), at="1999-01-01", given="yes")
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/your-data?key=")
    assert record(office) == [("team", True, WORDING[Subject.TEAM], NOW)]
    offered = browser.get(answer.headers["location"]).text
    assert 'class="connect-strava" href="/connect/strava?invite=' in offered


def test_before_agreeing_the_coaches_see_a_number_and_afterwards_a_name(office):
    browser = office.browser()
    before = browser.get("/teams/1").text
    assert "Ann Lee" not in before
    assert "2 runners have not agreed yet" in before
    press(browser, browser.get(invitation()))
    after = browser.get("/teams/1").text
    assert "Ann Lee" in after
    assert "Bob" not in after
    assert "1 runner has not agreed yet" in after


def test_whoever_agreed_already_is_told_so_and_asked_nothing(office):
    browser = office.browser()
    press(browser, browser.get(invitation()))
    html = browser.get(invitation()).text
    assert "You have agreed already" in html
    assert "<form" not in html


def test_whoever_has_read_an_older_text_is_shown_the_new_one_first(office):
    browser = office.browser()
    answer = press(browser, browser.get(invitation()), wording="2020-01")
    assert "This text has changed" in answer.text
    assert record(office) == []


FOR_STRAVA = connect_url("", SECRETS, ANN).partition("=")[2]


@pytest.mark.parametrize("invite", ["", "WzFd.aaaa.bbbb", pytest.param(FOR_STRAVA, id="for connecting Strava")])
def test_a_link_that_was_not_made_for_this_invites_nobody(office, invite):
    browser = office.browser()
    assert browser.get("/join", params={"invite": invite}).status_code == 400
    forged = {"invite": invite, "wording": WORDING[Subject.TEAM]}
    assert browser.post("/join", data=forged).status_code == 400
    assert record(office) == []


def test_an_invitation_of_31_days_is_too_old(office):
    with time_machine.travel(datetime.now(UTC) - timedelta(days=31)):
        old = invitation()
    assert "not valid any more" in office.browser().get(old).text


def test_a_runner_without_a_team_has_nobody_to_agree_to(office):
    with office.database.writing() as db:
        alone = add_runner(db, "Cid", "cid@example.org", "UTC", None, NOW).id
    assert office.browser().get(invitation(alone)).status_code == 400


def test_when_the_operator_begins_to_share_strava_whoever_agreed_before_is_asked_anew(office):
    press(browser := office.browser(), browser.get(invitation()))
    sharing = office.browser(coach_sharing=True)
    assert "You have agreed already" not in sharing.get(invitation()).text
    press(sharing, sharing.get(invitation()))
    assert "You have agreed already" in sharing.get(invitation()).text
    assert len(record(office)) == 2
