"""What pages show of a check-in to the runner who gave it."""

import re
from datetime import timedelta

import pytest

from monitor.model import Origin
from monitor.store.activities import extend_coverage, write_activities
from monitor.store.check_ins import save_check_in
from monitor.symptoms.check_in import CheckIn, Morning
from monitor.symptoms.patterns import Trait
from monitor.symptoms.red_flags import RedFlag
from monitor.web.links import own_key, own_url
from tests.builders import activities
from tests.symptoms.told import told
from tests.web.checking_in import ANN, BOB, SHOWN, YOURS, keep
from tests.web.club import HABIT, NOW, TODAY, add, app_of, ask, browser_of
from tests.web.office import SECRETS
from tests.web.plain import text_of


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


def test_what_follows_is_shown_with_the_score_and_the_pattern(office):
    keep(office, told(Trait.SIT_BONE, Trait.UPHILL, pain=4, modification=3))
    said = text_of(office.browser().get(SHOWN).text)
    assert "A pattern to mention to a clinician: load-sensitive, at the sit bone" in said
    assert "Severity 33 of 100, substantial, told Sun 22 Nov" in said
    assert "fewer than about 35 points says little" in said
    assert "This is not a diagnosis" in said


def test_a_red_flag_leaves_nothing_else_on_the_page(office):
    keep(office, told(pain=1, days_ago=7), told(Trait.SIT_BONE, pain=9, flags=frozenset({RedFlag.SADDLE})))
    html = office.browser().get(SHOWN).text
    said = text_of(html)
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
    assert [text_of(row).strip() for row in rows[:3]] == [
        "Mon 16 Nov 0 no",
        "Mon 9 Nov 41 yes",
        "Mon 2 Nov no check-in",
    ]
    assert html.count("<svg") == 2
    assert "2 of 12 weeks have a check-in: 41 in the week of 9 Nov, 0 in the week of 16 Nov." in html
    assert "From 41 to 0 since the check-in before: better by that measure." in html


def test_what_else_the_weeks_held_is_shown_with_the_studies_that_disagree(office):
    keep(office, told(days_ago=7, strength_sessions=2), CheckIn(day=TODAY, participation=1, sleep_h=6.5, stress=3))
    html = office.browser().get(SHOWN).text
    said = text_of(html)
    assert "You told of 6.5 hours of sleep a night. In 95 endurance athletes" in said
    assert "161 high-school runners saw no such link. (Grade C:" in said
    assert "no rule and no verdict rests on it" in said
    rows = [text_of(row).strip() for row in re.findall(r'<th scope="row">.*?</tr>', html, re.S)]
    assert rows[-2:] == ["Mon 16 Nov 6.5 3 – –", "Mon 9 Nov – – – 2"]


def test_without_any_answer_there_is_no_word_of_what_else_there_was(office):
    keep(office, told())
    assert "What else these weeks held" not in office.browser().get(SHOWN).text


def test_the_three_days_before_a_worse_morning_stand_beside_it(office):
    runs = activities("8 - 12 6 -", TODAY - timedelta(days=4), origin=Origin.RECORDING)
    with office.database.writing() as db:
        write_activities(db, ANN, runs, NOW)
        extend_coverage(db, ANN, Origin.RECORDING, [runs[0].day, TODAY])
    keep(office, told(pain=3, morning=Morning.WORSE), told(pain=3, morning=Morning.WORSE, days_ago=20))
    html = office.browser().get(SHOWN).text
    tables = [text_of(table) for table in re.findall(r"<caption>.*?</table>", html, re.S)]
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
    assert "how are you?" in text_of(browser.get(f"/runners/{runner_id}").text).lower()
    assert button in browser.get(own_url("", SECRETS, runner_id, f"runners/{runner_id}")).text
    assert button not in browser.get(f"/runners/{runner_id}").text
    assert button not in browser.get(f"/teams/1/runners/{runner_id}").text


def test_what_may_help_says_how_good_its_evidence_is(client):
    said = text_of(client.get("/prevention").text)
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
        said = text_of(club_of_one(told(pain=1, traits=traits)))
        assert ("beyond the longest run" in said, "What to do" in said) == (True, plans)


def test_a_red_flag_stands_above_the_verdict_and_leaves_no_plan_beside_it(office):
    keep(office, told(flags=frozenset({RedFlag.CANNOT_HOP})))
    said = text_of(office.browser().get("/runners/1").text)
    assert said.index("Stop running, and contact a doctor") < said.index("today, Sun 22 Nov")
    assert "Before the next run" not in said
