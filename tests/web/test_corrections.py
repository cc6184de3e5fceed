"""A runner corrects a run on a page of their own: what is shown, what is kept, whom it belongs to."""

import re
from datetime import timedelta

import pytest

from monitor.model import Change, Origin
from monitor.store.activities import extend_coverage, write_activities
from monitor.store.amendments import amendments
from monitor.store.consents import Subject, give, team_wording
from monitor.web.corrections import run_path
from monitor.web.links import own_key, own_path
from tests.builders import activities, activity
from tests.web.club import HABIT, IMAGE, NOW, TODAY
from tests.web.office import SECRETS
from tests.web.test_runner import table, text_of

ANN, BOB = 1, 2
KEY = own_key(SECRETS, ANN)
RUNS = activities(" ".join([HABIT] * 8), TODAY - timedelta(days=55), origin=Origin.RECORDING)
LAST = RUNS[-1]
SECOND = activity(LAST.start_local + timedelta(hours=3), 4_000, origin=Origin.RECORDING, name=IMAGE)
PAGE = f"/runners/{ANN}?key={KEY}"


@pytest.fixture
def browser(office):
    with office.database.writing() as db:
        write_activities(db, ANN, [*RUNS, SECOND], NOW)
        extend_coverage(db, ANN, Origin.RECORDING, [RUNS[0].day, TODAY])
        give(db, ANN, Subject.TEAM, team_wording(strava_is_shared=False), NOW)
    return office.browser()


def send(browser, act, run=LAST, key=KEY, **given):
    return browser.post("/my/run", data={"key": key, "origin": run.origin, "run": run.origin_id, "act": act, **given})


def told(office, runner_id=ANN):
    with office.database.reading() as db:
        return amendments(db, runner_id)


def first_rows(browser, count=2):
    return table(browser.get(PAGE).text, "Runs of the last 8 weeks")[:count]


def test_each_run_leads_to_the_page_that_corrects_it(browser):
    html = browser.get(PAGE).text
    path = own_path(KEY, run_path(LAST.key)).replace("&", "&amp;")
    assert f'href="{path}"' in html
    assert "correct" not in text_of(browser.get(f"/runners/{ANN}").text).lower().split("runs")[-1].split()


def test_what_the_source_told_stands_beside_what_counts(browser):
    answer = send(browser, "distance", value="11.5")
    said = text_of(browser.get(answer.headers["location"]).text)
    assert "11.5 km in" in said
    assert "As recorded 10.0 km" in said
    assert "Distance set: 11.5 km" in said


def test_a_corrected_run_says_so_to_its_runner_and_to_the_coach(browser):
    send(browser, "rpe", value="6")
    assert "corrected by you" in first_rows(browser)[1][7]
    seen_by_coach = table(browser.get("/teams/1/runners/1").text, "Runs of the last 8 weeks")
    assert "corrected by the runner" in seen_by_coach[1][7]
    assert "1 run corrected by the runner" in text_of(browser.get("/teams/1").text)


def test_a_run_that_was_left_out_is_shown_with_its_reason_and_comes_back(browser, office):
    answer = send(browser, "exclude", reason="a <b>ride</b>")
    html = browser.get(PAGE).text
    assert "Why: a &lt;b&gt;ride&lt;/b&gt;" in html
    assert first_rows(browser, 1)[0][1] == "4.0"
    coach = text_of(browser.get("/teams/1/runners/1").text)
    assert "Left out by the runner" in coach
    assert "ride" not in coach
    back = browser.get(answer.headers["location"])
    assert "This run counts nowhere now." in text_of(back.text)
    send(browser, "undo", change="exclude")
    assert told(office) == []
    assert [row[1] for row in first_rows(browser)] == ["4.0", "10.0"]


def test_two_runs_become_one_and_two_again(browser, office):
    send(browser, "merge", run=SECOND, other=f"{LAST.origin}/{LAST.origin_id}")
    [row] = first_rows(browser, 1)
    assert row[1] == "14.0"
    assert "made of 2 recordings" in row[7]
    [said] = told(office)
    assert (said.change, said.run, said.into) == (Change.MERGE, SECOND.key, LAST.key)
    send(browser, "undo", run=SECOND, change="merge")
    assert [row[1] for row in first_rows(browser)] == ["4.0", "10.0"]


def test_only_runs_of_about_that_time_are_offered_as_parts(browser):
    html = browser.get(own_path(KEY, run_path(LAST.key))).text
    assert re.findall(r'<option value="recording/(\d+)"', html) == [SECOND.origin_id]


@pytest.mark.parametrize(
    ("act", "given"),
    [
        ("exclude", {"reason": ""}),
        ("distance", {"value": "0"}),
        ("distance", {"value": "100"}),
        ("distance", {"value": "nan"}),
        ("rpe", {"value": "11"}),
        ("merge", {"other": "nowhere/1"}),
        ("merge", {"other": ""}),
    ],
)
def test_what_cannot_be_is_said_and_changes_nothing(browser, office, act, given):
    answer = send(browser, act, **given)
    assert (answer.status_code, told(office)) == (400, [])
    assert "Nothing was changed" in text_of(answer.text)


def test_nobody_corrects_the_run_of_another(browser, office):
    foreign = own_key(SECRETS, BOB)
    assert send(browser, "rpe", key=foreign, value="3").status_code == 400
    assert browser.get(own_path(foreign, run_path(LAST.key))).status_code == 400
    assert told(office) == told(office, BOB) == []


@pytest.mark.parametrize("key", ["", "forged"])
def test_without_a_key_there_is_no_such_page(browser, office, key):
    assert send(browser, "rpe", key=key, value="3").status_code == 404
    assert browser.get(own_path(key, run_path(LAST.key))).status_code == 404
    assert told(office) == []


def test_no_other_site_corrects_a_run(browser, office):
    data = {"key": KEY, "origin": LAST.origin, "run": LAST.origin_id, "act": "rpe", "value": "3"}
    assert browser.post("/my/run", data=data, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert told(office) == []


def test_a_hostile_name_is_text_here_as_well(browser):
    for run in (LAST, SECOND):
        assert IMAGE not in browser.get(own_path(KEY, run_path(run.key))).text
