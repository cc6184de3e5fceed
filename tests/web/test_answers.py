"""Answering a mail: the link shows, the button answers, and the next decision heeds it."""

import time
from datetime import date

import pytest

from monitor.alerts.answers import Say
from monitor.model import Finding, Level
from monitor.store.answers import answers
from monitor.store.findings import save_findings
from monitor.store.outbox import note_told, queue_letter
from monitor.web.links import own_key
from monitor.web.mail_links import answer_url
from tests.alerts.test_message import alert
from tests.web.club import NOW
from tests.web.office import SECRETS, press

ANN = 1
EPISODE = "1/no_rest_day/2026-11-10/WATCH"
LINK = answer_url("", SECRETS, ANN, EPISODE)
FOUND = Finding("no_rest_day", date(2026, 11, 20), Level.WATCH, 15.0)


@pytest.fixture
def mailed(office):
    """A letter to Ann that told of two weeks without rest."""
    with office.database.writing() as db:
        save_findings(db, ANN, FOUND.day, FOUND.day, [FOUND])
        letter_id = queue_letter(db, ANN, "findings", EPISODE, alert(), NOW, NOW)
        note_told(db, ANN, [FOUND], "first", letter_id, NOW)
    return office


def given(office):
    with office.database.reading() as db:
        return [(each.say, each.rule, each.day) for each in answers(db, ANN)]


def test_opening_the_link_as_a_mail_scanner_does_changes_nothing(mailed):
    browser = mailed.browser()
    for _ in range(2):
        assert browser.get(f"{LINK}&say=planned").status_code == 200
    browser.head(f"{LINK}&say=planned")
    assert given(mailed) == []


def test_after_a_correction_its_title_is_still_there(mailed):
    with mailed.database.writing() as db:
        save_findings(db, ANN, FOUND.day, FOUND.day, [])
    assert "Friday 20 November: Two weeks without a day of rest." in mailed.browser().get(LINK).text


def test_it_shows_what_the_mail_told_and_the_chosen_answer_first(mailed):
    shown = mailed.browser().get(f"{LINK}&say=wrong").text
    assert "As of Friday 20 November" in shown
    assert shown.index(Say.WRONG.label) < shown.index(Say.PLANNED.label)


@pytest.mark.parametrize("say", list(Say))
def test_one_press_is_the_answer_and_its_page_says_what_follows(mailed, say):
    browser = mailed.browser()
    answer = press(browser, browser.get(LINK), say=say.value)
    assert answer.status_code == 303
    assert given(mailed) == [(say, "no_rest_day", FOUND.day)]
    assert say.follows in browser.get(answer.headers["location"]).text


def test_whoever_is_sore_is_led_to_the_check_in(mailed):
    browser = mailed.browser()
    done = browser.get(press(browser, browser.get(LINK), say="sore").headers["location"]).text
    assert "/check-in?key=" in done


def test_whoever_says_that_the_data_is_wrong_is_led_to_where_runs_are_corrected(mailed):
    browser = mailed.browser()
    done = browser.get(press(browser, browser.get(LINK), say="wrong").headers["location"]).text
    assert "/runners/1?key=" in done
    assert "/runners/1?key=" not in browser.get(press(browser, browser.get(LINK), say="fine").headers["location"]).text


def test_a_mind_can_be_changed_and_both_answers_stay_on_record(mailed):
    browser = mailed.browser()
    for say in ("fine", "sore"):
        press(browser, browser.get(LINK), say=say)
    assert [say for say, _, _ in given(mailed)] == [Say.FINE, Say.SORE]


@pytest.mark.parametrize(
    "link",
    [
        pytest.param("/answer?key=forged", id="a forged link"),
        pytest.param("/answer", id="no link"),
        pytest.param(f"/answer?key={own_key(SECRETS, ANN)}", id="a key of another purpose"),
        pytest.param(answer_url("", SECRETS, ANN, "of/no/letter"), id="a letter that was taken out"),
        pytest.param(answer_url("", SECRETS, 2, EPISODE), id="a letter of somebody else"),
        pytest.param(answer_url("", SECRETS, 99, EPISODE), id="somebody who has left"),
    ],
)
def test_a_link_that_leads_nowhere_says_so_and_stores_nothing(mailed, link):
    browser = mailed.browser()
    assert browser.get(link).status_code == 400
    key = link.partition("key=")[2]
    posted = browser.post("/answer", data={"key": key, "say": "fine"}, headers={"Sec-Fetch-Site": "same-origin"})
    assert posted.status_code == 400
    assert given(mailed) == []


def test_another_site_cannot_answer(mailed):
    browser = mailed.browser()
    key = LINK.partition("key=")[2]
    posted = browser.post("/answer", data={"key": key, "say": "fine"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert posted.status_code == 403
    assert given(mailed) == []


def test_an_answer_that_is_none_of_the_five_is_refused(mailed):
    browser = mailed.browser()
    assert press(browser, browser.get(LINK), say="other").status_code == 404
    assert given(mailed) == []


def test_a_link_lives_as_long_as_anybody_answers_a_mail(mailed, monkeypatch):
    assert mailed.browser().get(LINK).status_code == 200
    later = time.time() + 61 * 86_400
    monkeypatch.setattr("itsdangerous.timed.time.time", lambda: later)
    assert mailed.browser().get(LINK).status_code == 400
