"""runner disconnect, runner erase, export, strava, keys, as a person types them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from monitor.model import Origin
from monitor.rules.freshness import Access
from monitor.store.connections import connect, connection, held_tokens, note_access
from monitor.store.database import Database
from monitor.store.people import add_runner
from monitor.store.sealing import keyring
from tests.cli.conftest import NOW, Hamwatch

LOG = "8 - 8 - 10 - - " * 6
OLD, NEW = "an old secret of thirty-two characters", "a newer secret of more than 32 characters"
RunnerWith = Callable[[str], int]


def connected(database: Database, runner_id: int) -> None:
    with database.writing() as db:
        tokens = {"access": "an-access-token", "refresh": "a-refresh-token", "expires_at": NOW}
        connect(db, keyring([OLD]), runner_id, athlete_id=7, scope="activity:read", now=NOW, **tokens)  # type: ignore[arg-type]


def test_a_runner_is_erased_only_when_asked_for_twice(hamwatch: Hamwatch, runner_with: RunnerWith) -> None:
    runner_with(LOG)
    assert "add --yes" in hamwatch("runner erase 1").complaint
    assert len(hamwatch("runner list --json").json) == 1


def test_an_erased_runner_is_gone_and_the_confirmation_lies_in_the_spool(
    hamwatch: Hamwatch, runner_with: RunnerWith, folder: Path
) -> None:
    runner_with(LOG)
    assert hamwatch("runner erase 1 --yes").out == "runner 1: erased\n"
    assert hamwatch("runner list --json").json == []
    assert "no runner 1" in hamwatch("metrics --runner 1").complaint
    (mail,) = (folder / "spool").glob("*.eml")
    assert "ann@example.org" in mail.read_text()


def test_who_is_not_connected_cannot_be_disconnected(hamwatch: Hamwatch, runner_with: RunnerWith) -> None:
    runner_with(LOG)
    assert "no Strava account" in hamwatch("runner disconnect 1").complaint
    assert "no runner 9" in hamwatch("runner disconnect 9").complaint


def test_disconnecting_works_while_strava_does_not_answer(
    hamwatch: Hamwatch, runner_with: RunnerWith, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    runner_id = runner_with(LOG)
    connected(database, runner_id)
    monkeypatch.setenv("HAMWATCH_SECRET_KEY", OLD)
    monkeypatch.setenv("HAMWATCH_STRAVA__BASE_URL", "http://127.0.0.1:9")  # nobody listens at the discard port
    assert hamwatch("runner disconnect 1").out == "runner 1: disconnected from Strava\n"
    with database.reading() as db:
        assert connection(db, runner_id) is None


def test_what_is_exported_and_imported_again_gives_the_same_metrics(
    hamwatch: Hamwatch, runner_with: RunnerWith, folder: Path
) -> None:
    runner_with(LOG)
    assert hamwatch("export --runner 1 --out copy.zip").out.startswith("copy.zip: ")
    hamwatch("runner add Bea --email bea@example.org")
    assert hamwatch("import copy.zip --runner 2").out.startswith("read 18, new 18, changed 0")
    assert hamwatch("import copy.zip --runner 2").out.startswith("read 18, new 0, changed 0, duplicate 18")
    assert hamwatch("metrics --runner 2").out == hamwatch("metrics --runner 1").out != ""


def test_an_export_that_cannot_be_written_is_told(hamwatch: Hamwatch, runner_with: RunnerWith) -> None:
    runner_with(LOG)
    assert "cannot be written" in hamwatch("export --runner 1 --out nowhere/copy.zip").complaint
    assert "no runner 2" in hamwatch("export --runner 2 --out copy.zip").complaint


def test_keys_are_rotated_and_the_old_one_dropped(
    hamwatch: Hamwatch, runner_with: RunnerWith, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    runner_id = runner_with(LOG)
    connected(database, runner_id)
    monkeypatch.setenv("HAMWATCH_SECRET_KEY", f"{NEW},{OLD}")
    assert hamwatch("keys rotate").out == "1 sealed with the newest key, 0 were already\n"
    monkeypatch.setenv("HAMWATCH_SECRET_KEY", NEW)
    assert hamwatch("keys rotate").out == "0 sealed with the newest key, 1 were already\n"
    with database.reading() as db:
        assert held_tokens(db, keyring([NEW]), runner_id).access == "an-access-token"


def test_a_token_that_no_key_opens_is_named(
    hamwatch: Hamwatch, runner_with: RunnerWith, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    connected(database, runner_with(LOG))
    monkeypatch.setenv("HAMWATCH_SECRET_KEY", NEW)
    answer = hamwatch("keys rotate")
    assert (answer.code, "connection 1: no key at hand opens it" in answer.out) == (1, True)
    assert "1 did not open" in answer.err


def test_the_brake_is_released_by_hand(hamwatch: Hamwatch, database: Database) -> None:
    assert "not on" in hamwatch("strava release").complaint
    with database.writing() as db:
        people = [add_runner(db, f"R{n}", f"r{n}@example.org", "UTC", None, NOW).id for n in range(5)]
        for runner_id in people:
            tokens = {"access": "a", "refresh": "r", "expires_at": NOW}
            connect(db, keyring([OLD]), runner_id, athlete_id=runner_id, scope="", now=NOW, **tokens)  # type: ignore[arg-type]
            note_access(db, runner_id, Access.REVOKED, NOW, "")
    assert "deletions are held back" in hamwatch("status").out
    assert hamwatch("strava release").out == "brake lifted: 5 runners are told\n"
    assert "deletions are held back" not in hamwatch("status").out


def test_files_of_the_runners_own_stay_files(hamwatch: Hamwatch, runner_with: RunnerWith, database: Database) -> None:
    from monitor.store.activities import stored_activities

    runner_id = runner_with(LOG)
    connected(database, runner_id)
    hamwatch("runner disconnect 1")
    with database.reading() as db:
        assert {run.origin for run in stored_activities(db, runner_id)} == {Origin.EXPORT}
