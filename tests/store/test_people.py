"""Teams, runners, coaches."""

import pytest

from monitor.errors import UserError
from monitor.store.database import Database
from monitor.store.people import (
    add_coach,
    add_runner,
    checked_address,
    checked_name,
    checked_zone,
    coaches,
    people,
    person,
    teams,
)
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


@pytest.mark.parametrize(
    "address", ["ann@example.org", "a.b+run@sub.example.org", "o'neil@example.org", "root@localhost"]
)
def test_a_plain_address_is_taken(address: str) -> None:
    assert checked_address(address) == address


@pytest.mark.parametrize(
    "address",
    [
        pytest.param("ann", id="no domain"),
        pytest.param("", id="nothing"),
        pytest.param("ann@example.org, bob@example.org", id="two people"),
        pytest.param("Ann <ann@example.org>", id="with a name"),
        pytest.param("ann@example.org\nBcc: bob@example.org", id="a line break"),
        pytest.param("ann(home)@example.org", id="a comment"),
        pytest.param("ann@[127.0.0.1]", id="a literal host"),
        pytest.param("änn@example.org", id="letters that not every server takes"),
        pytest.param(".ann@example.org", id="a dot in front"),
        pytest.param("ann..lee@example.org", id="two dots"),
        pytest.param(f"{'a' * 250}@example.org", id="too long"),
    ],
)
def test_what_is_not_exactly_one_plain_address_is_refused(address: str) -> None:
    with pytest.raises(UserError, match="is no e-mail address"):
        checked_address(address)


@pytest.mark.parametrize("zone", ["Mars/Olympus", "europe/paris ", "+02:00", "localtime", "../etc/passwd", ""])
def test_what_is_no_time_zone_is_refused(zone: str) -> None:
    with pytest.raises(UserError, match="is no time zone"):
        checked_zone(zone)


@pytest.mark.parametrize("name", ["", "   ", "x" * 201, "Ann\x1b[31m", "Ann\nLee"])
def test_what_cannot_be_printed_on_one_line_is_no_name(name: str) -> None:
    with pytest.raises(UserError, match="is no name"):
        checked_name(name)


def test_blanks_around_a_name_are_not_part_of_it() -> None:
    assert checked_name("  Zoë Ünal ") == "Zoë Ünal"
