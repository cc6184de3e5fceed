"""Check-ins before coaches: nothing without a consent of its own, and how it is given and ended."""

import re

from monitor.store.consents import Subject, consent, give, team_wording
from monitor.symptoms.patterns import Trait
from monitor.symptoms.red_flags import RedFlag
from tests.symptoms.told import told
from tests.web.checking_in import ANN, KEY, YOURS, keep
from tests.web.club import NOW
from tests.web.plain import text_of


def share(office, *subjects):
    with office.database.writing() as db:
        for subject in subjects:
            give(db, ANN, subject, team_wording(False) if subject is Subject.TEAM else "2026-11", NOW)


def coach_reads(office):
    return text_of(office.browser().get("/teams/1/runners/1").text)


def test_a_coach_reads_nothing_of_it_without_a_consent_of_its_own(office):
    share(office, Subject.TEAM)
    before = coach_reads(office)
    keep(office, told(Trait.SIT_BONE, pain=9, flags=frozenset({RedFlag.LIMP})))
    assert coach_reads(office) == before


def test_with_it_a_coach_reads_what_the_check_in_said(office):
    share(office, Subject.TEAM, Subject.SYMPTOMS)
    keep(office, told(Trait.SIT_BONE, Trait.UPHILL, pain=5))
    said = coach_reads(office)
    assert "What the check-in said to Ann Lee" in said
    assert "load-sensitive, at the sit bone" in said
    assert "check-in?key=" not in office.browser().get("/teams/1/runners/1").text


def test_what_else_the_week_held_is_for_the_runner_alone_whatever_was_agreed(office):
    share(office, Subject.TEAM, Subject.SYMPTOMS)
    keep(office, told(Trait.SIT_BONE, pain=5))
    before = coach_reads(office)
    keep(office, told(Trait.SIT_BONE, pain=5, sleep_h=5, stress=9, fuelling_concern=True, strength_sessions=3))
    assert coach_reads(office) == before


def form_of(page, act):
    """What stands in the form with the button *act*."""
    form = next(form for form in re.findall(r"<form.*?</form>", page.text, re.S) if f'value="{act}"' in form)
    return dict(re.findall(r'name="(\w+)" value="([^"]*)"', form)) | {"act": act}


def test_the_runner_shares_check_ins_on_their_own_page_and_ends_it_there(office):
    share(office, Subject.TEAM)
    browser = office.browser()
    page = browser.get(YOURS)
    assert "nor whether there are any" in text_of(page.text)
    browser.post("/your-data", data=form_of(page, "share-symptoms"))
    assert "You share your check-ins with the coaches of Harriers too" in text_of(browser.get(YOURS).text)
    browser.post("/your-data", data=form_of(browser.get(YOURS), "stop-symptoms"))
    said = text_of(browser.get(YOURS).text)
    assert "nor whether there are any" in said
    assert said.count("that the coaches see your check-ins") == 2


def test_whoever_stops_sharing_with_the_team_is_asked_about_check_ins_anew(office):
    share(office, Subject.TEAM, Subject.SYMPTOMS)
    browser = office.browser()
    browser.post("/your-data", data=form_of(browser.get(YOURS), "stop"))
    browser.post("/your-data", data=form_of(browser.get(YOURS), "share"))
    with office.database.reading() as db:
        assert consent(db, ANN, Subject.TEAM)
        assert consent(db, ANN, Subject.SYMPTOMS) is None


def test_check_ins_are_not_shared_without_the_team_or_in_words_not_shown(office):
    browser = office.browser()
    given = {"key": KEY, "act": "share-symptoms", "wording": "2026-11"}
    browser.post("/your-data", data=given)
    share(office, Subject.TEAM)
    answer = browser.post("/your-data", data=given | {"wording": "2020-01"})
    assert "This text has changed since you opened it" in text_of(answer.text)
    with office.database.reading() as db:
        assert consent(db, ANN, Subject.SYMPTOMS) is None
