"""Copies that are foreign, damaged or forged, refused by what is wrong with them."""

import json
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from monitor.errors import UserError
from monitor.store.activities import write_activities
from monitor.store.people import Person, add_runner
from monitor.store.tables import Coverage
from tests.builders import activities
from tests.jobs.conftest import NOW, World
from tests.jobs.copies import YESTERDAY, ada, changed, exported, lived, member, read_back, world

__all__ = ["ada", "lived", "world"]


DAMAGED = [
    ({"manifest": b"{}"}, "hamwatch-export.json is not the manifest of a Hamwatch export"),
    ({"manifest": b'{"format": "other", "version": 1}'}, "hamwatch-export.json is not the manifest"),
    ({"manifest": b'{"format": "hamwatch-export", "version": 2}'}, "hamwatch-export.json is not of version 1"),
    ({"manifest": b'{"format": "hamwatch-export", "version": 1}'}, "hamwatch-export.json cannot be read"),
    ({"manifest": b"\xff{"}, "hamwatch-export.json is no JSON"),
    ({"activity": b"[]"}, "json/activity.json is not as it was written"),
    ({"injury": b"["}, "json/injury.json is not as it was written"),
]


@pytest.mark.parametrize(("files", "says"), DAMAGED, ids=[says for _, says in DAMAGED])
def test_a_foreign_or_damaged_export_is_refused_by_name(
    world: World, ada: Person, tmp_path: Path, files: dict[str, bytes], says: str
) -> None:
    with pytest.raises(UserError, match=says):
        read_back(world, changed(exported(world, ada), **files), tmp_path)
    with world.context.database.reading() as db:
        assert db.exec(select(Coverage).where(Coverage.runner_id != ada.id)).all() == []


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"distance_m": -1}, "negative"),
    ({"climb_m": 10}, ""),
    ({"rpe": "NaN"}, "a number that is none"),
    ({"start": "2026-09-01T06:00:00"}, "without a time zone"),
    ({"flags": ["NO_SUCH"]}, "a flag that is not known"),
    ({"origin": "elsewhere"}, "cannot be read at origin"),
    ({"origin": "check-in"}, "an activity that came from nowhere"),
    ({"start": "2036-09-01T06:00:00+00:00"}, "in the future"),
]


@pytest.mark.parametrize(("field", "says"), WRONG, ids=[str(field) for field, _ in WRONG])
def test_an_activity_that_cannot_be_is_refused_whoever_wrote_it(
    world: World, tmp_path: Path, field: dict[str, Any], says: str
) -> None:
    import hashlib

    with world.context.database.writing() as db:
        person = add_runner(db, "Ada", "ada@example.org", "UTC", None, NOW)
        write_activities(db, person.id, activities("5", YESTERDAY), NOW)
    content = exported(world, person)
    forged = json.dumps([member(content, "json/activity.json")[0] | field]).encode()
    manifest = member(content, "hamwatch-export.json")
    manifest["sha256"]["json/activity.json"] = hashlib.sha256(forged).hexdigest()
    content = changed(content, activity=forged, manifest=json.dumps(manifest).encode())
    if not says:
        assert read_back(world, content, tmp_path)[1].new == 1
        return
    with pytest.raises(UserError, match=says):
        read_back(world, content, tmp_path)
