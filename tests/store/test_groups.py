"""Groups: any number a runner, within their team, and only of who may be seen."""

import pytest

from monitor.errors import Gone, UserError
from monitor.store.audience import COACHES
from monitor.store.consents import Subject, give, team_wording
from monitor.store.database import Database
from monitor.store.groups import drop_group, groups, groups_of, join_group, leave_group, rename_group, set_group
from monitor.store.people import add_runner
from monitor.store.tables import Runner
from tests.store.made import NOW

ANN, BOB, EVE = 1, 2, 3


@pytest.fixture
def club(either: Database) -> Database:
    """Ann and Bob of the Harriers, Eve of the Others, all in a group called "Track"; Ann in "Marathon", too."""
    with either.writing() as db:
        for name, team in (("Ann", "Harriers"), ("Bob", "Harriers"), ("Eve", "Others")):
            add_runner(db, name, "runner@example.org", "UTC", team, NOW)
        for runner_id, group in ((ANN, "Track"), (ANN, "Marathon"), (BOB, "Track"), (EVE, "Track")):
            join_group(db, runner_id, group)
    return either


def test_a_runner_is_in_any_number_of_groups_and_a_group_belongs_to_a_team(club: Database) -> None:
    with club.reading() as db:
        assert groups_of(db, team_id=1) == {ANN: ("Marathon", "Track"), BOB: ("Track",)}
        assert groups(db) == [
            ("Harriers", "Marathon", ANN, "Ann"),
            ("Harriers", "Track", ANN, "Ann"),
            ("Harriers", "Track", BOB, "Bob"),
            ("Others", "Track", EVE, "Eve"),
        ]


def test_coaches_hear_of_the_groups_of_those_whom_they_may_see(club: Database) -> None:
    with club.writing() as db:
        give(db, BOB, Subject.TEAM, team_wording(strava_is_shared=False), NOW)
    with club.reading() as db:
        assert groups_of(db, 1, COACHES) == {BOB: ("Track",)}


def test_joining_twice_is_joining_once_and_the_last_to_leave_ends_the_group(club: Database) -> None:
    with club.writing() as db:
        join_group(db, ANN, " Marathon ")
        leave_group(db, ANN, "Marathon")
    with club.reading() as db:
        assert groups_of(db, 1)[ANN] == ("Track",)


def test_who_is_in_a_group_is_chosen_among_those_who_may_be_seen(club: Database) -> None:
    with club.writing() as db:
        give(db, BOB, Subject.TEAM, team_wording(strava_is_shared=False), NOW)
        set_group(db, 1, "Hills", {BOB}, COACHES)
        set_group(db, 1, "Track", set(), COACHES)
        assert groups_of(db, 1) == {ANN: ("Marathon", "Track"), BOB: ("Hills",)}
        for runner_id in (ANN, EVE, 999):
            with pytest.raises(UserError, match="is not in this team"):
                set_group(db, 1, "Hills", {BOB, runner_id}, COACHES)
        with pytest.raises(UserError, match="would be empty"):
            set_group(db, 1, "Nobody", set(), COACHES)


def test_a_group_is_renamed_joined_to_another_and_ended_in_its_team_alone(club: Database) -> None:
    with club.writing() as db:
        rename_group(db, 1, "Track", "Intervals")
        rename_group(db, 1, "Marathon", "Intervals")
        rename_group(db, 1, "Intervals", "Intervals")
        assert groups_of(db) == {ANN: ("Intervals",), BOB: ("Intervals",), EVE: ("Track",)}
        drop_group(db, 1, "Intervals")
        assert groups_of(db) == {EVE: ("Track",)}
        for act in (lambda: rename_group(db, 1, "Track", "Fast"), lambda: drop_group(db, 1, "Track")):
            with pytest.raises(UserError, match="there is no group"):
                act()
        with pytest.raises(UserError, match="is no name"):
            rename_group(db, 2, "Track", "")


def test_a_group_goes_with_its_runner(club: Database) -> None:
    with club.writing() as db:
        db.delete(db.get_one(Runner, ANN))
    with club.reading() as db:
        assert ANN not in groups_of(db)


@pytest.mark.parametrize("name", ["", "  ", "x" * 201, "a\nb"])
def test_a_group_needs_a_name_that_can_be_shown(club: Database, name: str) -> None:
    with club.writing() as db, pytest.raises(UserError, match="is no name"):
        join_group(db, ANN, name)


def test_who_has_no_team_is_in_no_group(either: Database) -> None:
    with either.writing() as db:
        alone = add_runner(db, "Zoe", "zoe@example.org", "UTC", None, NOW).id
        with pytest.raises(UserError, match="is in no team"):
            join_group(db, alone, "Track")
        with pytest.raises(UserError, match="is not in the group 'Track'"):
            leave_group(db, alone, "Track")
        with pytest.raises(Gone):
            join_group(db, 999, "Track")
