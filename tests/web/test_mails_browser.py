"""The links of a mail opened in a real browser: an answer, the end of a list, the choice of all."""

from datetime import date

import pytest

from monitor.alerts.answers import Say
from monitor.model import Finding, Level
from monitor.store.answers import answers
from monitor.store.findings import save_findings
from monitor.store.mail_choices import MailList, choice, wanted
from monitor.store.outbox import note_told, queue_letter
from monitor.web.links import own_url
from monitor.web.mail_links import answer_url, stop_url
from tests.alerts.test_message import alert
from tests.web.club import NOW
from tests.web.looking import looked_over
from tests.web.office import SECRETS
from tests.web.test_consent_browser import ANN, address, look, page  # noqa: F401  (two fixtures)

EPISODE = "1/no_rest_day/2026-11-10/WATCH"
FOUND = Finding("no_rest_day", date(2026, 11, 20), Level.WATCH, 15.0)

pytestmark = looked_over


@pytest.fixture
def mailed(office, address):  # noqa: F811
    with office.database.writing() as db:
        save_findings(db, ANN, FOUND.day, FOUND.day, [FOUND])
        note_told(db, ANN, [FOUND], "first", queue_letter(db, ANN, "findings", EPISODE, alert(), NOW, NOW), NOW)
    return office


def test_one_press_answers_a_mail(page, mailed, address):  # noqa: F811
    page.goto(f"{address}{answer_url('', SECRETS, ANN, EPISODE)}&say=sore")
    look(page, "answer-1")
    page.keyboard.press("Tab")  # the way past the head of the page, then by keyboard alone
    page.get_by_role("button", name=Say.SORE.label).focus()
    page.keyboard.press("Enter")
    page.get_by_text("Thank you").wait_for()
    look(page, "answer-2-sore")
    page.get_by_role("link", name="Tell how it feels").wait_for()
    with mailed.database.reading() as db:
        assert [each.say for each in answers(db, ANN)] == [Say.SORE]
    assert page.complaints == []


def test_a_list_is_switched_off_and_on_again(page, mailed, address):  # noqa: F811
    page.goto(f"{address}{stop_url('', SECRETS, MailList.ALERTS, ANN)}")
    look(page, "stop-1")
    page.get_by_role("button", name="Switch off").click()
    page.get_by_role("button", name="Switch on again").wait_for()
    look(page, "stop-2")
    with mailed.database.reading() as db:
        assert not wanted(db, ANN, MailList.ALERTS)
    page.get_by_role("button", name="Switch on again").click()
    page.get_by_role("button", name="Switch off").wait_for()
    with mailed.database.reading() as db:
        assert wanted(db, ANN, MailList.ALERTS)


def test_a_runner_chooses_their_mails(page, mailed, address):  # noqa: F811
    page.goto(f"{address}{own_url('', SECRETS, ANN)}")
    page.get_by_role("link", name="Which mails you get").click()
    page.get_by_label("Alerts about your training").uncheck()
    page.get_by_label("Its day").select_option("Sunday")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Saved.").wait_for()
    look(page, "mails")
    with mailed.database.reading() as db:
        chosen = choice(db, ANN)
    assert (chosen.alerts, chosen.weekly, chosen.source, chosen.weekday) == (False, True, True, 6)
