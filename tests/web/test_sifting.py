"""A board is narrowed by its address, and an address that makes no sense is answered plainly."""

import pytest

from monitor.store.groups import join_group
from tests.web.club import SCRIPT, add, ask, full_club
from tests.web.test_board import rows


@pytest.fixture(scope="module")
def grouped(tmp_path_factory):
    """The full club, with Alice and Bob in "Marathon", Bob in "Juniors" too, and José, whose name has an accent."""
    database = full_club(tmp_path_factory.mktemp("grouped"))
    add(database, "José", [])
    with database.writing() as db:
        for runner_id, name in ((1, "Marathon"), (2, "Marathon"), (2, "Juniors"), (8, "Elsewhere")):
            join_group(db, runner_id, name)
    yield database
    database.close()


def shown(database, query):
    return list(rows(ask(database).get(f"/teams/1?{query}").text))


@pytest.mark.parametrize(
    ("query", "names"),
    [
        pytest.param("name=ali", ["Alice"], id="a part of the name, in any case"),
        pytest.param("name=jose", ["José"], id="without the accent"),
        pytest.param("name=%20", ["Alice", "Bob", "Eve", "Fay", "José", "Carla"], id="blanks ask for nothing"),
        pytest.param("state=CANNOT+SAY", ["Eve", "Fay", "José"], id="the verdict"),
        pytest.param("rule=single_session_spike", ["Alice", "Bob", "Carla"], id="a rule in force"),
        pytest.param("group=Marathon", ["Alice", "Bob"], id="a group"),
        pytest.param("group=Marathon&state=CAUTION&name=b", ["Bob"], id="all of it"),
        pytest.param("name=&state=&rule=&group=Juniors", ["Bob"], id="as a form sends what was left empty"),
        pytest.param("name=%25", [], id="a wildcard of SQL is a letter"),
    ],
)
def test_the_address_narrows_the_board_and_keeps_its_order(grouped, query, names):
    assert shown(grouped, query)[: len(names) or None] == names


def test_how_many_are_shown_is_said_and_what_was_asked_for_stands_in_the_form(grouped):
    html = ask(grouped).get("/teams/1?name=ali&state=STRONG").text
    assert "1 of 8 runners." in html
    assert '<input type="search" name="name" value="ali"' in html
    assert "<option selected>STRONG</option>" in html


def test_the_other_pages_of_the_team_are_reached_with_the_same_question(grouped):
    html = ask(grouped).get("/teams/1?group=Marathon").text
    for page in ("heat-map", "report", "board.csv"):
        assert f'href="/teams/1/{page}?group=Marathon"' in html


def test_groups_of_another_team_are_neither_offered_nor_answered(grouped):
    assert "Elsewhere" not in ask(grouped).get("/teams/1").text
    assert ask(grouped).get("/teams/1?group=Elsewhere").status_code == 404


def test_what_was_searched_for_is_text(grouped):
    html = ask(grouped).get("/teams/1", params={"name": f'"{SCRIPT}'}).text
    assert SCRIPT not in html
    assert 'value="&#34;&lt;script&gt;' in html


@pytest.mark.parametrize("page", ["/teams/1", "/runners", "/teams/1/heat-map", "/teams/1/report", "/teams/1/board.csv"])
@pytest.mark.parametrize(
    "query",
    [
        pytest.param("state=RISK", id="no such verdict"),
        pytest.param("rule=1+OR+1", id="no such rule"),
        pytest.param("group=%27%3B+DROP+TABLE+runner", id="no such group"),
        pytest.param(f"name={'a' * 201}", id="a name that nobody has"),
        pytest.param("page=-1", id="no such field"),
        pytest.param("&".join(f"x{n}=1" for n in range(5_000)), id="thousands of fields"),
    ],
)
def test_a_question_that_makes_no_sense_is_a_plain_404(grouped, page, query):
    """Attack 17."""
    answer = ask(grouped).get(f"{page}?{query}")
    assert answer.status_code == 404
    assert "There is nothing here." in answer.text


def test_a_field_given_thousands_of_times_counts_once(grouped):
    answer = ask(grouped).get("/teams/1?" + "&".join(["name=ali"] * 5_000))
    assert (answer.status_code, list(rows(answer.text))) == (200, ["Alice"])
