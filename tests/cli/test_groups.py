"""hamwatch group."""

import pytest

from monitor.store.database import Database
from tests.cli.conftest import Hamwatch


@pytest.fixture(autouse=True)
def empty(database: Database) -> None:
    """An empty database."""


def test_a_group_is_made_by_its_first_runner_listed_and_ended_by_its_last(hamwatch: Hamwatch) -> None:
    hamwatch("runner add Ann --email ann@example.org --team Harriers")
    assert hamwatch("group add --runner 1", "Long runs").out == "runner 1: in Long runs\n"
    assert hamwatch("group list --json").json == [
        {"team": "Harriers", "group": "Long runs", "runner": 1, "name": "Ann"}
    ]
    assert hamwatch("group list").out.split() == ["Harriers", "Long", "runs", "1", "Ann"]
    assert hamwatch("group remove --runner 1", "Long runs").out == "runner 1: not in Long runs any more\n"
    assert hamwatch("group list --json").json == []


def test_a_group_is_renamed_and_ended(hamwatch: Hamwatch) -> None:
    hamwatch("runner add Ann --email ann@example.org --team Harriers")
    hamwatch("group add Track --runner 1")
    assert hamwatch("group rename Track Hills --team Harriers").out == "Track: Hills from now on\n"
    assert "there is no group 'Track'" in hamwatch("group delete Track --team Harriers").complaint
    assert hamwatch("group delete Hills --team Harriers").out == "Hills: nobody is in it any more\n"
    assert hamwatch("group list").out == ""


def test_mistakes_are_told_in_one_line(hamwatch: Hamwatch) -> None:
    assert "no runner 9" in hamwatch("group add Track --runner 9").complaint
    hamwatch("runner add Bob --email bob@example.org")
    assert "is in no team" in hamwatch("group add Track --runner 1").complaint
    assert "is not in the group" in hamwatch("group remove Track --runner 1").complaint
