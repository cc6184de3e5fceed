"""A newer key in front, every token sealed with it, the older key dropped (S10)."""

from itertools import islice

import pytest

from monitor.store.connections import claim_refresh, connection, held_tokens
from monitor.store.database import Database
from monitor.store.people import add_runner
from monitor.store.revocations import next_revocation, owe_revocation, owed
from monitor.store.rotation import Outcome, rotated
from monitor.store.sealing import CannotOpen, keyring
from monitor.store.tables import Connection
from tests.store.made import KEYS, NOW, connected

OLD, NEW = "a secret of more than thirty-two characters", "a newer secret of more than 32 characters"
BOTH, NEWEST = keyring([NEW, OLD]), keyring([NEW])


@pytest.fixture
def sealed(either: Database, ann: int, bob: int) -> list[int]:
    """Runners whose tokens are sealed with the old key, one of whom has just disconnected."""
    with either.writing() as db:
        carl = add_runner(db, "Carl", "carl@example.org", "UTC", None, NOW).id
        for runner_id in (ann, bob, carl):
            connected(db, runner_id)
        owe_revocation(db, KEYS, held_tokens(db, KEYS, carl), NOW)
    return [ann, bob, carl]


def test_after_rotating_the_old_key_can_be_dropped(either: Database, sealed: list[int]) -> None:
    assert [outcome for _, outcome in rotated(either, BOTH)] == [Outcome.SEALED] * 4
    with either.writing() as db:
        assert {held_tokens(db, NEWEST, each).refresh for each in sealed} == {"a-refresh-token"}
        number = next_revocation(db, NOW)
        assert number
        assert owed(db, NEWEST, number).access == "an-access-token"


def test_stopped_half_way_everything_opens_and_another_run_finishes(either: Database, sealed: list[int]) -> None:
    assert len(list(islice(rotated(either, BOTH), 2))) == 2  # nobody asks for the third
    with either.reading() as db:
        assert {held_tokens(db, BOTH, each).access for each in sealed} == {"an-access-token"}
        with pytest.raises(CannotOpen):
            held_tokens(db, NEWEST, sealed[2])
    assert [outcome for _, outcome in rotated(either, BOTH)] == [Outcome.CURRENT] * 2 + [Outcome.SEALED] * 2
    with either.reading() as db:
        assert {held_tokens(db, NEWEST, each).access for each in sealed} == {"an-access-token"}


def test_a_row_that_no_key_opens_is_named_and_left_and_the_others_are_sealed(
    either: Database, sealed: list[int]
) -> None:
    foreign = keyring(["a third secret of more than 32 characters"]).seal("x", "connection", sealed[1], "access")
    with either.writing() as db:
        db.get_one(Connection, sealed[1]).access_sealed = foreign
    assert dict(rotated(either, BOTH)) == {
        f"connection {sealed[0]}": Outcome.SEALED,
        f"connection {sealed[1]}": Outcome.CANNOT_OPEN,
        f"connection {sealed[2]}": Outcome.SEALED,
        "revocation 1": Outcome.SEALED,
    }
    with either.reading() as db:
        row = connection(db, sealed[1])
        assert row
        assert row.access_sealed == foreign


def test_a_refresh_that_is_under_way_is_not_disturbed(either: Database, sealed: list[int]) -> None:
    with either.writing() as db:
        claim_refresh(db, sealed[0], NOW)
    list(rotated(either, BOTH))
    with either.reading() as db:
        row = connection(db, sealed[0])
        assert row
        assert row.claimed_until
