"""The check-in as a runner walks it: the pages, what is kept, and what nobody else can do with it."""

import re
from datetime import timedelta

import pytest

from monitor.model import Origin
from monitor.store.activities import extend_coverage, write_activities
from monitor.store.check_ins import check_ins, save_check_in
from monitor.store.consents import Subject, consent, give, team_wording
from monitor.symptoms.check_in import CheckIn, Morning
from monitor.symptoms.patterns import Trait
from monitor.symptoms.red_flags import RedFlag
from monitor.web.links import own_key, own_url
from tests.builders import activities
from tests.symptoms.told import told
from tests.web.club import HABIT, NOW, TODAY, add, app_of, ask, browser_of
from tests.web.office import SECRETS

ANN, BOB = 1, 2
KEY = own_key(SECRETS, ANN)
FORM, SHOWN, YOURS = (own_url("", SECRETS, ANN, page) for page in ("check-in", "check-ins", "your-data"))


@pytest.fixture
def club_of_one(empty):
    """The page of a runner whose last run was far longer than any before, after a check-in."""

    def page(check_in):
        log = f"{' '.join([HABIT] * 12)} 8 - 8 - 6 14 -"
        runs = activities(log, TODAY - timedelta(days=len(log.split()) - 1), origin=Origin.RECORDING)
        runner_id = add(empty, "Ann", runs)
        with empty.writing() as db:
            save_check_in(db, runner_id, check_in, NOW)
        return ask(empty).get(f"/runners/{runner_id}").text

    return page


def kept(office, runner_id=ANN):
    with office.database.reading() as db:
        return check_ins(db, runner_id)


def keep(office, *given):
    with office.database.writing() as db:
        for each in given:
            save_check_in(db, ANN, each, NOW)


def asked(page):
    """The questions of a page."""
    return set(re.findall(r'<input type="(?:radio|checkbox)" name="(\w+)"', page.text))


def text(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", html))


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
    [{"participation": "5"}, {"participation": "x"}, {"pain": "11"}, {"flags": ["dead"]}, {"traits": ["all"]}],
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
    assert [answer.status_code for answer in answers] == [400, 400, 400]
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


def test_what_follows_is_shown_with_the_score_and_the_pattern(office):
    keep(office, told(Trait.SIT_BONE, Trait.UPHILL, pain=4, modification=3))
    said = text(office.browser().get(SHOWN).text)
    assert "A pattern to mention to a clinician: load-sensitive, at the sit bone" in said
    assert "Severity 33 of 100, substantial, told Sun 22 Nov" in said
    assert "fewer than about 35 points says little" in said
    assert "This is not a diagnosis" in said


def test_a_red_flag_leaves_nothing_else_on_the_page(office):
    keep(office, told(pain=1, days_ago=7), told(Trait.SIT_BONE, pain=9, flags=frozenset({RedFlag.SADDLE})))
    html = office.browser().get(SHOWN).text
    said = text(html)
    assert 'class="felt red"' in html
    assert "Call the emergency number of your country now" in said
    for other in ("sit bone", "Severity", "Week by week", "fast and uphill", "Hatched"):
        assert other not in said


def test_it_stands_until_another_check_in_takes_its_place(office):
    keep(office, told(flags=frozenset({RedFlag.CANNOT_HOP}), days_ago=30))
    assert 'class="felt red"' in office.browser().get(SHOWN).text
    keep(office, CheckIn(day=TODAY, participation=1))
    assert 'class="felt red"' not in office.browser().get(SHOWN).text


def test_weeks_are_a_picture_and_a_table_and_a_gap_is_no_zero(office):
    keep(office, told(days_ago=7, modification=4), CheckIn(day=TODAY, participation=1))
    html = office.browser().get(SHOWN).text
    rows = re.findall(r'<th scope="row">.*?</tr>', html, re.S)
    assert [text(row).strip() for row in rows[:3]] == [
        "Mon 16 Nov 0 no",
        "Mon 9 Nov 41 yes",
        "Mon 2 Nov no check-in",
    ]
    assert html.count("<svg") == 2
    assert "2 of 12 weeks have a check-in: 41 in the week of 9 Nov, 0 in the week of 16 Nov." in html
    assert "From 41 to 0 since the check-in before: better by that measure." in html


def test_the_three_days_before_a_worse_morning_stand_beside_it(office):
    runs = activities("8 - 12 6 -", TODAY - timedelta(days=4), origin=Origin.RECORDING)
    with office.database.writing() as db:
        write_activities(db, ANN, runs, NOW)
        extend_coverage(db, ANN, Origin.RECORDING, [runs[0].day, TODAY])
    keep(office, told(pain=3, morning=Morning.WORSE), told(pain=3, morning=Morning.WORSE, days_ago=20))
    html = office.browser().get(SHOWN).text
    tables = [text(table) for table in re.findall(r"<caption>.*?</table>", html, re.S)]
    assert len(tables) == 2
    assert re.search(r"Before Sun 22 Nov .*Sat 21 Nov 6.0 – – Fri 20 Nov 12.0 – – Thu 19 Nov rest 0 0", tables[0])
    assert tables[1].count("not known") == 3


def test_links_lead_to_it_from_the_runners_pages_opened_with_their_key(office):
    browser = office.browser()
    page = browser.get(YOURS).text
    assert 'href="/check-in?key=' in page
    training = re.search(r'href="(/runners/1\?key=[^"]+)"', page)[1]
    assert 'href="/check-in?key=' in browser.get(training).text
    assert "check-in?key=" not in browser.get("/runners/1").text
    assert "check-in?key=" not in browser.get(f"/runners/1?key={own_key(SECRETS, BOB)}").text


def test_a_drop_that_nothing_explains_asks_how_it_feels_where_the_page_is_the_runners_own(empty):
    log = f"{' '.join([HABIT] * 10)} {'4 - - - 4 - - ' * 2}"
    runner_id = add(empty, "Ann", activities(log, TODAY - timedelta(days=83), origin=Origin.RECORDING))
    browser = browser_of(app_of(empty, SECRETS))
    button = 'class="button" href="/check-in?key='
    assert "how are you?" in text(browser.get(f"/runners/{runner_id}").text).lower()
    assert button in browser.get(own_url("", SECRETS, runner_id, f"runners/{runner_id}")).text
    assert button not in browser.get(f"/runners/{runner_id}").text
    assert button not in browser.get(f"/teams/1/runners/{runner_id}").text


def share(office, *subjects):
    with office.database.writing() as db:
        for subject in subjects:
            give(db, ANN, subject, team_wording(False) if subject is Subject.TEAM else "2026-11", NOW)


def coach_reads(office):
    return text(office.browser().get("/teams/1/runners/1").text)


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


def form_of(page, act):
    """What stands in the form with the button *act*."""
    form = next(form for form in re.findall(r"<form.*?</form>", page.text, re.S) if f'value="{act}"' in form)
    return dict(re.findall(r'name="(\w+)" value="([^"]*)"', form)) | {"act": act}


def test_the_runner_shares_check_ins_on_their_own_page_and_ends_it_there(office):
    share(office, Subject.TEAM)
    browser = office.browser()
    page = browser.get(YOURS)
    assert "nor whether there are any" in text(page.text)
    browser.post("/your-data", data=form_of(page, "share-symptoms"))
    assert "You share your check-ins with the coaches of Harriers too" in text(browser.get(YOURS).text)
    browser.post("/your-data", data=form_of(browser.get(YOURS), "stop-symptoms"))
    said = text(browser.get(YOURS).text)
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
    assert "This text has changed since you opened it" in text(answer.text)
    with office.database.reading() as db:
        assert consent(db, ANN, Subject.SYMPTOMS) is None


def test_what_may_help_says_how_good_its_evidence_is(client):
    said = text(client.get("/prevention").text)
    for title in ("Strength under lengthening", "rather than stretching", "Cadence", "Sleep", "Food enough", "Glutes"):
        assert title in said
    assert said.count("expert opinion") >= 4
    assert "/prevention" in client.get("/runners/1").text


def test_an_old_check_in_without_a_red_flag_says_nothing_beside_todays_verdict(office):
    keep(office, told(Trait.SIT_BONE, pain=5, days_ago=7))
    assert "sit bone" not in office.browser().get("/runners/1").text
    keep(office, told(Trait.SIT_BONE, pain=5, days_ago=6))
    assert "sit bone" in office.browser().get("/runners/1").text


def test_beside_a_stop_there_is_no_advice_of_other_rules_and_no_plan(club_of_one):
    for traits, plans in ((frozenset(), True), (frozenset({Trait.SUDDEN}), False)):
        said = text(club_of_one(told(pain=1, traits=traits)))
        assert ("beyond the longest run" in said, "What to do" in said) == (True, plans)


def test_a_red_flag_stands_above_the_verdict_and_leaves_no_plan_beside_it(office):
    keep(office, told(flags=frozenset({RedFlag.CANNOT_HOP})))
    said = text(office.browser().get("/runners/1").text)
    assert said.index("Stop running, and contact a doctor") < said.index("today, Sun 22 Nov")
    assert "Before the next run" not in said
