"""A copy put back. Whom somebody asked to forget, no copy brings back, nor a word that was taken back since.

Beside the copies stands a list of those who were erased, by number; the database that is replaced may know more, and
of consents it alone knows.
"""

import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from shutil import copyfile
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from monitor.store.backup import check, settle
from monitor.store.coach_digests import recall
from monitor.store.consents import Subject, consent
from monitor.store.leaving import drop_erased, drop_strava
from monitor.store.migrate import open_current
from monitor.store.strava_tables import Consent, Tombstone
from monitor.store.tables import Runner
from monitor.store.upsert import upsert
from monitor.watch import Part

ERASED, ASIDE = "erased.txt", ".replaced"
PARTS = ("", "-journal", "-wal", "-shm")  # of one SQLite database
SKIPPED = 1_000  # more runners than ever join between two copies


@dataclass(frozen=True, slots=True)
class Restored:
    """What came after the copy, and holds in the database that is back."""

    erased: int
    consents: int  # given or withdrawn


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


def restore(copy: Path, database: Path) -> Restored:
    """Put *copy* in the place of *database*, brought up to date, without whom either knows to be erased.

    What runners agreed to and withdrew since goes along, where the database that is replaced can still be read. It
    stays beside the new one under a name that ends in `.replaced`. Raises `ConfigError` where the copy is damaged or of
    a newer Hamwatch.
    """
    check(copy)
    fresh = database.with_name(f"{database.name}.restored")
    for part in PARTS:
        fresh.with_name(f"{fresh.name}{part}").unlink(missing_ok=True)
    copyfile(copy, fresh)
    fresh.chmod(0o600)
    replayed = _replay(fresh, {**_listed(copy.parent / ERASED), **_known(database)}, _consents(database))
    for part in PARTS:
        old = database.with_name(f"{database.name}{part}")
        if old.exists():
            old.replace(database.with_name(f"{database.name}{ASIDE}{part}"))
    settle(fresh, database)
    return replayed


def _replay(fresh: Path, erased: Mapping[int, datetime], said: Sequence[Consent]) -> Restored:
    """Erase again whoever was since the copy, and note again what was *said* since."""
    opened = open_current(f"sqlite:///{fresh}")
    try:
        with opened.writing() as db:
            since = erased.keys() - erasures(db).keys()
            rows = [{"runner_id": runner_id, "at": erased[runner_id]} for runner_id in sorted(since)]
            upsert(db, Tombstone, rows, ("runner_id",))
            drop_erased(db)
            consents = _say_again(db, said)
            _skip_numbers(db, max(since, default=0))
        return Restored(len(since), consents)
    finally:
        opened.close()


def _say_again(db: Session, said: Sequence[Consent]) -> int:
    """Note what the record does not hold yet, in its order; how much that was. What a word taken back ends, ends."""
    here, known = set(db.exec(select(Runner.id)).all()), {_told(row) for row in db.exec(select(Consent)).all()}
    new = [row for row in said if row.runner_id in here and _told(row) not in known]
    db.add_all(new)
    db.flush()
    for row in (each for each in new if not each.given):
        recall(db, row.runner_id)
        if row.subject == Subject.STRAVA and consent(db, row.runner_id, Subject.STRAVA) is None:
            drop_strava(db, row.runner_id, row.at)
    return len(new)


def _told(row: Consent) -> tuple[int, str, bool, datetime]:
    return row.runner_id, row.subject, row.given, row.at


def _skip_numbers(db: Session, last: int) -> None:
    """Give no number again that somebody had since the copy: their links, and their erasure, go by it."""
    known = db.connection().execute(sa.text("SELECT name, seq FROM sqlite_sequence")).all()
    used = {str(name): int(number) for name, number in known}
    used["runner"] = max(used.get("runner", 0), last)
    for table in ("runner", "coach", "invitation"):
        db.execute(sa.text("DELETE FROM sqlite_sequence WHERE name = :table"), {"table": table})
        skipped = {"table": table, "seq": used.get(table, 0) + SKIPPED}
        db.execute(sa.text("INSERT INTO sqlite_sequence VALUES (:table, :seq)"), skipped)


def _listed(file: Path) -> dict[int, datetime]:
    lines = file.read_text().split("\n") if file.exists() else []
    return {int(line.split()[0]): datetime.fromisoformat(line.split()[1]) for line in lines if line}


def _known(database: Path) -> dict[int, datetime]:
    """Whom the database that is replaced knows to be erased."""
    return {runner_id: _moment(at) for runner_id, at in _read(database, "SELECT runner_id, at FROM tombstone")}


def _consents(database: Path) -> list[Consent]:
    """The whole record of the database that is replaced, oldest first."""
    rows = _read(database, "SELECT runner_id, subject, given, wording, at FROM consent ORDER BY id")
    return [
        Consent(runner_id=runner_id, subject=subject, given=bool(given), wording=wording, at=_moment(at))
        for runner_id, subject, given, wording, at in rows
    ]


def _read(database: Path, query: str) -> list[tuple[Any, ...]]:
    """Rows of a database of any version; none where it cannot be read any more, which may be why it is replaced."""
    try:
        with closing(sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True)) as found:
            return found.execute(query).fetchall()
    except sqlite3.Error:
        return []


def _moment(stored: str) -> datetime:
    return datetime.fromisoformat(stored).replace(tzinfo=UTC)
