"""The database: SQLite by default, PostgreSQL by changing one URL; short transactions that say what they do.

SQLite here: BEGIN IMMEDIATE for writers (a deferred one dies with "database is locked" when two upgrade at once),
synchronous FULL, foreign keys on, and WAL only where the library is free of the WAL-reset fault.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine
from sqlmodel import Session

from monitor.errors import ConfigError
from monitor.store.commits import Commits

CHECK = sa.text("PRAGMA foreign_key_check")
PRAGMAS = ("synchronous = FULL",)


@dataclass(frozen=True, slots=True)
class Database:
    """An open database. Every use is one short transaction, committed at the end of the block, rolled back on error."""

    engine: Engine
    commits: Commits

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A transaction that may write; on SQLite it holds the write lock from its first statement."""
        with Session(self.engine, expire_on_commit=False) as session, session.begin():
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A transaction that only reads and never waits for a writer."""
        with Session(self.engine.execution_options(reading=True), expire_on_commit=False) as session, session.begin():
            yield session

    @contextmanager
    def migrating(self) -> Iterator[Session]:
        """A transaction that may rebuild tables. SQLite can only do so by dropping the old one, which must take no
        rows of others with it, so references are checked at its end instead.
        """
        with Session(self.engine.execution_options(migrating=True)) as session, session.begin():
            yield session
            if self.engine.dialect.name == "sqlite" and (broken := session.execute(CHECK).all()):
                raise ConfigError(f"a migration would leave {len(broken)} rows without what they refer to")

    def impatient(self, patience_s: float) -> "Database":
        """The same database for who cannot wait longer than that for another writer."""
        return open_database(self.engine.url.render_as_string(hide_password=False), patience_s)

    def close(self) -> None:
        self.commits.close()
        self.engine.dispose()


def open_database(url: str, patience_s: float = 10.0) -> Database:
    """The database at *url*; a writer that waits longer than *patience_s* for another one gives up.

    Raises `ConfigError` where the place cannot hold one.
    """
    try:
        parsed = sa.make_url(url)
        if parsed.get_backend_name() == "sqlite":
            engine = _sqlite(parsed, patience_s)
        else:
            options = {"options": f"-c lock_timeout={round(1000 * patience_s)}"}
            engine = sa.create_engine(parsed, pool_pre_ping=True, hide_parameters=True, connect_args=options)
    except (sa.exc.ArgumentError, sa.exc.NoSuchModuleError, ModuleNotFoundError) as error:
        raise ConfigError(
            f"database.url is not usable ({error}): write sqlite:///file.db or postgresql+psycopg://host/name"
        ) from error
    return Database(engine, Commits(engine))


def file_of(url: str) -> Path | None:
    """The file of a SQLite database; None for any other."""
    parsed = sa.make_url(url)
    named = parsed.get_backend_name() == "sqlite" and parsed.database not in (None, "", ":memory:")
    return Path(str(parsed.database)) if named else None


def journal_mode(version: tuple[int, ...]) -> str:
    """WAL where this SQLite version is free of the WAL-reset fault, else a rollback journal.

    Free of it: 3.51.3 and later, 3.50.7 and later 3.50s, 3.44.6 and later 3.44s.
    """
    free = version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51) or (3, 44, 6) <= version < (3, 45)
    return "WAL" if free else "DELETE"


def _sqlite(url: sa.URL, patience_s: float) -> Engine:
    if url.database and not Path(url.database).parent.is_dir():
        raise ConfigError(f"database.url: the folder {Path(url.database).parent} does not exist; make it first")
    # An error that is logged must not hold a name.
    engine = sa.create_engine(url, hide_parameters=True, connect_args={"timeout": patience_s})
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver must not begin transactions of its own
    for pragma in (f"journal_mode = {journal_mode(sqlite3.sqlite_version_info)}", *PRAGMAS):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    options = connection.get_execution_options()
    if options.get("reading"):
        connection.exec_driver_sql("BEGIN")
        return
    connection.exec_driver_sql(f"PRAGMA foreign_keys = {'OFF' if options.get('migrating') else 'ON'}")
    connection.exec_driver_sql("BEGIN IMMEDIATE")
