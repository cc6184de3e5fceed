"""Copies of the database, and the road back from one."""

import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from monitor.errors import ConfigError
from monitor.model import Origin
from monitor.store.activities import stored_activities, write_activities
from monitor.store.backup import back_up, backups, check, copies
from monitor.store.connections import connection
from monitor.store.consents import Subject, consent, give, team_wording, withdraw
from monitor.store.database import Database
from monitor.store.heartbeats import beat
from monitor.store.migrate import open_current
from monitor.store.people import add_runner, people
from monitor.store.restore import Restored, alive, erasures, list_erased, restore
from monitor.store.strava_tables import Tombstone
from monitor.store.tables import Runner
from monitor.watch import Part
from tests.builders import activities
from tests.store.made import NOW, connected

DAY = timedelta(days=1)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A database with Ann and Bob in it."""
    file = tmp_path / "club.db"
    database = open_current(url(file))
    join(database, "Ann")
    join(database, "Bob")
    database.close()
    return file


def url(file: Path) -> str:
    return f"sqlite:///{file}"


def join(database: Database, name: str) -> int:
    with database.writing() as db:
        return add_runner(db, name, f"{name.lower()}@example.org", "UTC", None, NOW).id


def erase(file: Path, runner_id: int, at: datetime = NOW) -> None:
    """As `leaving.erase` leaves it."""
    database = open_current(url(file))
    with database.writing() as db:
        db.add(Tombstone(runner_id=runner_id, at=at))
        db.delete(db.get_one(Runner, runner_id))
    database.close()


def names(file: Path) -> list[str]:
    database = open_current(url(file))
    with database.reading() as db:
        found = [each.name for each in people(db)]
    database.close()
    return found


def test_a_copy_holds_what_the_database_held_while_somebody_writes_to_it(place: Path, tmp_path: Path) -> None:
    database = open_current(url(place))
    with database.reading() as db:
        people(db)
        copy = back_up(url(place), tmp_path / "copies", NOW, keep=7)
    database.close()
    assert names(copy) == names(place) == ["Ann", "Bob"]


def test_only_its_owner_may_read_a_copy(place: Path, tmp_path: Path) -> None:
    copy = back_up(url(place), tmp_path / "copies", NOW, keep=7)
    assert (copy.stat().st_mode & 0o777, copy.parent.stat().st_mode & 0o777) == (0o600, 0o700)


def test_so_many_copies_are_kept_the_newest(place: Path, tmp_path: Path) -> None:
    folder = tmp_path / "copies"
    made = [back_up(url(place), folder, NOW + n * DAY, keep=2) for n in range(3)]
    assert copies(folder) == made[1:]
    found = backups(folder)
    assert found
    assert (found.newest, found.count) == (NOW + 2 * DAY, 2)


def test_no_copy_is_no_state(tmp_path: Path) -> None:
    assert backups(tmp_path / "nowhere") is None


def test_what_was_deleted_is_not_in_a_copy(place: Path, tmp_path: Path) -> None:
    """Most builds of SQLite keep it in pages that are no longer used."""
    with closing(sqlite3.connect(place)) as db, db:
        db.execute("PRAGMA secure_delete = OFF")
        db.execute("DELETE FROM runner WHERE id = 1")
    copy = back_up(url(place), tmp_path / "copies", NOW, keep=7)
    assert b"ann@example.org" in place.read_bytes()
    assert b"ann@example.org" not in copy.read_bytes()


def test_a_copy_that_cannot_be_made_leaves_nothing_that_looks_like_one(place: Path, tmp_path: Path) -> None:
    damage(place)
    with pytest.raises(ConfigError, match=r"no copy|damaged|no database"):
        back_up(url(place), tmp_path / "copies", NOW, keep=7)
    assert list((tmp_path / "copies").iterdir()) == []


def test_what_was_killed_on_its_way_is_no_copy_and_the_next_one_clears_it_away(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """I1, mid_backup_rename: the name comes last."""
    folder = tmp_path / "copies"
    monkeypatch.setattr("monitor.store.backup.settle", interrupted)
    monkeypatch.setattr(Path, "exists", lambda _: False)  # killed, it could not clear up either
    with pytest.raises(KeyboardInterrupt):
        back_up(url(place), folder, NOW, keep=7)
    monkeypatch.undo()
    assert [file.suffix for file in folder.iterdir()] == [".part"]
    assert backups(folder) is None
    copy = back_up(url(place), folder, NOW + DAY, keep=7)
    assert list(folder.iterdir()) == [copy]


def interrupted(*_: object) -> None:
    raise KeyboardInterrupt


def test_a_database_that_is_no_file_is_copied_by_its_server(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="pg_dump"):
        back_up("postgresql+psycopg://club@db/hamwatch", tmp_path, NOW, keep=7)


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\0" + b"x" * 5_000])
def test_a_file_that_is_no_database_is_not_put_back(place: Path, tmp_path: Path, content: bytes) -> None:
    strange = tmp_path / "strange.db"
    strange.write_bytes(content)
    with pytest.raises(ConfigError, match="no database"):
        restore(strange, place)
    assert names(place) == ["Ann", "Bob"]


def test_a_copy_is_put_back_and_the_old_database_is_kept_beside_it(place: Path, tmp_path: Path) -> None:
    """S7."""
    copy = back_up(url(place), tmp_path / "copies", NOW, keep=7)
    damage(place)
    assert restore(copy, place) == Restored(erased=0, consents=0)
    check(place)
    assert names(place) == ["Ann", "Bob"]
    assert (tmp_path / "club.db.replaced").exists()


def test_whoever_was_erased_since_the_copy_stays_erased(place: Path, tmp_path: Path) -> None:
    """S7."""
    copy = back_up(url(place), tmp_path / "copies", NOW, keep=7)
    erase(place, 1)
    assert restore(copy, place).erased == 1
    assert names(place) == ["Bob"]
    assert b"ann@example.org" not in place.read_bytes()


def test_whoever_was_erased_stays_so_where_the_database_that_knew_it_is_lost(place: Path, tmp_path: Path) -> None:
    """S7."""
    folder = tmp_path / "copies"
    copy = back_up(url(place), folder, NOW, keep=7)
    erase(place, 1, NOW + DAY)
    database = open_current(url(place))
    with database.reading() as db:
        list_erased(folder, erasures(db))
    database.close()
    place.unlink()
    assert restore(copy, place).erased == 1
    assert names(place) == ["Bob"]


def test_a_word_taken_back_since_the_copy_stays_taken_back(place: Path, tmp_path: Path) -> None:
    """S7: and what came from Strava goes with the word that brought it."""
    wording = team_wording(strava_is_shared=False)
    database = open_current(url(place))
    with database.writing() as db:
        connected(db, 1)
        write_activities(db, 1, activities("10 - 12", origin=Origin.STRAVA), NOW)
        give(db, 1, Subject.TEAM, wording, NOW)
    copy = back_up(url(place), tmp_path / "copies", NOW, keep=7)
    with database.writing() as db:
        withdraw(db, 1, Subject.TEAM, NOW + DAY)
        withdraw(db, 1, Subject.STRAVA, NOW + DAY)
        give(db, 2, Subject.TEAM, wording, NOW + DAY)
    database.close()
    assert restore(copy, place) == Restored(erased=0, consents=3)
    database = open_current(url(place))
    with database.reading() as db:
        assert [consent(db, 1, subject) for subject in (Subject.TEAM, Subject.STRAVA)] == [None, None]
        assert consent(db, 2, Subject.TEAM) is not None
        assert (connection(db, 1), stored_activities(db, 1)) == (None, [])
    database.close()
    assert restore(copy, place) == Restored(erased=0, consents=3)  # once more: nothing is said twice


def test_a_number_that_somebody_had_after_the_copy_is_nobody_elses(place: Path, tmp_path: Path) -> None:
    """Their links to their own pages still open the page of that number."""
    copy = back_up(url(place), tmp_path / "copies", NOW, keep=7)
    database = open_current(url(place))
    lost = join(database, "Cleo")
    database.close()
    restore(copy, place)
    database = open_current(url(place))
    assert join(database, "Dan") > lost
    database.close()


def test_the_journal_of_the_old_database_is_not_played_into_the_new_one(place: Path, tmp_path: Path) -> None:
    copy = back_up(url(place), tmp_path / "copies", NOW, keep=7)
    for part in ("-journal", "-wal"):
        place.with_name(f"club.db{part}").write_bytes(b"left by a crash")
    restore(copy, place)
    assert not place.with_name("club.db-journal").exists()
    assert not place.with_name("club.db-wal").exists()
    assert names(place) == ["Ann", "Bob"]


def test_what_gave_a_sign_of_life_is_seen_in_the_file(place: Path) -> None:
    database = open_current(url(place))
    with database.writing() as db:
        beat(db, Part.WORKER, NOW, DAY)
    database.close()
    assert alive(place, NOW - timedelta(seconds=1)) == ["worker"]
    assert alive(place, NOW) == alive(place.with_name("none.db"), NOW) == []


def damage(file: Path) -> None:
    """The second half of its pages is noise."""
    with closing(sqlite3.connect(file)) as db:
        db.execute("PRAGMA journal_mode = DELETE")
    content = file.read_bytes()
    file.write_bytes(content[: len(content) // 2] + b"\xa5" * (len(content) - len(content) // 2))
