"""Switching mails off: by the mail program's own button (RFC 8058), by the page, and never by opening a link."""

import pytest

from monitor.store.coaches import add_coach
from monitor.store.mail_choices import MailList, choice, wanted
from monitor.store.suspensions import suspend
from monitor.web.links import own_url
from monitor.web.mail_links import stop_url
from tests.web.club import NOW
from tests.web.office import SECRETS, press

ANN = 1
LISTS = [MailList.ALERTS, MailList.WEEKLY, MailList.SOURCE]
ONE_CLICK = {"List-Unsubscribe": "One-Click"}
MAILS = own_url("", SECRETS, ANN, "mails")


def link(which, person_id=ANN):
    return stop_url("", SECRETS, which, person_id)


def still_wanted(office):
    with office.database.reading() as db:
        return [which for which in LISTS if wanted(db, ANN, which)]


@pytest.mark.parametrize("which", LISTS)
def test_a_mail_programs_one_click_ends_that_list_and_no_other(office, which):
    answer = office.browser().post(link(which), data=ONE_CLICK)
    assert answer.status_code == 200
    assert still_wanted(office) == [each for each in LISTS if each is not which]


def test_opening_the_link_as_a_mail_scanner_does_ends_nothing(office):
    for _ in range(2):
        assert "Switch off alerts" in office.browser().get(link(MailList.ALERTS)).text
    office.browser().head(link(MailList.ALERTS))
    assert still_wanted(office) == LISTS


def test_the_page_has_a_button_and_one_to_take_it_back(office):
    browser = office.browser()
    off = press(browser, browser.get(link(MailList.ALERTS)))
    assert "Switched off" in off.text
    assert MailList.ALERTS not in still_wanted(office)
    back = browser.post(link(MailList.ALERTS), data={"act": "start"}, headers={"Sec-Fetch-Site": "same-origin"})
    assert back.status_code == 200
    assert still_wanted(office) == LISTS


def test_no_other_site_switches_mails_on_again(office):
    browser = office.browser()
    browser.post(link(MailList.ALERTS), data=ONE_CLICK)
    again = browser.post(link(MailList.ALERTS), data={"act": "start"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert again.status_code == 403
    assert MailList.ALERTS not in still_wanted(office)


@pytest.mark.parametrize("key", ["", "forged", "WyJhbGVydHMiLDFd.x.y"])
def test_attack_12_a_link_that_was_tampered_with_does_nothing_and_tells_nothing(office, key):
    browser = office.browser()
    assert browser.get(f"/stop?key={key}").status_code == 400
    assert browser.post(f"/stop?key={key}", data=ONE_CLICK).status_code == 400
    assert still_wanted(office) == LISTS


def test_the_link_of_one_list_is_no_link_of_another(office):
    alerts, weekly = (link(which).partition("key=")[2].split(".") for which in (MailList.ALERTS, MailList.WEEKLY))
    mixed = ".".join([weekly[0], *alerts[1:]])
    assert office.browser().post(f"/stop?key={mixed}", data=ONE_CLICK).status_code == 400
    assert still_wanted(office) == LISTS


def test_whoever_has_left_gets_the_same_answer_as_whoever_is_here(office):
    assert office.browser().post(link(MailList.ALERTS, 99), data=ONE_CLICK).status_code == 200


def test_a_coach_ends_their_digest(office):
    with office.database.writing() as db:
        coach = add_coach(db, "Cato", "cato@example.org", "Harriers").id
    office.browser().post(link(MailList.COACH, coach), data=ONE_CLICK)
    with office.database.reading() as db:
        assert not wanted(db, coach, MailList.COACH)
    assert still_wanted(office) == LISTS


def test_a_runner_chooses_what_and_when(office):
    browser = office.browser()
    assert 'value="0" selected' in browser.get(MAILS).text
    page = browser.get(MAILS)
    answer = press(browser, page, weekday="6", weekly="true")  # alerts and source are left unticked
    with office.database.reading() as db:
        chosen = choice(db, ANN)
        assert (chosen.alerts, chosen.weekly, chosen.source, chosen.weekday) == (True, True, True, 6)
    assert "Saved" in browser.get(answer.headers["location"]).text


def test_what_is_not_ticked_is_off(office):
    key = MAILS.partition("key=")[2]
    browser = office.browser()
    browser.post("/mails", data={"key": key, "weekday": "2"}, headers={"Sec-Fetch-Site": "same-origin"})
    assert still_wanted(office) == []


def test_m3_whoever_cannot_be_mailed_reads_it_here(office):
    """M3: a hard bounce suspends the address, and its owner sees that."""
    assert "is refused since" not in office.browser().get(MAILS).text
    with office.database.writing() as db:
        suspend(db, "Ann Lee <runner@example.org>", "550 no such user", NOW)
    assert "Mail to runner@example.org is refused since" in office.browser().get(MAILS).text


def test_a_day_that_is_no_weekday_is_refused(office):
    browser = office.browser()
    assert press(browser, browser.get(MAILS), weekday="7").status_code == 404
    assert still_wanted(office) == LISTS
