"""What tells that the pages of a team are as they were."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from monitor.store.consents import Subject, give, team_wording, withdraw
from monitor.store.database import Database
from monitor.store.imprint import imprint
from monitor.store.people import add_runner, count_change
from monitor.store.tables import Runner
from tests.store.made import NOW, connected

HARRIERS = 1


@pytest.fixture
def seen(either: Database, ann: int, bob: int) -> int:
    """Ann, who lets her coaches see her; Bob of the same team, and Eve of another, who gave their word last."""
    with either.writing() as db:
        eve = add_runner(db, "Eve", "eve@example.org", "UTC", "Another team", NOW).id
        for each in (ann, bob, eve):
            give(db, each, Subject.TEAM, team_wording(strava_is_shared=False), NOW)
        connected(db, ann)
    return eve


def of(database: Database, team_id: int | None = HARRIERS) -> bytes:
    with database.reading() as db:
        return imprint(db, team_id, NOW)[0]


def test_it_stays_the_same_while_nothing_changes_and_differs_from_team_to_team(either: Database, seen: int) -> None:
    assert of(either) == of(either)
    assert len({of(either), of(either, 2), of(either, None)}) == 3


def test_what_changes_in_another_team_is_not_of_this_one(either: Database, seen: int) -> None:
    before, everybody = of(either), of(either, None)
    with either.writing() as db:
        count_change(db, seen)
    assert of(either) == before
    assert of(either, None) != everybody


def test_attack_3_a_word_taken_back_shows_even_where_its_number_was_that_of_one_who_was_erased(
    either: Database, ann: int, seen: int
) -> None:
    before = of(either)
    with either.writing() as db:
        db.execute(sa.delete(Runner).where(Runner.id == seen))
        withdraw(db, ann, Subject.TEAM, NOW + timedelta(seconds=1))
    assert of(either) != before
