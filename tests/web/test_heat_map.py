"""A team by day: the picture, the same by week as a table, and nobody who may not be seen."""

import re

import pytest

from monitor.rules import RULES
from monitor.store.seen import team_marks
from monitor.store.view import judge, read_as
from monitor.web import heat_map
from monitor.web.heat_map import weeks_of
from monitor.web.rows import row
from tests.web.club import NOW, TODAY, ask

RULES_BY_NAME = {rule.name: rule for rule in RULES}


@pytest.fixture(scope="module")
def alice(club):
    with club.reading() as db:
        mark = next(mark for mark in team_marks(db, 1, NOW) if mark.person.name == "Alice")
        [found] = read_as(db, [mark], NOW)
        return row(judge(found, RULES, NOW), RULES_BY_NAME)


def test_the_picture_stands_there_in_three_widths_with_a_table_beside_it(client):
    html = client.get("/teams/1/heat-map").text
    assert html.count("<title>Harriers, the last 12 weeks by day</title>") == 3
    table = html.partition('class="by-week"')[2]
    assert len(re.findall(r"<tr><th scope=\"row\">", table)) == 7
    assert table.index("Alice") < table.index("Bob") < table.index("Carla")


def test_the_table_adds_up_the_days_of_each_week(alice):
    weeks = weeks_of(alice, TODAY)
    assert len(weeks) == 12
    assert [week.metres for week in weeks[-2:]] == [32_000, 44_500]
    assert [(told.rule.name, told.day.day) for told in weeks[-1].found] == [("single_session_spike", 21)]


def test_a_runner_whose_calendar_is_a_day_behind_has_no_cell_for_a_day_that_has_not_begun(alice):
    (last,) = weeks_of(alice, TODAY.replace(day=23))[-1:]
    assert (last.metres, last.unknown) == (36_500, 1)
    assert [told.day.day for told in last.found] == [21]


def test_days_before_anything_is_known_are_said_to_be_so(client):
    fay = client.get("/teams/1/heat-map").text.partition('runners/7">Fay</a>')[2].partition("</tr>")[0]
    assert fay.count("not known") == 12


def test_what_strava_hides_from_coaches_is_not_drawn(client):
    assert "33 runs" not in client.get("/teams/2/heat-map").text
    gus = client.get("/teams/2/heat-map").text.partition(">Gus</a>")[2].partition("</tr>")[0]
    assert gus.count("not known") == 12


def test_where_there_are_more_than_a_page_holds_that_is_said(club, monkeypatch):
    monkeypatch.setattr(heat_map, "MOST_ROWS", 2)
    html = ask(club).get("/teams/1/heat-map").text
    assert "The first 2 of 7 are drawn; the filter finds the others." in html
    assert "Carla" not in html


def test_a_team_in_which_nobody_has_agreed_shows_nobody(office):
    html = office.browser().get("/teams/1/heat-map").text
    assert "/people" in html
    assert "Ann" not in html


def test_a_team_that_is_not_there_is_not_found(client):
    assert client.get("/teams/99/heat-map").status_code == 404
