"""backup and restore, as a person types them."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from monitor.store.database import Database
from monitor.store.heartbeats import beat
from monitor.watch import Part
from tests.cli.conftest import NOW, Hamwatch

LOG = "8 - 8 - 10"
RunnerWith = Callable[[str], int]


def test_a_copy_is_made_and_put_back_without_whom_was_erased_since(
    hamwatch: Hamwatch, runner_with: RunnerWith, folder: Path
) -> None:
    runner_with(LOG)
    copy = hamwatch("backup").out.strip()
    assert copy == "backups/hamwatch-2026-11-22T090000Z.db"
    hamwatch("runner add Bob --email bob@example.org")
    assert hamwatch("runner erase 1 --yes").code == 0
    told = hamwatch("restore", copy)
    assert "made since the copy, and repeated: 1 erasures, 0 consents given or withdrawn; all else" in told.out
    assert hamwatch("runner list --json").json == []  # Ann was erased, Bob came later
    assert (folder / "hamwatch.db.replaced").exists()


def test_nothing_is_replaced_under_a_running_product(
    hamwatch: Hamwatch, runner_with: RunnerWith, database: Database
) -> None:
    runner_with(LOG)
    copy = hamwatch("backup").out.strip()
    with database.writing() as db:
        beat(db, Part.WORKER, NOW - timedelta(seconds=10), timedelta(seconds=45))
    assert hamwatch("restore", copy).complaint == "Hamwatch is running (worker): stop it, wait a minute, then restore"
    assert hamwatch("restore", copy, now=NOW + timedelta(minutes=1)).code == 0


def test_what_is_no_copy_is_named(hamwatch: Hamwatch, runner_with: RunnerWith, folder: Path) -> None:
    runner_with(LOG)
    (folder / "notes.db").write_text("shopping list")
    assert "notes.db is no database of Hamwatch's" in hamwatch("restore notes.db").complaint
