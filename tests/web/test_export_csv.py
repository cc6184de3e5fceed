"""The board as CSV: the same runners, and nothing that a spreadsheet would run."""

import csv
import io

import pytest

from monitor.store.groups import join_group
from monitor.web.export_csv import as_csv
from tests.web.club import add, ask, full_club

HOSTILE = '=HYPERLINK("http://x.example","win")'


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """The full club, with a runner who is called like a formula, and a group that is called like another."""
    database = full_club(tmp_path_factory.mktemp("hostile"))
    runner_id = add(database, HOSTILE, [])
    with database.writing() as db:
        join_group(db, runner_id, "+cmd|' /C calc'!A0")
    yield database
    database.close()


def table(answer):
    return list(csv.DictReader(io.StringIO(answer.text)))


def test_the_table_tells_of_each_runner_in_the_order_of_the_board(hostile):
    alice, bob, *_ = told = table(ask(hostile).get("/teams/1/board.csv"))
    assert [alice["runner"], bob["runner"], len(told)] == ["Alice", "Bob", 8]
    assert (alice["verdict"], alice["rule"], alice["day"]) == ("STRONG", "single_session_spike", "2026-11-21")
    assert alice["why"].startswith("22.5 km was 125 % beyond")
    assert float(alice["longest_run_ratio"]) == 2.25


def test_what_is_not_shown_is_empty_and_never_zero(hostile):
    (eve,) = [row for row in table(ask(hostile).get("/teams/1/board.csv")) if row["runner"] == "Eve"]
    assert (eve["verdict"], eve["why"]) == ("CANNOT SAY", "7 of 28 days")
    assert {eve[name] for name in ("longest_run_ratio", "mean_7_days_km", "acwr_contested", "last_check_in")} == {""}


def test_it_is_a_file_that_no_cache_keeps(hostile):
    headers = ask(hostile).get("/teams/1/board.csv").headers
    assert headers["content-type"] == "text/csv; charset=utf-8"
    assert headers["content-disposition"] == 'attachment; filename="board.csv"'
    assert headers["cache-control"] == "no-store"


def test_a_name_that_is_a_formula_is_text(hostile):
    """Bad input 64."""
    (row,) = [row for row in table(ask(hostile).get("/teams/1/board.csv")) if "HYPERLINK" in row["runner"]]
    assert row["runner"] == f"'{HOSTILE}"
    assert row["groups"].startswith("'+cmd")


@pytest.mark.parametrize(("value", "text"), [("Ann", "Ann"), (-1.5, "-1.5"), (None, ""), (float("nan"), "")])
def test_a_number_is_no_formula_and_what_is_not_known_is_empty(value, text):
    assert as_csv([{"cell": value, "last": 1}]).splitlines()[1] == f"{text},1"


def test_only_those_who_are_asked_for_are_in_it(hostile):
    assert [row["runner"] for row in table(ask(hostile).get("/teams/1/board.csv?state=CAUTION"))] == ["Bob"]


def test_a_team_of_nobody_is_an_empty_file(office):
    assert office.browser().get("/teams/1/board.csv").text == ""
