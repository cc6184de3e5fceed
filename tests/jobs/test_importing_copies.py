"""What a runner took along, read back to the same numbers."""

import json
from pathlib import Path

from sqlmodel import select

from jobs import importing
from jobs.exporting import export
from monitor.model import Origin
from monitor.store.activities import stored_activities
from monitor.store.check_ins import check_ins
from monitor.store.held import held
from monitor.store.people import Person, add_runner
from monitor.store.tables import Coverage
from tests.jobs.conftest import NOW, World
from tests.jobs.copies import SORE, ada, changed, exported, lived, member, numbers, read_back, world

__all__ = ["ada", "lived", "world"]


def test_read_back_the_metrics_are_the_same_to_the_last_digit(world: World, ada: Person, tmp_path: Path) -> None:
    bea, _ = read_back(world, exported(world, ada), tmp_path)
    before = numbers(world, ada.id)
    assert before.count("\n") > 260
    assert ",,," in before  # days that nobody told
    assert numbers(world, bea) == before


def test_a_copy_of_a_copy_still_gives_the_same_metrics(world: World, ada: Person, tmp_path: Path) -> None:
    bea, _ = read_back(world, exported(world, ada), tmp_path)
    with world.context.database.reading() as db:
        again = export(db, bea, NOW)
    cleo, _ = read_back(world, again, tmp_path, "Cleo")
    assert numbers(world, cleo) == numbers(world, ada.id)


def test_what_strava_told_comes_back_as_the_runners_own_export(world: World, ada: Person, tmp_path: Path) -> None:
    bea, imported = read_back(world, exported(world, ada), tmp_path)
    with world.context.database.reading() as db:
        own = stored_activities(db, bea)
        spans = [row.origin for row in db.exec(select(Coverage).where(Coverage.runner_id == bea)).all()]
        rows = len(stored_activities(db, ada.id))
    assert {run.origin for run in own} == {Origin.EXPORT, Origin.RECORDING}
    assert sum(run.origin is Origin.RECORDING for run in own) == 4
    assert sorted(spans) == ["copied/2026-06-03", "export", "recording"]
    assert (imported.read, imported.new, imported.duplicate) == (rows, len(own), rows - len(own))


def test_injuries_events_profile_and_check_ins_come_back_once(world: World, ada: Person, tmp_path: Path) -> None:
    content = exported(world, ada)
    bea, _ = read_back(world, content, tmp_path)
    again = importing.run(world.context, tmp_path / "export.zip", bea, NOW)
    assert (again.new, again.changed) == (0, 0)
    with world.context.database.reading() as db:
        mine, theirs = held(db, bea), held(db, ada.id)
    for table in ("injury", "event", "profile", "check_in"):
        assert mine[table] == theirs[table] != []


def test_a_check_in_comes_back_as_it_was_told(world: World, ada: Person, tmp_path: Path) -> None:
    bea, _ = read_back(world, exported(world, ada), tmp_path)
    with world.context.database.reading() as db:
        assert check_ins(db, bea) == [SORE]


def test_a_copy_from_before_check_ins_were_asked_for_is_still_read(world: World, ada: Person, tmp_path: Path) -> None:
    content = exported(world, ada)
    manifest = member(content, "hamwatch-export.json")
    del manifest["sha256"]["json/check_in.json"]
    bea, _ = read_back(world, changed(content, manifest=json.dumps(manifest).encode()), tmp_path)
    with world.context.database.reading() as db:
        assert check_ins(db, bea) == []


def test_a_runner_of_whom_nothing_is_known_can_take_that_along(world: World, tmp_path: Path) -> None:
    with world.context.database.writing() as db:
        person = add_runner(db, "Ada", "ada@example.org", "UTC", None, NOW)
    _, imported = read_back(world, exported(world, person), tmp_path)
    assert (imported.read, imported.new) == (0, 0)
