"""The board says who needs a look first, in words that hold without their colour."""

import re

from tests.web.club import SCRIPT, TODAY, add, ask, remarkable_runs
from tests.web.plain import text_of

STRAVA = "Powered by <b>Strava</b>"
WORDS = r"(STRONG|CAUTION|CANNOT SAY|WATCH|OK)</span>\s*</td>"


LINK = r'href="(?:/teams/\d+)?/runners/\d+">(.*?)</a>'


def rows(html):
    """The text of the board's rows, by runner."""
    body = html.partition("<tbody")[2].partition("</tbody>")[0]
    return {re.search(LINK, row)[1]: text_of(row) for row in body.split("<tr")[1:]}


def test_who_needs_a_look_comes_first(client):
    html = client.get("/teams/1").text
    assert re.findall(WORDS, html) == ["STRONG", "CAUTION", "CANNOT SAY", "CANNOT SAY", "WATCH", "OK", "OK"]
    assert list(rows(html))[:5] == ["Alice", "Bob", "Eve", "Fay", "Carla"]


def test_the_worst_finding_is_told_with_its_day_and_numbers(client):
    assert "Sat 21 Nov : 22.5 km was 125 % beyond the longest run" in rows(client.get("/teams/1").text)["Alice"]


def test_the_longest_run_is_shown_as_a_multiple_of_what_came_before(client):
    told = rows(client.get("/teams/1").text)
    assert "2.25 ×" in told["Alice"]
    assert "1.40 ×" in told["Bob"]


def test_where_nothing_can_be_said_the_reason_stands_and_no_ratio_does(client):
    told = rows(client.get("/teams/1").text)
    assert "7 of 28 days" in told["Eve"]
    assert told["Eve"].count("not shown") == 2
    assert "×" not in told["Eve"]


def test_a_runner_without_data_is_told_as_such_and_not_as_ok(client):
    told = rows(client.get("/teams/1").text)["Fay"]
    assert "CANNOT SAY" in told
    assert "no data" in told


def test_the_ratio_that_studies_disagree_about_says_so_on_the_board(client):
    assert "Load trend<small>ACWR contested</small>" in client.get("/teams/1").text


def test_the_counts_above_the_board_are_those_of_the_team(client):
    html = client.get("/teams/1").text
    counts = re.findall(r'class="count">(\d+)</span><span class="badge ([a-z-]+)"', re.sub(r">\s+<", "><", html))
    assert counts == [("1", "strong"), ("1", "caution"), ("2", "cannot-say"), ("1", "watch"), ("2", "ok")]
    assert len(rows(html)) == 7


def test_what_is_true_of_every_verdict_is_said_once_below_the_board(client):
    html = client.get("/teams/1").text
    assert html.count("not judged: fast running spike") == 1
    assert "hills not read yet" not in rows(html)["Alice"]


def test_a_note_about_one_runner_stays_in_their_row(client):
    html = client.get("/runners").text
    assert "1 run recorded twice, counted once" in rows(html)["Gus"]
    assert html.count("recorded twice") == 1


def test_a_week_of_rest_says_no_run_rather_than_a_ratio_of_zero(empty):
    add(empty, "Hal", [run for run in remarkable_runs() if (TODAY - run.day).days >= 7])
    told = rows(ask(empty).get("/runners").text)["Hal"]
    assert "no run" in told
    assert "0.00 ×" not in told


def test_a_name_that_is_a_script_is_shown_as_text(client):
    html = client.get("/teams/1").text
    assert SCRIPT not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


def test_strava_is_named_with_garmin_where_its_data_are_shown_and_only_there(client):
    assert "data from Garmin, through Strava" in client.get("/runners").text
    assert STRAVA in client.get("/runners").text
    assert STRAVA not in client.get("/teams/1").text


def test_the_front_page_lists_the_teams_with_their_sizes(client):
    html = client.get("/").text
    assert '<a href="/teams/1">Harriers</a> <span class="quiet">7 runners</span>' in html
    assert '<a href="/teams/2">Other</a> <span class="quiet">1 runner</span>' in html


def test_with_one_team_the_front_page_is_its_board(empty):
    add(empty, "Ann", [])
    answer = ask(empty).get("/")
    assert (answer.status_code, answer.headers["location"]) == (303, "/teams/1")


def test_without_anybody_the_board_says_how_to_begin(empty):
    assert ask(empty).get("/").headers["location"] == "/runners"
    assert "hamwatch runner add" in ask(empty).get("/runners").text


def test_a_runners_link_on_the_team_board_leads_to_the_teams_page_of_them(client):
    assert 'href="/teams/1/runners/1">Alice' in client.get("/teams/1").text
    assert 'href="/runners/1">Alice' in client.get("/runners").text


def test_what_is_hidden_stands_beside_the_runner_and_nothing_of_it_is_shown(client):
    html = client.get("/teams/2").text
    told = rows(html)["Gus"]
    assert "CANNOT SAY" in told
    assert "Hidden: all there is comes from Strava." in told
    assert "33 of 33 runs hidden: Strava only" in told
    assert STRAVA not in html


def test_where_the_operator_shares_strava_its_rows_are_on_the_board(club):
    told = rows(ask(club, strava={"coach_sharing": True}).get("/teams/2").text)["Gus"]
    assert "hidden" not in told
    assert "1 run recorded twice, counted once" in told


def test_a_team_in_which_nobody_has_agreed_yet_says_so(office):
    html = office.browser().get("/teams/1").text
    assert "/people" in html
    assert "Ann" not in html
