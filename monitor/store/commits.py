"""Whether anything was written since somebody looked last: the database's own count of commits, no query of ours."""

from threading import Lock
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine

_VISIBLE = sa.text("SELECT pg_current_snapshot()::text")  # while the same transactions are seen, so are the same rows
_COUNTED = "PRAGMA data_version"


class Commits:
    """Call it: what it returns is another after every commit, whoever made it, in this process or elsewhere.

    It may be another where nothing was written, too, and tells something only beside what this object returned before.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine, self._taken = engine, Lock()
        self._watching: Any = None  # SQLite tells a connection of the commits of others: this one never writes

    def __call__(self) -> object:
        if self._engine.dialect.name == "postgresql":
            with self._engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
                return connection.scalar(_VISIBLE)
        with self._taken:
            if self._watching is None:
                self._watching = self._engine.raw_connection()
                self._watching.detach()
            return self._watching.dbapi_connection.execute(_COUNTED).fetchone()[0]

    def close(self) -> None:
        if self._watching is not None:
            self._watching.close()
            self._watching = None
