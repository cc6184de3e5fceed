"""Key rotation: every sealed token anew under the newest key, one short transaction a row."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Any

from sqlmodel import Session, col, select

from monitor.store.database import Database
from monitor.store.sealing import CannotOpen, Keyring
from monitor.store.strava_tables import Revocation
from monitor.store.tables import Connection

Sealed = type[Connection] | type[Revocation]


class Outcome(StrEnum):
    SEALED = "sealed with the newest key"
    CURRENT = "was already"
    CANNOT_OPEN = "no key at hand opens it"


def rotated(database: Database, keys: Keyring) -> Iterator[tuple[str, Outcome]]:
    """Each row with tokens, named, and what became of it. Whoever stops half-way goes on from there next time.

    The rest of the product works meanwhile, because every key at hand opens.
    """
    for table, number in (Connection, Connection.runner_id), (Revocation, Revocation.id):
        with database.reading() as db:
            ids = list(db.exec(select(number).order_by(col(number))).all())
        for each in ids:
            with database.writing() as db:
                outcome = _reseal(db, keys, table, each)
            yield f"{table.__tablename__} {each}", outcome


def _reseal(db: Session, keys: Keyring, table: Sealed, number: int | None) -> Outcome:
    row: Any = db.get(table, number, with_for_update=True)
    if row is None or all(keys.is_newest(sealed) for sealed in (row.access_sealed, row.refresh_sealed)):
        return Outcome.CURRENT
    place = (table.__tablename__, number)
    try:
        access = keys.open(row.access_sealed, *place, "access")
        refresh = keys.open(row.refresh_sealed, *place, "refresh")
    except CannotOpen:
        return Outcome.CANNOT_OPEN
    row.access_sealed = keys.seal(access, *place, "access")
    row.refresh_sealed = keys.seal(refresh, *place, "refresh")
    return Outcome.SEALED
