"""Teams, runners, coaches."""

import pytest

from monitor.errors import UserError
from monitor.store.coaches import add_coach, coaches
from monitor.store.database import Database
from monitor.store.people import add_runner, people, person, teams
from tests.store.made import NOW


def test_a_runner_comes_back_as_they_were_added(either: Database, ann: int) -> None:
    with either.reading() as db:
        found = person(db, ann)
    assert (found.name, found.email, found.timezone, found.team) == (
        "Ann",
        "ann@example.org",
        "Europe/Paris",
        "Harriers",
    )
    assert found.zone.key == "Europe/Paris"


def test_runners_who_name_the_same_team_are_in_one(either: Database, ann: int, bob: int) -> None:
    with either.reading() as db:
        assert teams(db) == [(1, "Harriers", 2)]
        assert [each.name for each in people(db, team_id=1)] == ["Ann", "Bob"]
        assert people(db, team_id=2) == []


def test_a_runner_needs_no_team(either: Database, ann: int) -> None:
    with either.writing() as db:
        alone = add_runner(db, "Eve", "eve@example.org", "UTC", None, NOW)
    assert (alone.team_id, alone.team) == (None, "")


def test_a_runner_who_is_refused_leaves_no_team_behind(either: Database) -> None:
    with pytest.raises(UserError), either.writing() as db:
        add_runner(db, "Eve", "no address", "UTC", "A new team", NOW)
    with either.reading() as db:
        assert teams(db) == []


def test_a_coach_belongs_to_a_team(either: Database, ann: int) -> None:
    with either.writing() as db:
        add_coach(db, "Cora", "cora@example.org", "Harriers")
    with either.reading() as db:
        assert [(coach.name, coach.team_id) for coach in coaches(db)] == [("Cora", 1)]


@pytest.mark.parametrize("runner_id", [2, 0, -1, None])
def test_an_unknown_runner_is_named_with_the_remedy(either: Database, ann: int, runner_id: int | None) -> None:
    with either.reading() as db, pytest.raises(UserError, match=f"no runner {runner_id}: `hamwatch runner list`"):
        person(db, runner_id)
