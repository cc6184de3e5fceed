"""Copies of a SQLite database: made while it is used, checked before they are trusted, named by their moment.

Whoever runs a PostgreSQL server makes those of its databases. `restore.py` puts one back.
"""

import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from monitor.errors import ConfigError
from monitor.settings.sections import DatabaseSettings
from monitor.store.database import file_of

NAME, GLOB = "hamwatch-%Y-%m-%dT%H%M%SZ.db", "hamwatch-*Z.db"


@dataclass(frozen=True, slots=True)
class Backups:
    """The copies in a folder."""

    newest: datetime
    count: int
    size: int  # of all [bytes]


def back_up(url: str, folder: Path, now: datetime, keep: int) -> Path:
    """A checked copy of the SQLite database at *url*; of the older ones, *keep* in all stay.

    Written beside its place and named last, so that a name stands for a whole copy. What was deleted is not in it.
    Raises `ConfigError` where it cannot be made or does not hold what it should.
    """
    database = sqlite_file(url)
    copy = folder / f"{now.astimezone(UTC):{NAME}}"
    begun = copy.with_suffix(".part")
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for killed in folder.glob("*.part"):
            killed.unlink()
        with closing(sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True)) as source:
            source.execute("VACUUM INTO ?", [str(begun)])
        check(begun)
        begun.chmod(0o600)
        settle(begun, copy)
    except (sqlite3.Error, OSError) as error:
        raise ConfigError(f"no copy of {database} was made in {folder}: {error}") from error
    finally:
        if begun.exists():
            begun.unlink()
    for old in copies(folder)[:-keep]:
        old.unlink()
    return copy


def check(file: Path) -> None:
    """Raise `ConfigError` unless *file* is a whole database of Hamwatch's."""
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as found:
            faults = found.execute("PRAGMA integrity_check(1)").fetchone()[0]
            foreign = found.execute("PRAGMA foreign_key_check").fetchone()
            found.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.Error as error:
        raise ConfigError(f"{file} is no database of Hamwatch's: {error}") from error
    if faults != "ok" or foreign:
        raise ConfigError(f"{file} is damaged: {faults if faults != 'ok' else 'rows without what they refer to'}")


def sqlite_file(url: str) -> Path:
    """The file that a copy is made of, or put back to. Raises `ConfigError` where the database is none."""
    file = file_of(url)
    if file is None:
        raise ConfigError("database.url is no SQLite file: copies of a PostgreSQL database are made with pg_dump")
    return file


def copies(folder: Path) -> list[Path]:
    """The copies in *folder*, oldest first."""
    return sorted(folder.glob(GLOB))


def backups(folder: Path) -> Backups | None:
    """What there is in *folder*; None where there is nothing."""
    found = copies(folder)
    return Backups(made_at(found[-1]), len(found), sum(copy.stat().st_size for copy in found)) if found else None


def are_made(settings: DatabaseSettings) -> bool:
    """Whether Hamwatch copies this database: it is a file, and copies are wanted."""
    return file_of(settings.url) is not None and settings.keep_backups > 0


def made_at(copy: Path) -> datetime:
    """When a copy was made, by its name."""
    return datetime.strptime(copy.name, NAME).replace(tzinfo=UTC)


def settle(begun: Path, place: Path) -> None:
    """Give a finished file its name, on disk before it has it."""
    _sync(begun)
    begun.replace(place)
    _sync(place.parent)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
