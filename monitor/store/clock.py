"""One clock for all who share a database: what is due, and who holds it, must not depend on who looks."""

from collections.abc import Callable
from datetime import UTC, datetime

import sqlalchemy as sa

from monitor.store.database import Database


def shared_clock(database: Database, own: Callable[[], datetime]) -> Callable[[], datetime]:
    """PostgreSQL's clock, whichever machine asks; whoever uses a SQLite file stands on one machine, with its *own*."""
    if database.engine.dialect.name != "postgresql":
        return own

    def clock() -> datetime:
        with database.reading() as db:
            now: datetime = db.execute(sa.select(sa.func.clock_timestamp())).scalar_one()
        return now.astimezone(UTC)

    return clock
