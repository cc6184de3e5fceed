"""Copies of all that is held of a runner: made, opened, changed, read back."""

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

from jobs import importing
from jobs.exporting import export
from jobs.importing import Imported
from monitor.load.metrics import metrics
from monitor.model import Event, EventKind, Flag, Injury, Origin, Site
from monitor.sandbox.plan import easy
from monitor.store.activities import extend_coverage, quarantine, stored_activities, write_activities
from monitor.store.check_ins import save_check_in
from monitor.store.consents import Subject, give
from monitor.store.database import open_database
from monitor.store.exposures import write_exposures
from monitor.store.log import add_event, add_injury, set_profile
from monitor.store.people import Person, add_runner
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
    """A world with all sorts of Ada in it, lived through once and copied for each test."""
    file = Path(shutil.copy(empty_file, tmp_path_factory.mktemp("lived")))
    with closing(open_database(f"sqlite:///{file}")) as database, world_of(database) as world:
        yield world, file, with_all_sorts(world)


@pytest.fixture
def world(lived: Lived, tmp_path: Path) -> Iterator[World]:
    """A copy of it for modules that import this and `lived`; what they ask of Strava, the one sandbox answers."""
    before, file, _ = lived
    with closing(open_database(f"sqlite:///{shutil.copy(file, tmp_path)}")) as database:
        yield replace(before, context=replace(before.context, database=database), sent=[])


@pytest.fixture
def ada(lived: Lived) -> Person:
    return lived[2]


def with_all_sorts(world: World) -> Person:
    """Ada: runs from Strava with samples, the same runs as files, older files, a stretch that nobody told, a ride."""
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
