"""Transactions, and the database settings that keep data whole."""

import multiprocessing
import sqlite3
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from monitor.errors import ConfigError
from monitor.store import migrate
from monitor.store.database import Database, file_of, journal_mode, open_database
from monitor.store.people import add_runner, people
from monitor.store.tables import Team
from tests.conftest import DURABLE

pytestmark = pytest.mark.dialect

NOW = datetime(2026, 11, 22, 7, tzinfo=UTC)


@pytest.mark.parametrize(
    ("version", "mode"),
    [
        pytest.param((3, 40, 1), "DELETE", id="Debian 12 has the WAL-reset fault"),
        pytest.param((3, 44, 5), "DELETE", id="the 3.44 before the fix"),
        pytest.param((3, 44, 6), "WAL", id="3.44.6 is fixed"),
        pytest.param((3, 45, 0), "DELETE", id="3.45 never got the fix"),
        pytest.param((3, 50, 6), "DELETE", id="the 3.50 before the fix"),
        pytest.param((3, 50, 7), "WAL", id="3.50.7 is fixed"),
        pytest.param((3, 51, 2), "DELETE", id="the 3.51 before the fix"),
        pytest.param((3, 51, 3), "WAL", id="3.51.3 and all later are fixed"),
        pytest.param((3, 60, 0), "WAL", id="a later one"),
    ],
)
def test_wal_is_used_only_where_the_library_is_free_of_the_reset_fault(version: tuple[int, ...], mode: str) -> None:
    assert journal_mode(version) == mode


def test_sqlite_commits_are_synchronous_and_foreign_keys_hold(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("monitor.store.database.PRAGMAS", DURABLE)
    with database.writing() as db:
        settings = {name: db.connection().scalar(sa.text(f"PRAGMA {name}")) for name in ("synchronous", "foreign_keys")}
        mode = db.connection().scalar(sa.text("PRAGMA journal_mode"))
    assert settings == {"synchronous": 2, "foreign_keys": 1}
    assert mode.upper() == journal_mode(sqlite3.sqlite_version_info)


def test_an_error_inside_a_transaction_leaves_nothing_behind(either: Database) -> None:
    with suppress(RuntimeError), either.writing() as db:
        add_runner(db, "Ann", "ann@example.org", "UTC", "Team", NOW)
        raise RuntimeError("half-way")
    with either.reading() as db:
        assert people(db) == []


def test_a_reader_does_not_wait_for_a_writer(database: Database) -> None:
    with database.writing() as writer:
        writer.add(Team(name="new"))
        with database.reading() as reader:
            assert people(reader) == []


def _count_up(url: str, times: int) -> None:
    database = open_database(url)
    for _ in range(times):
        with database.writing() as db:
            team = db.get_one(Team, 1)
            team.name = str(int(team.name) + 1)


@pytest.mark.drill
def test_writers_in_several_processes_lose_no_update(database: Database) -> None:
    with database.writing() as db:
        db.add(Team(name="0"))
    url = str(database.engine.url)
    workers = [multiprocessing.get_context("spawn").Process(target=_count_up, args=(url, 25)) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert [worker.exitcode for worker in workers] == [0, 0, 0]
    with database.reading() as db:
        assert db.get_one(Team, 1).name == "75"


@pytest.mark.parametrize("url", ["nonsense", "mongo://host/db", "sqlite:////no/such/folder/file.db"])
def test_a_place_that_cannot_hold_a_database_is_named(url: str) -> None:
    with pytest.raises(ConfigError, match=r"database\.url"):
        open_database(url)


def test_a_file_that_is_no_database_is_named_and_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "notes.db"
    file.write_text("these are my notes, " * 100)
    with pytest.raises(ConfigError, match=r"notes\.db"):
        migrate.open_current(f"sqlite:///{file}")
    assert file.read_text().startswith("these are my notes")


def test_only_a_sqlite_url_names_a_file() -> None:
    assert file_of("sqlite:////var/lib/hamwatch.db") == Path("/var/lib/hamwatch.db")
    assert file_of("postgresql://host/hamwatch") is None


def test_the_migrations_make_the_tables_that_the_code_knows(either: Database) -> None:
    migrate.differences(either)


def test_migrating_twice_changes_nothing(either: Database) -> None:
    migrate.migrate(either)
    assert migrate.is_current(either)


def test_a_database_of_a_newer_version_is_refused(database: Database) -> None:
    with database.writing() as db:
        db.connection().execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(ConfigError, match="newer Hamwatch"):
        migrate.migrate(database)


def test_a_migration_that_is_cut_short_leaves_an_empty_database(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'new.db'}")
    with suppress(KeyboardInterrupt), database.writing() as db:
        db.connection().execute(sa.text("CREATE TABLE half (id INTEGER)"))
        raise KeyboardInterrupt
    with database.reading() as db:
        assert sa.inspect(db.connection()).get_table_names() == []
    migrate.migrate(database)
    assert migrate.is_current(database)
    database.close()
