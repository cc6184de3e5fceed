"""I1: killed while it brings the database up to date, the product does it again from the beginning."""

import re
import signal
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from monitor.store.database import Database, open_database
from monitor.store.migrate import migrate
from tests.drills.killed import MIGRATION_PLACES, ended
from tests.jobs.conftest import NOW
from tests.store.test_migrations import at_the_first_schema

pytestmark = pytest.mark.drill


@pytest.mark.parametrize("place", MIGRATION_PLACES)
def test_a_migration_that_was_killed_leaves_the_schema_as_it_was_and_is_done_again(place: str, tmp_path: Path) -> None:
    """I1, S8."""
    whole, cut = (at_the_first_schema(tmp_path / name) for name in ("whole.db", "cut.db"))
    first = contents(cut)
    assert ended("migration", {"database": {"url": str(cut.engine.url)}}, NOW, place) == -signal.SIGKILL
    assert contents(cut) == first
    for database in (cut, whole):
        migrate(database)
    assert contents(cut) == contents(whole) != first
    for database in (cut, whole):
        database.close()


def contents(database: Database) -> dict[str, Any]:
    """The schema and every row, as SQLite has them; in which order a table names its constraints is chance."""
    with open_database(str(database.engine.url)).reading() as db:
        tables = db.execute(sa.text("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")).all()
        rows = {name: db.execute(sa.text(f'SELECT * FROM "{name}"')).all() for name, sql in tables if "TABLE" in sql}
    return {"schema": {name: sorted(re.split(r",?\s*\n\s*", sql)) for name, sql in tables}, "rows": rows}
