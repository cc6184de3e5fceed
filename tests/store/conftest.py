"""Two runners in an empty database, on either engine."""

import pytest

from monitor.store.database import Database
from monitor.store.people import add_runner
from tests.store.made import NOW


@pytest.fixture
def ann(either: Database) -> int:
    """The id of a runner in Paris."""
    with either.writing() as db:
        return add_runner(db, "Ann", "ann@example.org", "Europe/Paris", "Harriers", NOW).id


@pytest.fixture
def bob(either: Database, ann: int) -> int:
    """The id of a second runner, in New York."""
    with either.writing() as db:
        return add_runner(db, "Bob", "bob@example.org", "America/New_York", "Harriers", NOW).id
