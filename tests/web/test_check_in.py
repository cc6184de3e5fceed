"""The check-in as a runner fills it in: what each page asks, what is kept, and what no form can do."""

import re
from datetime import timedelta

import pytest

from monitor.symptoms.check_in import CheckIn, Morning
from monitor.symptoms.patterns import Trait
from monitor.symptoms.red_flags import RedFlag
from monitor.web.links import own_key, own_url
from tests.symptoms.told import told
from tests.web.checking_in import BOB, FORM, KEY, SHOWN, keep, kept
from tests.web.club import NOW, TODAY
from tests.web.office import SECRETS


def asked(page):
    """The questions of a page."""
    return set(re.findall(r'<input type="(?:radio|checkbox)" name="(\w+)"', page.text))


def send(browser, page, **answers):
    """Press the button of the page's form: what is hidden in it goes along."""
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page.text))
    return browser.post("/check-in", data=hidden | answers)


def without(answers, name):
    return {other: value for other, value in answers.items() if other != name}


def walk(office, *pages):
    """The runner answers page after page; the answer to the last."""
    browser = office.browser()
    page = browser.get(FORM)
    for answers in pages:
        page = send(browser, page, **answers)
    return page


SORE = {
    "pain": "4",
    "morning": "as-before",
    "lasting": "False",
    "no_flag": "true",
    "traits": ["sit-bone", "uphill"],
}


THREE = {"modification": "2", "performance": "1", "symptoms": "3"}


def test_a_week_without_problems_is_one_answer(office):
    answer = walk(office, {"participation": "1"})
    assert (answer.status_code, answer.headers["location"]) == (303, SHOWN)
    assert kept(office) == [CheckIn(day=TODAY, participation=1)]


AROUND = {"sleep_h": "6.5", "stress": "8", "fuelling_concern": "False", "strength_sessions": "2"}
BLANK = dict.fromkeys(AROUND, "")


@pytest.mark.parametrize(
    ("pages", "participation"),
    [([], 1), ([{"there": "False"}], 4), ([{**THREE, "there": "True"}, SORE], 2)],
    ids=["all well", "took no part", "the whole way"],
)
def test_what_else_the_week_held_is_told_on_the_first_page_and_may_stay_blank(office, pages, participation):
    walk(office, {"participation": str(participation), **AROUND}, *pages)
    [made] = kept(office)
    assert (made.participation, made.sleep_h, made.stress) == (participation, 6.5, 8)
    assert (made.fuelling_concern, made.strength_sessions) == (False, 2)
    walk(office, {"participation": str(participation), **BLANK, "strength_sessions": "0"}, *pages)
    [made] = kept(office)
    assert (made.sleep_h, made.stress, made.fuelling_concern, made.strength_sessions) == (None, None, None, 0)


def test_trouble_elsewhere_is_the_four_questions_and_no_more(office):
    browser = office.browser()
    page = send(browser, browser.get(FORM), participation="2")
    assert asked(page) == {"modification", "performance", "symptoms", "there"}
    assert send(browser, page, **THREE, there="False").status_code == 303
    assert kept(office) == [CheckIn(day=TODAY, participation=2, modification=2, performance=1, symptoms=3)]


def test_only_trouble_of_buttock_hip_or_thigh_leads_to_more_questions(office):
    page = walk(office, {"participation": "2"}, {**THREE, "there": "True"})
    assert asked(page) == {"flags", "no_flag", "pain", "morning", "lasting", "traits"}
    assert kept(office) == []  # nothing is kept before the last answer


def test_the_whole_way_is_kept_as_it_was_answered(office):
    answer = walk(office, {"participation": "2"}, {**THREE, "there": "True"}, SORE)
    assert answer.status_code == 303
    assert kept(office) == [
        CheckIn(
            day=TODAY,
            participation=2,
            modification=2,
            performance=1,
            symptoms=3,
            there=True,
            pain=4,
            morning=Morning.AS_BEFORE,
            traits=frozenset({Trait.SIT_BONE, Trait.UPHILL}),
        )
    ]


def test_whoever_could_not_participate_skips_the_three_questions(office):
    browser = office.browser()
    page = send(browser, browser.get(FORM), participation="4")
    assert asked(page) == {"there"}
    send(browser, page, there="False")
    assert kept(office) == [CheckIn(day=TODAY, participation=4)]


@pytest.mark.parametrize("missing", [*THREE, "there"])
def test_an_unanswered_question_is_asked_again_with_the_answers_so_far(office, missing):
    page = walk(office, {"participation": "2"}, without({**THREE, "there": "False"}, missing))
    assert "Something is not answered yet" in page.text
    assert page.text.count(" checked") == 3
    assert kept(office) == []


def test_silence_about_the_signs_for_a_doctor_is_not_taken_for_a_no(office):
    page = walk(office, {"participation": "2"}, {**THREE, "there": "True"}, without(SORE, "no_flag"))
    assert "If none of the signs holds, tick" in page.text
    assert kept(office) == []


def test_a_sign_ticked_beside_none_of_these_counts(office):
    walk(office, {"participation": "2"}, {**THREE, "there": "True"}, {**SORE, "flags": ["limp"]})
    assert kept(office)[0].flags == {RedFlag.LIMP}


def test_what_was_not_asked_is_not_kept_whatever_was_sent(office):
    office.browser().post("/check-in", data={"key": KEY, "participation": "1", "pain": "9", "flags": ["limp"]})
    assert kept(office) == [CheckIn(day=TODAY, participation=1)]


def test_the_day_is_the_runners_own(office):
    office.now = NOW.replace(hour=23, minute=30)  # past midnight in Paris
    walk(office, {"participation": "1"})
    assert kept(office)[0].day == TODAY + timedelta(days=1)


@pytest.mark.parametrize(
    "wrong",
    [
        {"participation": "5"},
        {"participation": "x"},
        {"pain": "11"},
        {"flags": ["dead"]},
        {"traits": ["all"]},
        {"stress": "11"},
    ],
    ids=str,
)
def test_an_answer_that_no_page_offers_is_not_understood(office, wrong):
    answer = office.browser().post("/check-in", data={"key": KEY, "participation": "2"} | wrong)
    assert answer.status_code == 404
    assert kept(office) == []


def test_looking_changes_nothing(office):
    browser = office.browser()
    for url in (FORM + "&participation=1&page=first", SHOWN):
        assert browser.get(url).status_code == 200
    assert kept(office) == []


@pytest.mark.parametrize("key", ["", "WzFd.aaaa.bbbb", own_key(SECRETS, 99)], ids=["none", "forged", "of nobody"])
def test_a_key_that_opens_nothing_shows_and_does_nothing(office, key):
    browser = office.browser()
    answers = [browser.get(path, params={"key": key}) for path in ("/check-in", "/check-ins")]
    answers.append(browser.post("/check-in", data={"key": key, "participation": "1"}))
    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert kept(office) == []


def test_a_key_tells_of_its_own_runner_alone(office):
    keep(office, told(Trait.SIT_BONE, pain=5))
    browser = office.browser()
    assert "No check-in yet" in browser.get(own_url("", SECRETS, BOB, "check-ins")).text
    browser.post("/check-in", data={"key": own_key(SECRETS, BOB), "participation": "1", "runner_id": "1"})
    assert len(kept(office)) == len(kept(office, BOB)) == 1


@pytest.mark.parametrize(
    "headers", [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "", "Origin": "null"}], ids=str
)
def test_a_form_that_another_site_sent_is_refused(office, headers):
    answer = office.browser().post("/check-in", data={"key": KEY, "participation": "1"}, headers=headers)
    assert answer.status_code == 403
    assert kept(office) == []


def test_no_answer_stands_in_an_address(office):
    page = walk(office, {"participation": "2"}, {**THREE, "there": "True"}, SORE)
    assert page.headers["location"] == SHOWN
    assert 'method="post"' in walk(office, {"participation": "3"}).text
