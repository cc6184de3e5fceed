"""A runner's recordings into their history: alone, as a folder, and as named by a bulk export."""

import zipfile
from datetime import timedelta

import pytest

from jobs import importing
from monitor.errors import UserError
from monitor.model import Flag, Origin
from monitor.store.activities import told_of
from monitor.store.exposures import stored_exposures
from monitor.store.people import add_runner
from tests.jobs.conftest import NOW
from tests.sources.fit_samples import COURSE, CYCLING, TREADMILL, file_id, fit, fit_run, records
from tests.sources.recording_samples import START, Moment, gpx, steady, tcx

RUN = steady(1_200, speed=3.0, every=1, heartrate=150, altitude=100)
RIDE = steady(1_200, speed=8.0, every=1)
HEADER = "Activity ID,Activity Date,Activity Name,Activity Type,Moving Time,Distance,Filename"


@pytest.fixture
def ada(world):
    with world.context.database.writing() as db:
        return add_runner(db, "Ada", "ada@example.org", "Europe/Paris", None, NOW)


@pytest.fixture
def take(world, ada):
    """Import a path for Ada."""
    return lambda path: importing.run(world.context, path, ada.id, NOW)


@pytest.fixture
def exposures(world, ada):
    """What is known of the samples of Ada's runs, by the id of the run."""

    def known():
        with world.context.database.reading() as db:
            return {key[1]: found for key, found in stored_exposures(db, ada.id).items()}

    return known


def counts(imported):
    return (imported.read, imported.new, imported.changed, imported.duplicate, len(imported.refused), imported.samples)


def put(folder, **files: bytes):
    """Files in a folder; `run_fit` is run.fit."""
    for name, content in files.items():
        (folder / name.replace("_", ".")).write_bytes(content)
    return folder


def row(number: int, filename: str, sport: str = "Run") -> str:
    """A row of an export: a run of 1,200 s over 3,600 m."""
    return f"{number},2026-08-02 17:30:0{number},Round the lake,{sport},1200,3600,{filename}"


def exported(path, rows, **recordings: bytes):
    """A bulk export, zipped in a folder as people do; `r_1` is activities/1.fit."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("export_7/activities.csv", "\n".join([HEADER, *rows]) + "\n")
        for name, content in recordings.items():
            archive.writestr(f"export_7/activities/{name.removeprefix('r_')}.fit", content)
    return path


def test_one_recording_becomes_a_run_with_its_exposure(world, ada, take, exposures, tmp_path):
    put(tmp_path, run_fit=fit_run(RUN))
    assert counts(take(tmp_path / "run.fit")) == (1, 1, 0, 0, 0, 1)
    (run,) = world.runs(ada)
    assert (run.origin, run.distance_m, run.moving_s) == (Origin.RECORDING, 3_600, 1_200)
    assert sum(exposures()[run.origin_id].speed_m) == pytest.approx(3_600, abs=36)


def test_a_second_import_changes_nothing_under_whatever_name(world, ada, take, exposures, tmp_path):
    put(tmp_path, run_fit=fit_run(RUN))
    take(tmp_path / "run.fit")
    before = world.runs(ada), exposures()
    (tmp_path / "run.fit").rename(tmp_path / "again.fit")
    assert counts(take(tmp_path / "again.fit")) == (1, 0, 0, 1, 0, 0)
    assert (world.runs(ada), exposures()) == before


def test_a_folder_gives_what_is_sound_and_names_what_is_not(world, ada, take, tmp_path):
    put(tmp_path, a_fit=fit_run(RUN), b_gpx=gpx(RUN, start=START + timedelta(days=1)), c_fit=fit_run(RUN)[:-9])
    put(tmp_path, d_fit=fit(file_id(COURSE), *records(RUN)), e_tcx=b"<html></html>", readme_txt=b"no recording")
    (tmp_path / "old").mkdir()
    put(tmp_path / "old", f_tcx=tcx(RUN, start=START + timedelta(days=2), timer_s=1_200))
    imported = take(tmp_path)
    assert counts(imported) == (6, 3, 0, 0, 3, 3)
    assert [str(refused) for refused in imported.refused] == [
        "c.fit: it ends too early: it was not saved or copied whole",
        "d.fit: it is a FIT file of another kind (course), no activity",
        "e.tcx: it is no FIT, GPX or TCX file",
    ]
    assert world.distances(ada) == [3_600, 3_600, 3_600]


def test_the_days_between_recordings_are_known_rest(world, ada, take, tmp_path):
    put(tmp_path, a_fit=fit_run(RUN), b_fit=fit_run(RUN, start=START + timedelta(days=9)))
    take(tmp_path)
    with world.context.database.reading() as db:
        ((_, (first, last)),) = told_of(db, [ada.id])[ada.id]
    assert (first.isoformat(), last.isoformat()) == ("2026-08-02", "2026-08-11")


def test_a_ride_is_kept_without_an_exposure(take, exposures, tmp_path):
    put(tmp_path, ride_fit=fit_run(RIDE, CYCLING))
    imported = take(tmp_path)
    assert counts(imported) == (1, 1, 0, 0, 0, 0)
    assert (imported.unread, exposures()) == ((), {})


def test_a_run_whose_samples_tell_too_little_counts_and_says_why(world, ada, take, exposures, tmp_path):
    put(tmp_path, a_gpx=gpx([Moment(at, 3 * at) for at in range(0, 1_201, 60)]), b_fit=fit_run([], total_distance=5e3))
    imported = take(tmp_path)
    assert counts(imported) == (2, 2, 0, 0, 0, 0)
    assert [str(each) for each in imported.unread] == [
        "a.gpx: its samples are too far apart to show how it was run",
        "b.fit: it holds no samples",
    ]
    assert exposures() == {}


def test_a_treadmill_has_no_hills(exposures, take, tmp_path):
    put(tmp_path, run_fit=fit_run(RUN, sub_sport=TREADMILL))
    take(tmp_path)
    (found,) = exposures().values()
    assert (found.uphill_m, found.climb_m) == (None, None)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        pytest.param("run.fit", fit_run(RUN)[:-9], "ends too early", id="broken"),
        pytest.param("run.fit", None, "there is no such file", id="missing"),
        pytest.param("", None, "neither a Strava export nor a recording", id="an empty folder"),
    ],
)
def test_what_cannot_be_read_at_all_is_one_clear_line_and_nothing_is_written(
    world, ada, take, tmp_path, name, content, says
):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(UserError, match=says) as caught:
        take(tmp_path / name)
    assert str(tmp_path / name) in str(caught.value)
    assert world.runs(ada) == []


def test_an_export_tells_the_run_and_its_recording_only_adds_the_samples(world, ada, take, exposures, tmp_path):
    path = exported(tmp_path / "export.zip", [row(1, "activities/1.fit")], r_1=fit_run(steady(600, every=1)))
    assert counts(take(path)) == (1, 1, 0, 0, 0, 1)
    (run,) = world.runs(ada)
    assert (run.origin, run.name, run.distance_m, run.moving_s) == (Origin.EXPORT, "Round the lake", 3_600, 1_200)
    assert sum(exposures()["1"].speed_m) == pytest.approx(1_800, abs=18)


def test_a_zip_its_folder_and_its_list_give_the_same_exposures(take, exposures, tmp_path):
    path = exported(tmp_path / "export.zip", [row(1, "activities/1.fit")], r_1=fit_run(RUN))
    with zipfile.ZipFile(path) as archive:
        archive.extractall(tmp_path)
    assert [take(each).samples for each in (tmp_path / "export_7/activities.csv", tmp_path / "export_7", path)] == [
        1,
        0,
        0,
    ]
    assert len(exposures()) == 1


def test_a_second_import_reads_no_samples_again_and_a_later_list_adds_what_was_missing(take, exposures, tmp_path):
    rows = [row(1, "activities/1.fit"), row(2, "activities/2.fit")]
    assert counts(take(exported(tmp_path / "a.zip", rows, r_1=fit_run(RUN)))) == (2, 2, 0, 0, 0, 1)
    fuller = exported(tmp_path / "b.zip", rows, r_1=b"not looked at again", r_2=fit_run(RUN))
    assert counts(take(fuller)) == (2, 0, 0, 2, 0, 1)
    assert counts(take(fuller)) == (2, 0, 0, 2, 0, 0)
    assert set(exposures()) == {"1", "2"}


def test_a_broken_recording_costs_its_samples_and_no_more(world, ada, take, exposures, tmp_path):
    rows = [row(1, "activities/1.fit"), row(2, "activities/2.fit"), row(3, "activities/gone.fit"), row(4, "")]
    imported = take(exported(tmp_path / "export.zip", rows, r_1=fit_run(RUN)[:-1] + b"\0", r_2=fit_run(RUN)))
    assert counts(imported) == (4, 4, 0, 0, 0, 1)
    assert [str(each) for each in imported.unread] == [
        "export_7/activities/1.fit: its checksum is wrong: it was damaged"
    ]
    assert (len(world.runs(ada)), set(exposures())) == (1, {"2"})  # the four are copies of one run


def test_a_list_opens_nothing_outside_of_its_export(take, tmp_path):
    (tmp_path / "secret.fit").write_bytes(fit_run(RUN))
    inside = tmp_path / "export"
    (inside / "activities").mkdir(parents=True)
    (inside / "activities/link.fit").symlink_to(tmp_path / "secret.fit")
    names = ["../secret.fit", str(tmp_path / "secret.fit"), "activities/link.fit", "activities/../../secret.fit"]
    rows = [row(n, name) for n, name in enumerate(names, start=1)]
    (inside / "activities.csv").write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
    assert counts(take(inside)) == (4, 4, 0, 0, 0, 0)


def test_rides_of_an_export_are_not_read(take, exposures, tmp_path):
    path = exported(tmp_path / "export.zip", [row(1, "activities/1.fit", "Ride")], r_1=b"never looked at")
    assert counts(take(path)) == (1, 1, 0, 0, 0, 0)
    assert exposures() == {}


def test_a_recording_that_is_also_in_an_export_counts_once(world, ada, take, tmp_path):
    take(exported(tmp_path / "export.zip", [row(1, "")]))
    put(tmp_path, run_fit=fit_run(RUN))
    take(tmp_path / "run.fit")
    (run,) = world.runs(ada)
    assert Flag.MANUAL not in run.flags
    assert run.distance_m == 3_600
