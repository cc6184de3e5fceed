"""The schema brought up to date by the product itself at start, in one transaction."""

from collections.abc import Callable
from pathlib import Path

import sqlalchemy as sa
from alembic.config import Config
from sqlalchemy.engine import Connection

from monitor.errors import ConfigError
from monitor.store.database import Database, file_of, open_database

VERSIONS = Path(__file__).parent / "migrations" / "versions"
LOCK = 7_426_001  # any number that only Hamwatch uses: PostgreSQL's advisory lock while migrating


def open_current(url: str) -> Database:
    """The database at *url* with its schema up to date. Raises `ConfigError`."""
    database = open_database(url)
    migrate(database)
    return database


def open_existing(url: str) -> Database:
    """The same for who only reads: a SQLite file that is not there yet is not made, but read as an empty database."""
    database, file = open_database(url), file_of(url)
    if file and not file.exists():
        database = open_database("sqlite://")
    migrate(database)
    return database


def migrate(database: Database) -> None:
    """Run the migrations that are missing; a killed run leaves the schema as it was.

    Raises `ConfigError` where the database is newer than this program, or cannot be opened.
    """
    try:
        if is_current(database):
            return
        _upgrade(database)
    except sa.exc.DBAPIError as error:
        raise ConfigError(f"cannot use the database {_shown(database)}: {error.orig}") from error


def is_current(database: Database) -> bool:
    """Whether the schema is the one that this program knows."""
    with database.reading() as db:
        found = db.connection()
        if not sa.inspect(found).has_table("alembic_version"):
            return False
        return bool(found.scalar(sa.text("SELECT version_num FROM alembic_version")) == newest())


def newest() -> str:
    """The newest migration, by the number that its file name begins with."""
    return max(file.name[:4] for file in VERSIONS.glob("[0-9]*.py"))


def differences(database: Database) -> None:
    """Raise where the tables and the migrations disagree."""
    from alembic import command

    _in_transaction(database, command.check)


def _upgrade(database: Database) -> None:
    from alembic import command  # takes its time, and is needed only where something is missing
    from alembic.util import CommandError

    try:
        _in_transaction(database, lambda config: command.upgrade(config, "head"))
    except CommandError as error:
        raise ConfigError(f"the database was made by a newer Hamwatch ({error}); update the program") from error


def _in_transaction(database: Database, act: Callable[[Config], object]) -> None:
    with database.migrating() as db:
        connection = db.connection()
        if connection.dialect.name == "postgresql":
            connection.execute(sa.text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        act(_config(connection))


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", "monitor.store:migrations")
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def _shown(database: Database) -> str:
    return database.engine.url.render_as_string(hide_password=True)
