"""A database of an earlier version keeps what it holds."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from sqlmodel import select

from monitor.errors import ConfigError
from monitor.store import migrate
from monitor.store.consents import Subject, consent, consents
from monitor.store.database import Database, open_database
from monitor.store.findings import assess_from
from monitor.store.people import add_runner, people
from monitor.store.tables import Letter, Notice, Runner

pytestmark = pytest.mark.dialect

NOW = datetime(2026, 1, 1, tzinfo=UTC)
RUNNER = (
    "INSERT INTO runner (id, name, email, timezone, created_at, assessed_with, alert_due)"
    " VALUES (7, 'Ada', 'ada@example.org', 'UTC', '2026-01-01 00:00:00', '', 0)"
)
LETTER = (
    "INSERT INTO letter (id, runner_id, kind, episode, recipient, message, state, decided_at, due_at, attempts, error)"
    " VALUES (3, 7, 'findings', 'e', 'ada@example.org', 'x', 'sent', '2026-01-01 00:00:00',"
    " '2026-01-01 00:00:00', 1, '')"
)
CONNECTION = (
    "INSERT INTO connection (runner_id, athlete_id, access_sealed, refresh_sealed, expires_at, scope, access,"
    " access_since, failure)"
    " VALUES (7, 9, 'x', 'x', '2026-01-01 00:00:00', 'activity:read', 'ok', '2026-01-01 00:00:00', '')"
)
NOTICE = (
    "INSERT INTO notice (runner_id, rule, day, level, reason, letter_id, decided_at)"
    " VALUES (7, 'single_session_spike', '2026-01-01', 2, 'first', 3, '2026-01-01 00:00:00')"
)


@pytest.fixture
def first(tmp_path: Path) -> Database:
    return at_the_first_schema(tmp_path / "old.db")


def at_the_first_schema(file: Path) -> Database:
    """A SQLite file of the first schema, with a runner, a letter, and what that told."""
    database = open_database(f"sqlite:///{file}")
    migrate._in_transaction(database, lambda config: command.upgrade(config, "0001"))
    with database.writing() as db:
        for statement in (RUNNER, LETTER, NOTICE):
            db.connection().execute(sa.text(statement))
    return database


def test_an_older_database_is_brought_up_to_date_and_loses_no_row(first: Database) -> None:
    migrate.migrate(first)
    with first.reading() as db:
        assert [each.name for each in people(db)] == ["Ada"]
        assert db.get_one(Letter, 3).runner_id == 7
        assert db.exec(select(Notice.letter_id)).all() == [3]
    first.close()


def test_whoever_connected_before_consents_were_kept_has_consented_then(first: Database) -> None:
    with first.writing() as db:
        db.connection().execute(sa.text(CONNECTION))
    migrate.migrate(first)
    with first.reading() as db:
        [held] = consents(db, 7)
        assert (held.subject, held.given, held.wording, held.at) == ("strava", True, "before", NOW)
        assert consent(db, 7, Subject.STRAVA)
        assert consent(db, 7, Subject.TEAM) is None
    first.close()


def test_what_findings_rest_on_is_found_out_anew(first: Database) -> None:
    with first.writing() as db:
        db.connection().execute(sa.text("UPDATE runner SET assessed_with = 'the rules'"))
    migrate.migrate(first)
    with first.reading() as db:
        assert assess_from(db, 7, "the rules") == date.min
    first.close()


def test_a_runners_number_is_never_given_again(database: Database) -> None:
    with database.writing() as db:
        left = add_runner(db, "Ada", "ada@example.org", "UTC", None, NOW)
        db.execute(sa.delete(Runner))
    with database.writing() as db:
        assert add_runner(db, "Bea", "bea@example.org", "UTC", None, NOW).id > left.id


def test_a_migration_that_would_leave_loose_ends_is_undone(database: Database) -> None:
    with pytest.raises(ConfigError, match="without what they refer to"), database.migrating() as db:
        db.connection().execute(sa.text(LETTER))
    with database.reading() as db:
        assert not db.exec(select(Letter)).all()


def test_the_last_migration_can_be_undone_and_done_again(either: Database) -> None:
    migrate._in_transaction(either, lambda config: command.downgrade(config, "-1"))
    migrate._in_transaction(either, lambda config: command.upgrade(config, "head"))
    migrate.differences(either)
