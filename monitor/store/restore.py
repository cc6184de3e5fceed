"""A copy put back. Whom somebody asked to forget, no copy brings back.

Beside the copies stands a list of those who were erased, by number; the database that is replaced may know more.
"""

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from shutil import copyfile
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from monitor.store.backup import check, settle
from monitor.store.leaving import drop_erased
from monitor.store.migrate import open_current
from monitor.store.strava_tables import Tombstone
from monitor.store.upsert import upsert
from monitor.watch import Part

ERASED, ASIDE = "erased.txt", ".replaced"
PARTS = ("", "-journal", "-wal", "-shm")  # of one SQLite database
SKIPPED = 1_000  # more runners than ever join between two copies


def erasures(db: Session) -> dict[int, datetime]:
    """Who was erased, by number, and when."""
    return {row.runner_id: row.at for row in db.exec(select(Tombstone).order_by(col(Tombstone.runner_id))).all()}


def list_erased(folder: Path, erased: Mapping[int, datetime]) -> None:
    """Write beside the copies who was erased, also after they were made."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    begun = folder / f"{ERASED}.part"
    begun.write_text("".join(f"{runner_id} {at.isoformat()}\n" for runner_id, at in erased.items()))
    settle(begun, folder / ERASED)


def alive(database: Path, since: datetime) -> list[str]:
    """Which half gave a sign of life after *since*: what it writes to must not be replaced under it."""
    signs = _read(database, "SELECT part, at FROM heartbeat")
    return [part for part, at in signs if part in (Part.WORKER, Part.WEB) and _moment(at) > since]


def restore(copy: Path, database: Path) -> int:
    """Put *copy* in the place of *database*, brought up to date, without whom either knows to be erased.

    The database that was there stays beside it under a name that ends in `.replaced`. Returns how many were erased
    since the copy was made. Raises `ConfigError` where the copy is damaged or of a newer Hamwatch.
    """
    check(copy)
    fresh = database.with_name(f"{database.name}.restored")
    for part in PARTS:
        fresh.with_name(f"{fresh.name}{part}").unlink(missing_ok=True)
    copyfile(copy, fresh)
    fresh.chmod(0o600)
    replayed = _replay(fresh, {**_listed(copy.parent / ERASED), **_known(database)})
    for part in PARTS:
        old = database.with_name(f"{database.name}{part}")
        if old.exists():
            old.replace(database.with_name(f"{database.name}{ASIDE}{part}"))
    settle(fresh, database)
    return replayed


def _replay(fresh: Path, erased: Mapping[int, datetime]) -> int:
    """Erase again whoever was since the copy; how many there were."""
    opened = open_current(f"sqlite:///{fresh}")
    try:
        with opened.writing() as db:
            since = erased.keys() - erasures(db).keys()
            rows = [{"runner_id": runner_id, "at": erased[runner_id]} for runner_id in sorted(since)]
            upsert(db, Tombstone, rows, ("runner_id",))
            drop_erased(db)
            _skip_numbers(db, max(since, default=0))
        return len(since)
    finally:
        opened.close()


def _skip_numbers(db: Session, last: int) -> None:
    """Give no number again that somebody had since the copy: their links, and their erasure, go by it."""
    known = db.connection().execute(sa.text("SELECT name, seq FROM sqlite_sequence")).all()
    used = {str(name): int(number) for name, number in known}
    used["runner"] = max(used.get("runner", 0), last)
    for table in ("runner", "coach"):
        db.execute(sa.text("DELETE FROM sqlite_sequence WHERE name = :table"), {"table": table})
        skipped = {"table": table, "seq": used.get(table, 0) + SKIPPED}
        db.execute(sa.text("INSERT INTO sqlite_sequence VALUES (:table, :seq)"), skipped)


def _listed(file: Path) -> dict[int, datetime]:
    lines = file.read_text().split("\n") if file.exists() else []
    return {int(line.split()[0]): datetime.fromisoformat(line.split()[1]) for line in lines if line}


def _known(database: Path) -> dict[int, datetime]:
    """Whom the database that is replaced knows to be erased."""
    return {runner_id: _moment(at) for runner_id, at in _read(database, "SELECT runner_id, at FROM tombstone")}


def _read(database: Path, query: str) -> list[tuple[Any, str]]:
    """Rows of a database of any version; none where it cannot be read any more, which may be why it is replaced."""
    try:
        with closing(sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True)) as found:
            return found.execute(query).fetchall()
    except sqlite3.Error:
        return []


def _moment(stored: str) -> datetime:
    return datetime.fromisoformat(stored).replace(tzinfo=UTC)
