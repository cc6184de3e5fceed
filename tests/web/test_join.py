"""The invitation to a team: it opens once, and nobody is seen before they agreed to the words they were shown."""

from datetime import timedelta

import pytest

from monitor.store.coaches import add_coach
from monitor.store.consents import WORDING, Subject, consents
from monitor.store.invitations import invite, new_token
from monitor.store.people import people
from monitor.store.tables import Runner
from monitor.web.links import connect_url, join_url
from tests.web.club import NOW
from tests.web.office import SECRETS, press
from tests.web.plain import text_of

ANN = 1


def invited(office, address, name="Zoe as the coach types her"):
    """The link that is mailed to whoever has this address."""
    with office.database.writing() as db:
        invite(db, 1, name, address, token := new_token(), office.now)
    return join_url("", token)


def record(office, runner_id=ANN):
    """What the runner agreed to and withdrew, and when."""
    with office.database.reading() as db:
        return [(row.subject, row.given, row.wording, row.at) for row in consents(db, runner_id)]


def test_the_invitation_names_the_team_its_coaches_what_they_see_and_how_it_ends(office):
    html = office.browser().get(office.invitation()).text
    for said in ("Join Harriers", "Ann Lee", "Cora &lt;b&gt;Coach", "verdict", "load numbers", "runs", "one button"):
        assert said in html
    assert record(office) == []


def test_the_invitation_says_what_coaches_see_of_strava_as_the_operator_has_set_it(office):
    assert "They see how many there are, and nothing else of them" in office.browser().get(office.invitation()).text
    assert "They see them like all others" in office.browser(coach_sharing=True).get(office.invitation()).text


def test_agreeing_is_recorded_by_our_clock_and_leads_to_the_runners_own_page(office):
    browser = office.browser()
    answer = press(browser, browser.get(office.invitation()), at="1999-01-01", given="yes")
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
    press(browser, browser.get(office.invitation()))
    after = browser.get("/teams/1").text
    assert "Ann Lee" in after
    assert "Bob" not in after
    assert "1 runner has not agreed yet" in after


def test_an_invitation_opens_once(office):
    browser, link = office.browser(), office.invitation()
    first = browser.get(link)
    press(browser, first)
    assert "was used before" in press(browser, first).text
    assert browser.get(link).status_code == 400
    assert len(record(office)) == 1


def test_whoever_shares_already_is_told_so(office):
    browser = office.browser()
    press(browser, browser.get(office.invitation()))
    assert "You share your training with Harriers already" in browser.get(office.invitation()).text


def test_whoever_has_read_an_older_text_is_shown_the_new_one_first(office):
    browser = office.browser()
    answer = press(browser, browser.get(office.invitation()), wording="2020-01")
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


def test_an_invitation_of_seven_days_is_too_old(office):
    link = office.invitation()
    office.now += timedelta(days=7)
    assert "older than seven days" in office.browser().get(link).text


def test_when_the_operator_begins_to_share_strava_whoever_agreed_before_is_asked_anew(office):
    press(browser := office.browser(), browser.get(office.invitation()))
    sharing = office.browser(coach_sharing=True)
    press(sharing, sharing.get(office.invitation()))
    assert len(record(office)) == 2


def test_somebody_new_says_what_they_are_called_and_where_they_live(office):
    browser = office.browser()
    html = browser.get(invited(office, "zoe@example.org")).text
    assert "Zoe as the coach types her" in html
    form = html.partition("</form>")[0]
    answer = press(browser, browser.get(invited(office, "zoe@example.org")), name="Zoë", timezone="Europe/Oslo")
    assert "guest" not in form
    assert answer.headers["location"].startswith("/your-data?key=")
    with office.database.reading() as db:
        zoe = people(db, 1)[-1]
        assert (zoe.name, zoe.email, zoe.timezone) == ("Zoë", "zoe@example.org", "Europe/Oslo")
    assert record(office, zoe.id) == [("team", True, WORDING[Subject.TEAM], NOW)]


@pytest.mark.parametrize("wrong", [{"name": ""}, {"name": "a\nb"}, {"timezone": "Mars"}])
def test_a_name_or_a_zone_that_cannot_be_leaves_the_invitation_as_it_was(office, wrong):
    browser, link = office.browser(), invited(office, "zoe@example.org")
    assert press(browser, browser.get(link), **wrong).status_code == 400
    assert browser.get(link).status_code == 200


def test_whoever_runs_in_another_team_is_told_that_they_leave_it_and_shares_nothing_there_any_more(office):
    with office.database.writing() as db:
        add_coach(db, "Otto", "otto@example.org", "Other")
        db.get_one(Runner, ANN).email = "ann@example.org"
        invite(db, 2, "Ann", "ANN@example.org", token := new_token(), NOW)
    browser = office.browser()
    press(browser, browser.get(office.invitation()))
    page = browser.get(join_url("", token))
    assert "You are here already as Ann Lee . You leave Harriers" in text_of(page.text)
    press(browser, page)
    assert [given for _, given, *_ in record(office)] == [True, False, True]
    assert "Ann Lee" in browser.get("/teams/2").text
    assert "Ann Lee" not in browser.get("/teams/1").text


def test_of_two_who_share_an_address_each_answers_for_themselves(office):
    browser, link = office.browser(), invited(office, "runner@example.org")
    html = browser.get(link).text
    assert html.count('name="guest"') == 2
    assert "I am somebody else, and new here" in html
    press(browser, browser.get(link), guest=2)
    assert record(office) == []
    assert len(record(office, 2)) == 1


def test_attack_2_nobody_agrees_for_a_runner_whom_the_invitation_does_not_ask(office):
    browser = office.browser()
    for link in (office.invitation(2), invited(office, "zoe@example.org")):
        assert press(browser, browser.get(link), guest=ANN).status_code == 400
    assert record(office) == []


def test_whoever_declines_is_forgotten(office):
    browser, link = office.browser(), invited(office, "zoe@example.org")
    answer = browser.post("/join", data={"invite": link.partition("=")[2], "act": "decline"})
    assert (answer.status_code, browser.get(link).status_code) == (200, 400)
    assert "Zoe" not in browser.get("/teams/1/people").text
