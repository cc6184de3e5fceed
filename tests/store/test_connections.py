"""A runner's Strava connection: sealed tokens, one who refreshes at a time, and how asking went."""

from contextlib import suppress
from datetime import timedelta

import pytest

from monitor.errors import UserError
from monitor.rules.freshness import Access
from monitor.store.connections import (
    claim_refresh,
    connection,
    held_tokens,
    note_access,
    note_complete,
    note_failure,
    release_refresh,
    silent_since,
    store_tokens,
)
from monitor.store.consents import consents
from monitor.store.database import Database
from monitor.store.sealing import CannotOpen
from monitor.store.tables import Connection
from tests.store.made import KEYS, NOW, TOMORROW, connected

HOUR = timedelta(hours=1)


@pytest.fixture
def linked(either: Database, ann: int) -> int:
    """The id of a runner who has connected Strava."""
    with either.writing() as db:
        connected(db, ann)
    return ann


def row(database: Database, runner_id: int) -> Connection:
    with database.reading() as db:
        found = connection(db, runner_id)
    assert found
    return found


def test_tokens_lie_sealed_and_open_again(either: Database, linked: int) -> None:
    with either.reading() as db:
        held = held_tokens(db, KEYS, linked)
    assert (held.access, held.refresh, held.expires_at) == ("an-access-token", "a-refresh-token", NOW + 6 * HOUR)
    assert b"token" not in row(either, linked).access_sealed + row(either, linked).refresh_sealed


def test_another_runners_tokens_do_not_open_as_ones_own(either: Database, linked: int, bob: int) -> None:
    with either.writing() as db:
        connected(db, bob)
        db.get_one(Connection, bob).access_sealed = db.get_one(Connection, linked).access_sealed
    with either.reading() as db, pytest.raises(CannotOpen):
        held_tokens(db, KEYS, bob)


def test_an_account_is_connected_to_one_runner_only(either: Database, linked: int, bob: int) -> None:
    account = row(either, linked).athlete_id
    with pytest.raises(UserError, match="connected to another runner"), either.writing() as db:
        connected(db, bob, athlete_id=account)
    with either.reading() as db:
        assert connection(db, bob) is None


def test_consent_is_kept_with_the_connection_and_not_twice(either: Database, linked: int) -> None:
    with either.writing() as db:
        connected(db, linked, now=TOMORROW)
        held = consents(db, linked)
    assert [(each.subject, each.given, each.at) for each in held] == [("strava", True, NOW)]


def test_where_connecting_is_refused_no_consent_is_kept(either: Database, linked: int, bob: int) -> None:
    with suppress(UserError), either.writing() as db:
        connected(db, bob, athlete_id=7_000 + linked)
    with either.reading() as db:
        assert consents(db, bob) == []


def test_connecting_again_replaces_the_tokens_and_forgets_what_went_wrong(either: Database, linked: int) -> None:
    with either.writing() as db:
        note_access(db, linked, Access.REVOKED, NOW, "revoked")
        connected(db, linked, access="a-newer-token", now=TOMORROW)
        assert held_tokens(db, KEYS, linked).access == "a-newer-token"
    after = row(either, linked)
    assert (after.access, after.access_since, after.failure) == (Access.OK, TOMORROW, "")


def test_only_one_refreshes_a_token_until_it_is_released(either: Database, linked: int) -> None:
    with either.writing() as db:
        assert claim_refresh(db, linked, NOW)
        assert not claim_refresh(db, linked, NOW)
        store_tokens(db, KEYS, linked, "next-access", "next-refresh", TOMORROW)
        assert not claim_refresh(db, linked, NOW)
        release_refresh(db, linked)
        assert claim_refresh(db, linked, NOW)
        assert held_tokens(db, KEYS, linked).refresh == "next-refresh"


def test_the_claim_of_a_killed_process_runs_out_after_two_minutes(either: Database, linked: int) -> None:
    with either.writing() as db:
        assert claim_refresh(db, linked, NOW)
        assert not claim_refresh(db, linked, NOW + timedelta(seconds=120))
        assert claim_refresh(db, linked, NOW + timedelta(seconds=121))


def test_failures_keep_the_moment_of_the_first_one_until_a_complete_list_arrives(either: Database, linked: int) -> None:
    with either.writing() as db:
        note_failure(db, linked, "status 503", NOW, None)
        note_failure(db, linked, "status 502", NOW + HOUR, NOW + 2 * HOUR)
    failing = row(either, linked)
    assert (failing.failing_since, failing.failure, failing.retry_at) == (NOW, "status 502", NOW + 2 * HOUR)
    with either.writing() as db:
        note_complete(db, linked, NOW + 3 * HOUR)
    healed = row(either, linked)
    assert (healed.failing_since, healed.failure, healed.retry_at) == (None, "", None)
    assert healed.last_complete_at == NOW + 3 * HOUR


def test_a_permission_that_is_gone_is_gone_since_it_was_first_missed(either: Database, linked: int) -> None:
    with either.writing() as db:
        note_access(db, linked, Access.REVOKED, TOMORROW, "revoked")
        note_access(db, linked, Access.REVOKED, TOMORROW + HOUR, "revoked")
    gone = row(either, linked)
    assert (gone.access, gone.access_since) == (Access.REVOKED, TOMORROW)


def test_silence_is_counted_from_the_last_complete_list_or_from_connecting(either: Database, linked: int) -> None:
    assert silent_since(row(either, linked)) == NOW
    with either.writing() as db:
        note_complete(db, linked, TOMORROW)
    assert silent_since(row(either, linked)) == TOMORROW
