"""What the operator looks at: the passes to come, what failed, what is kept."""

from datetime import UTC, datetime, timedelta

import pytest

from monitor.store.database import Database
from monitor.store.due import due_passes, finish
from monitor.store.migrate import newest
from monitor.store.operating import Operating, operating
from monitor.store.outbox import queue_letter
from monitor.store.sending import lease_letter, mark_failed
from monitor.store.suspensions import suspend
from monitor.store.tables import Quarantine
from tests.delivery.mailserver import mail
from tests.store.made import NOW, connected

HOUR = timedelta(hours=1)


def facts(database: Database, hours: float = 0) -> Operating:
    with database.reading() as db:
        return operating(db, NOW + hours * HOUR, 7)


def do_passes(database: Database, error: str = "") -> None:
    for each in due_passes(database, lambda: NOW, "me", 7):
        with database.writing() as db:
            finish(db, each, "me", NOW, error)


def test_without_anybody_nothing_is_expected(either: Database) -> None:
    found = facts(either)
    assert (found.next_pass, found.last_pass, found.failing, found.runners, found.failed) == (None, None, (), 0, ())


def test_a_pass_that_nobody_has_begun_is_due_now(either: Database, ann: int) -> None:
    assert facts(either).next_pass == NOW


def test_after_a_pass_the_next_is_due_tomorrow_at_seven_where_the_runner_lives(either: Database, ann: int) -> None:
    do_passes(either)
    assert facts(either).next_pass == datetime(2026, 11, 23, 6, tzinfo=UTC)
    assert facts(either).last_pass == NOW


def test_of_several_runners_the_next_pass_is_the_first_that_is_due(either: Database, bob: int) -> None:
    do_passes(either)
    # Bob's of yesterday was done at 2:00 of his Sunday: his next is due at 7:00 of it.
    assert facts(either).next_pass == datetime(2026, 11, 22, 12, tzinfo=UTC)


def test_a_pass_that_failed_is_shown_with_its_error_and_when_it_is_tried_again(either: Database, ann: int) -> None:
    do_passes(either, "RuntimeError: no luck")
    found = facts(either)
    assert [(row.subject, row.error, row.retry_at) for row in found.failing] == [
        (str(ann), "RuntimeError: no luck", NOW + HOUR / 60)
    ]
    assert found.next_pass == NOW + HOUR / 60
    assert facts(either, 1).next_pass == NOW + HOUR


def test_it_tells_who_is_connected_and_which_records_could_not_be_used_lately(either: Database, bob: int) -> None:
    with either.writing() as db:
        connected(db, bob)
        for number, age in enumerate((1, 2, 8)):
            seen = NOW - timedelta(days=age)
            kept = {"runner_id": bob, "origin": "strava", "sha256": str(number), "size": 1, "seen_at": seen}
            db.add(Quarantine(reason="no date", **kept))
    found = facts(either)
    assert (found.runners, found.connected, found.quarantined) == (2, 1, {"no date": 2})


def test_letters_that_failed_and_addresses_that_rest_are_named(either: Database, ann: int) -> None:
    with either.writing() as db:
        queue_letter(db, ann, "findings", "1", mail(), NOW, NOW)
        leased = lease_letter(db, NOW)
        assert leased
        mark_failed(db, leased, "451 not now", NOW + 72 * HOUR, permanent=False)
        suspend(db, "Ann <ann@example.org>", "550 no such user", NOW)
    found = facts(either)
    assert [(row.kind, row.error) for row in found.failed] == [("findings", "451 not now")]
    assert [row.address for row in found.suspended] == ["ann@example.org"]


@pytest.mark.dialect
def test_it_tells_which_database_holds_it_all_and_how_large_it_is(either: Database) -> None:
    stored = facts(either).stored
    assert stored.engine.split()[0] == {"sqlite": "SQLite", "postgresql": "PostgreSQL"}[either.engine.dialect.name]
    assert stored.size > 50_000
    assert stored.schema == newest()
