"""All that is held, taken along as a .zip, and read back to the same numbers."""

import csv
import io
import json
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from jobs import importing
from jobs.exporting import export
from jobs.importing import Imported
from monitor.errors import UserError
from monitor.load.metrics import metrics
from monitor.model import Event, EventKind, Flag, Injury, Origin, Site
from monitor.sandbox.plan import easy
from monitor.store.activities import extend_coverage, quarantine, stored_activities, write_activities
from monitor.store.check_ins import check_ins, save_check_in
from monitor.store.consents import Subject, give
from monitor.store.database import open_database
from monitor.store.exposures import write_exposures
from monitor.store.held import held
from monitor.store.log import add_event, add_injury, set_profile
from monitor.store.people import Person, add_runner
from monitor.store.tables import Coverage
from monitor.store.training import training_log
from monitor.symptoms.patterns import Trait
from monitor.symptoms.red_flags import RedFlag
from tests.builders import activities
from tests.builders import held as contained
from tests.jobs.conftest import NOW, SPIKE_YESTERDAY, TODAY, World, world_of
from tests.symptoms.told import told

SORE = told(Trait.SIT_BONE, pain=5, flags=frozenset({RedFlag.LIMP}), sleep_h=6.5, fuelling_concern=False)
YESTERDAY = (TODAY - timedelta(days=1)).date()


Lived = tuple[World, Path, Person]


@pytest.fixture(scope="module")
def lived(empty_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lived]:
    """Ada's months, lived once and copied for each test."""
    file = Path(shutil.copy(empty_file, tmp_path_factory.mktemp("lived")))
    with closing(open_database(f"sqlite:///{file}")) as database, world_of(database) as world:
        yield world, file, months(world)


@pytest.fixture
def world(lived: Lived, tmp_path: Path) -> Iterator[World]:
    before, file, _ = lived
    with closing(open_database(f"sqlite:///{shutil.copy(file, tmp_path)}")) as database:
        yield replace(before, context=replace(before.context, database=database), sent=[])


@pytest.fixture
def ada(lived: Lived) -> Person:
    return lived[2]


def months(world: World) -> Person:
    """Runs from Strava with samples, the same runs as files, older files, a stretch that nobody told, a ride."""
    athlete = world.athlete(SPIKE_YESTERDAY)
    athlete.record(TODAY - timedelta(days=3, hours=-15), easy(3_000))
    person = world.join(athlete)
    world.ask_for_samples()
    world.one_pass()
    spring = activities("6 8 - 10", date(2026, 1, 5), origin=Origin.EXPORT)
    older = activities("7 - 9", date(2026, 3, 2), origin=Origin.RECORDING)
    with world.context.database.writing() as db:
        from_strava = [run for run in stored_activities(db, person.id) if run.is_run][-4:]
        # A file counts before its copy on Strava although it has no heart rate, and tells another distance.
        files = [
            replace(
                run,
                origin=Origin.RECORDING,
                origin_id=f"file-{n}",
                distance_m=(run.distance_m or 0) + 400,
                average_heartrate_bpm=None,
                max_heartrate_bpm=None,
            )
            for n, run in enumerate(from_strava[:2])
        ]
        # The export knows it by Strava's number, but not how far it was.
        blank = replace(from_strava[2], origin=Origin.EXPORT, distance_m=None, flags=frozenset({Flag.NO_DISTANCE}))
        ride = replace(from_strava[3], sport="Ride", origin_id="ride")
        edited = replace(from_strava[3], name="Edited since its samples were read")
        write_activities(db, person.id, [*spring, *older, *files, blank, ride, edited], NOW)
        for origin, runs in ((Origin.EXPORT, spring), (Origin.RECORDING, older)):
            extend_coverage(db, person.id, origin, [run.day for run in runs])
        write_exposures(db, person.id, [(spring[0].key, contained(sprint_m=120, best_5k_s=1500))], NOW)
        quarantine(db, person.id, Origin.STRAVA, [("7", "no start", "ab", 3)], NOW)
        give(db, person.id, Subject.TEAM, "2026-11", NOW)
        set_profile(db, person.id, fast_mps=4.5, max_heartrate_bpm=190, resting_heartrate_bpm=50, sex="women")
        add_injury(db, person.id, Injury(Site.HAMSTRING, "left", date(2026, 8, 1), date(2026, 8, 20)))
        add_event(db, person.id, Event(EventKind.HOLIDAY, date(2026, 9, 1), date(2026, 9, 5)))
        save_check_in(db, person.id, SORE, NOW)
    return person


def exported(world: World, person: Person) -> bytes:
    with world.context.database.reading() as db:
        return export(db, person.id, NOW)


def read_back(world: World, content: bytes, folder: Path, name: str = "Bea") -> tuple[int, Imported]:
    """Another runner, into whose history the .zip is imported."""
    file = folder / "export.zip"
    file.write_bytes(content)
    with world.context.database.writing() as db:
        bea = add_runner(db, name, "bea@example.org", "UTC", None, NOW).id
    return bea, importing.run(world.context, file, bea, NOW)


def numbers(world: World, runner_id: int) -> str:
    """What `hamwatch metrics` prints, to the last digit."""
    with world.context.database.reading() as db:
        history = training_log(db, runner_id).history
    assert history
    return str(metrics(history).to_csv())


def member(content: bytes, name: str) -> Any:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        text = archive.read(name).decode()
    return json.loads(text) if name.endswith(".json") else list(csv.DictReader(io.StringIO(text)))


def changed(content: bytes, **files: bytes) -> bytes:
    """The same .zip with other content behind the keys `table` → json/table.json, `manifest`."""
    names = {key: "hamwatch-export.json" if key == "manifest" else f"json/{key}.json" for key in files}
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(packed, "w") as new:
        for name in old.namelist():
            key = next((key for key, value in names.items() if value == name), None)
            new.writestr(name, files[key] if key else old.read(name))
    return packed.getvalue()


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


def test_everything_held_is_told_but_no_token(world: World, ada: Person) -> None:
    content = exported(world, ada)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = set(archive.namelist())
        whole = b"\n".join(archive.read(name) for name in names)
    tables = (
        "runner profile consent connection activity exposure coverage finding injury event letter quarantine check_in"
    )
    told = tables.split()
    assert {f"{kind}/{table}.{kind}" for table in told for kind in ("csv", "json")} <= names
    assert {"README.txt", "csv/metrics.csv", "hamwatch-export.json"} <= names
    assert [table for table in told if not member(content, f"json/{table}.json")] == []
    for grant in (*world.sandbox.tokens.access_tokens, *world.sandbox.tokens.refresh_tokens):
        assert grant.encode() not in whole
    assert b"sealed" not in whole
    assert "json/letter_about.json" not in names  # it holds row numbers alone
    (runner,) = member(content, "json/runner.json")
    assert (runner["name"], runner["email"], runner["team"]) == ("Ada Test", "ada@example.org", "Team")
    assert member(content, "json/connection.json")[0]["athlete_id"] == 1
    assert "beyond your longest" in member(content, "json/letter.json")[0]["text"]
    assert len(member(content, "csv/metrics.csv")) > 260


def test_nothing_of_another_runner_is_told(world: World, ada: Person) -> None:
    stranger = world.athlete(SPIKE_YESTERDAY)
    stranger.first_name, stranger.email = "Zebulon", "zebulon@canary.example"
    world.join(stranger)
    world.one_pass()
    with zipfile.ZipFile(io.BytesIO(exported(world, ada))) as archive:
        assert [name for name in archive.namelist() if b"ebulon" in archive.read(name)] == []


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"])
def test_no_text_in_a_table_is_a_formula(world: World, name: str) -> None:
    with world.context.database.writing() as db:
        person = add_runner(db, "Ada", "ada@example.org", "UTC", None, NOW)
        write_activities(db, person.id, activities("5", YESTERDAY, name=name), NOW)
    (row,) = member(exported(world, person), "csv/activity.csv")
    assert row["name"] == "'" + name
    assert row["distance_m"] == "5000"
    assert member(exported(world, person), "json/activity.json")[0]["name"] == name


def test_a_negative_number_stays_a_number(world: World) -> None:
    with world.context.database.writing() as db:
        person = add_runner(db, "Ada", "ada@example.org", "UTC", None, NOW)
        write_activities(db, person.id, activities("5", YESTERDAY, climb_m=-3.5), NOW)
    assert member(exported(world, person), "csv/activity.csv")[0]["climb_m"] == "-3.5"


def test_a_runner_of_whom_nothing_is_known_can_take_that_along(world: World, tmp_path: Path) -> None:
    with world.context.database.writing() as db:
        person = add_runner(db, "Ada", "ada@example.org", "UTC", None, NOW)
    _, imported = read_back(world, exported(world, person), tmp_path)
    assert (imported.read, imported.new) == (0, 0)


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
