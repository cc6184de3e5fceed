"""One way to write rows that may be there already, on SQLite and PostgreSQL alike."""

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel


def insert(db: Session, table: type[SQLModel]) -> Any:
    """An INSERT that knows ON CONFLICT, in the dialect of this session."""
    dialect = postgresql if db.get_bind().dialect.name == "postgresql" else sqlite
    return dialect.insert(columns(table))


def columns(table: type[SQLModel]) -> sa.Table:
    """The SQLAlchemy table behind a model."""
    return table.__table__  # type: ignore[attr-defined, no-any-return]


def upsert(db: Session, table: type[SQLModel], rows: Sequence[Mapping[str, Any]], key: Sequence[str]) -> None:
    """Write *rows*; a row whose *key* is there already gets the new values."""
    if not rows:
        return
    statement = insert(db, table)
    changed = {name: statement.excluded[name] for name in rows[0] if name not in key}
    db.execute(statement.on_conflict_do_update(index_elements=list(key), set_=changed), list(rows))
