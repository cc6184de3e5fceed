"""I1: killed while it writes to a real PostgreSQL, the product comes back to the store that it would have without."""

import signal
import uuid
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import pytest
import sqlalchemy as sa

from monitor.store.database import Database
from tests.conftest import administer
from tests.drills.club import Store, drill, stored

pytestmark = pytest.mark.drill


@pytest.fixture
def server(postgres: sa.URL, stack: ExitStack) -> Callable[[], str]:
    """Makes empty databases on a real PostgreSQL."""

    def make() -> str:
        name = f"k{uuid.uuid4().hex}"
        administer(postgres, f"CREATE DATABASE {name} TEMPLATE template")
        stack.callback(administer, postgres, f"DROP DATABASE {name} WITH (FORCE)")
        return postgres.set(database=name).render_as_string(hide_password=False)

    return make


def on_a_server(database: Database) -> Store:
    """The same rows, without the numbers that PostgreSQL gave them: it gives none twice, used or not."""
    unnumbered = {"id", "letter_id"}
    return {
        table: [{name: value for name, value in row.items() if name not in unnumbered} for row in rows]
        for table, rows in stored(database).items()
    }


PLACES_ON_A_SERVER = ["after_token_commit", "in_page_upsert", "after_outbox_insert", "after_smtp_250"]


@pytest.mark.postgres
def test_a_pass_on_postgresql_that_was_killed_is_made_up_for(
    server: Callable[[], str], tmp_path: Path, stack: ExitStack
) -> None:
    """I1, S9."""
    whole = drill(tmp_path, stack, server())
    assert whole.child("pass") == 0
    whole.go_on("pass")
    expected = on_a_server(whole.world.context.database)
    assert len(expected["activity"]) == 20
    for place in PLACES_ON_A_SERVER:
        club = drill(tmp_path, stack, server())
        assert club.child("pass", place) == -signal.SIGKILL, place
        club.go_on("pass")
        assert on_a_server(club.world.context.database) == expected, place
        assert len(set(club.arrived)) == 1, place
