"""T3: two machines whose clocks differ do not both hold a runner."""

from datetime import UTC, datetime, timedelta

import pytest

from monitor.store.clock import shared_clock
from monitor.store.database import Database
from monitor.store.due import by_hand, passes_now
from tests.store.made import NOW

pytestmark = pytest.mark.dialect

SKEWS = [timedelta(minutes=11), timedelta(minutes=-11), timedelta(days=1), timedelta(days=-1)]


@pytest.mark.parametrize("skew", SKEWS, ids=str)
def test_who_shares_a_database_on_several_machines_goes_by_its_clock(
    either: Database, ann: int, skew: timedelta
) -> None:
    """T3: each lasts ten minutes, and a machine whose clock is a day ahead must not think that one is over."""
    if either.engine.dialect.name == "sqlite":
        pytest.skip("whoever shares a SQLite file stands on one machine")
    here, there = (shared_clock(either, lambda own=own: own) for own in (NOW, NOW + skew))
    with by_hand(either, ann, here, "here") as mine, by_hand(either, ann, there, "there") as theirs:
        assert (mine, theirs) == (True, False)
        assert list(passes_now(either, there, "there")) == []


def test_on_one_machine_the_clock_is_its_own(database: Database) -> None:
    assert shared_clock(database, lambda: NOW)() == NOW


def test_the_clock_of_a_server_goes_on_within_a_transaction_and_is_utc(either: Database) -> None:
    before, after = (shared_clock(either, lambda: datetime.now(UTC))() for _ in range(2))
    assert before < after
    assert before.tzinfo is UTC
