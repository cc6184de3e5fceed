"""Key rotation: every sealed secret anew under the newest key, one short transaction a row."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Any

from sqlmodel import Session, col, select

from monitor.store.database import Database
from monitor.store.delivery_tables import Channel
from monitor.store.sealing import CannotOpen, Keyring
from monitor.store.strava_tables import Revocation
from monitor.store.tables import Connection

Sealed = type[Connection] | type[Revocation] | type[Channel]
TOKENS, URL = ("access", "refresh"), ("url",)


class Outcome(StrEnum):
    SEALED = "sealed with the newest key"
    CURRENT = "was already"
    CANNOT_OPEN = "no key at hand opens it"


def rotated(database: Database, keys: Keyring) -> Iterator[tuple[str, Outcome]]:
    """Each row with secrets, named, and what became of it. Whoever stops half-way goes on from there next time.

    The rest of the product works meanwhile, because every key at hand opens.
    """
    places: tuple[tuple[Sealed, Any, tuple[str, ...]], ...] = (
        (Connection, Connection.runner_id, TOKENS),
        (Revocation, Revocation.id, TOKENS),
        (Channel, Channel.id, URL),
    )
    for table, number, secrets in places:
        with database.reading() as db:
            ids = list(db.exec(select(number).order_by(col(number))).all())
        for each in ids:
            with database.writing() as db:
                outcome = _reseal(db, keys, table, each, secrets)
            yield f"{table.__tablename__} {each}", outcome


def _reseal(db: Session, keys: Keyring, table: Sealed, number: int | None, secrets: tuple[str, ...]) -> Outcome:
    row: Any = db.get(table, number, with_for_update=True)
    if row is None or all(keys.is_newest(getattr(row, f"{name}_sealed")) for name in secrets):
        return Outcome.CURRENT
    place = (table.__tablename__, number)
    try:
        opened = {name: keys.open(getattr(row, f"{name}_sealed"), *place, name) for name in secrets}
    except CannotOpen:
        return Outcome.CANNOT_OPEN
    for name, text in opened.items():
        setattr(row, f"{name}_sealed", keys.seal(text, *place, name))
    return Outcome.SEALED
