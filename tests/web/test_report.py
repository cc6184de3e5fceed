"""The week of a team on one sheet, and no total from which one runner could be told."""

import re
from datetime import timedelta

from monitor.model import Origin
from monitor.store.consents import Subject, withdraw
from monitor.web.report import MOST_LINES
from tests.builders import activities
from tests.web.club import HABIT, NOW, TODAY, add, ask
from tests.web.plain import text_of

EIGHT_WEEKS = " ".join([HABIT] * 8)


def team_of(database, runners, log=EIGHT_WEEKS):
    runs = activities(log, TODAY - timedelta(days=len(log.split()) - 1), origin=Origin.RECORDING)
    for n in range(runners):
        add(database, f"Runner {n}", runs)
    return ask(database)


def test_it_is_about_the_seven_days_that_ended_yesterday(client):
    html = re.sub(r"<[^>]*>", "", client.get("/teams/1/report").text)
    assert "the week of Sun 15 Nov to Sat 21 Nov" in html


def test_who_needs_a_look_is_told_why_and_the_others_are_named(client):
    html = client.get("/teams/1/report").text
    lines, quiet = html.partition("<tbody>")[2].split("No line crossed</h2>")
    assert [name for name in ("Alice", "Bob", "Eve", "Fay", "Carla", "Dan") if f"<b>{name}</b>" in lines] == [
        "Alice",
        "Bob",
        "Eve",
        "Fay",
        "Carla",
    ]
    assert "22.5 km was 125 % beyond" in text_of(lines)
    assert "Dan 32.0" in quiet


def test_the_total_is_that_of_the_runners_whose_week_is_known(empty):
    html = team_of(empty, 5).get("/teams/1/report").text
    assert "Together 5 runners whose whole week is known ran <b>160.0 km</b>, 32.0 each" in html


def test_of_four_there_is_no_total(empty):
    """Attack 28."""
    browser = team_of(empty, 5)
    with empty.writing() as db:
        withdraw(db, 5, Subject.TEAM, NOW)
    html = browser.get("/teams/1/report").text
    assert "Together" not in html
    assert "No total" in html


def test_a_filter_that_leaves_four_leaves_no_total_either(empty):
    """Attack 28: what two totals leave between them would tell of one runner."""
    add(empty, "Another", [])
    assert "Together" not in team_of(empty, 4).get("/teams/1/report").text
    assert "No total" in ask(empty).get("/teams/1/report?name=runner").text


def test_more_than_a_sheet_holds_is_counted(empty):
    html = team_of(empty, MOST_LINES + 3, log="5 - 5").get("/teams/1/report").text
    assert html.count("<tr>") == 1 + MOST_LINES
    assert "3 more stand on the board" in html
