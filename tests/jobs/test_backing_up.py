"""The daily copy of the database."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from jobs import backing_up, leaving
from jobs.context import Context
from jobs.start import start
from monitor.errors import ConfigError
from monitor.settings import without_environment
from monitor.store.backup import backups, copies
from monitor.store.heartbeats import beats
from monitor.store.people import add_runner
from monitor.watch import Part
from tests.jobs.conftest import NOW

HOUR = timedelta(hours=1)


@pytest.fixture
def product(tmp_path: Path) -> Iterator[Context]:
    settings = without_environment(
        {
            "secret_key": "a secret of at least thirty-two characters",
            "database": {"url": f"sqlite:///{tmp_path / 'hamwatch.db'}", "backups": tmp_path / "backups"},
            "mail": {"spool": tmp_path / "spool"},
        }
    )
    made = start(settings, lambda: NOW)
    yield made
    made.database.close()


def where(product: Context) -> Path:
    return product.settings.database.backups


def test_the_database_is_copied_once_a_day_and_that_is_noted(product: Context) -> None:
    for hours in (0, 1, 23, 24, 25):
        backing_up.run(product, NOW + hours * HOUR)
    assert len(copies(where(product))) == 2
    with product.database.reading() as db:
        assert beats(db)[Part.COPIES] == NOW + 24 * HOUR


def test_none_is_made_where_none_are_wanted(product: Context) -> None:
    database = product.settings.database.model_copy(update={"keep_backups": 0})
    backing_up.run(replace(product, settings=product.settings.model_copy(update={"database": database})), NOW)
    assert not where(product).exists()


def test_a_copy_that_failed_is_no_sign_of_life(product: Context, tmp_path: Path) -> None:
    where(product).write_text("a file in the folder's place")
    with pytest.raises(ConfigError, match="no copy of"):
        backing_up.run(product, NOW)
    with product.database.reading() as db:
        assert Part.COPIES not in beats(db)


def test_whoever_is_erased_is_noted_beside_the_copies_at_once(product: Context) -> None:
    with product.database.writing() as db:
        ann = add_runner(db, "Ann", "ann@example.org", "UTC", None, NOW).id
    backing_up.run(product, NOW)
    leaving.erase(product, ann, NOW + HOUR)
    assert (where(product) / "erased.txt").read_text() == f"{ann} {(NOW + HOUR).isoformat()}\n"


def test_without_a_copy_nobody_is_noted_anywhere(product: Context) -> None:
    with product.database.writing() as db:
        ann = add_runner(db, "Ann", "ann@example.org", "UTC", None, NOW).id
    leaving.erase(product, ann, NOW)
    assert backups(where(product)) is None
    assert not where(product).exists()
