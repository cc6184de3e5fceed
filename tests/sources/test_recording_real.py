"""Real recordings of several makers, among them damaged ones and files that are no activity."""

import csv
from pathlib import Path

import numpy as np
import pytest

from monitor.errors import BadRecord
from monitor.model import Flag
from monitor.sources.exposure import exposure
from monitor.sources.recording import read_recordings
from tests.sources.recording_samples import NOW, PARIS, read_one

REAL = (Path(__file__).parents[2] / "../shared/data/recordings").resolve()
pytestmark = pytest.mark.skipif(not REAL.is_dir(), reason="the folder of real recordings is not here")


def content(name: str) -> bytes:
    return (REAL / name).read_bytes()


@pytest.mark.parametrize(
    ("name", "sport", "start_local", "kilometres", "minutes", "average_bpm", "cadence_spm"),
    [
        ("Activity.fit", "Run", "2012-04-09 17:22", 0.006, 0.2, None, None),
        ("activity-small-fenix2-run.fit", "Run", "2015-08-15 16:45", 9.008, 47.2, 154, 163),
        ("garmin-fenix-5-run.fit", "Run", "2017-06-11 07:34", 0.158, 0.9, 90, 173),
        ("testdata.fit", "Run", "2021-04-16 07:37", 0.159, 3.2, 84, 129),
        ("testdata.tcx", "Run", "2021-04-16 15:37", 0.159, 3.2, 84, 129),
        ("example.gpx", "Run", "2025-01-01 01:00", 0.031, 0.3, 121, 161),
        ("example.tcx", "Run", "2025-01-01 01:00", 0.030, 0.3, 121, 161),
        ("sample-activity.fit", "Ride", "2011-06-26 23:18", 88.797, 178.3, 166, 89),
        ("sample-activity-indoor-trainer.fit", "Ride", "2011-11-02 13:54", 0, 37.7, 148, 82),
        ("null_compressed_speed_dist.fit", "Ride", "2017-10-05 02:04", 13.4, 30.1, None, 85),
        ("garmin-fr935-cr.fit", "Swim", "2018-03-24 12:02", 0, 125.9, 80, None),
    ],
)
def test_each_activity_is_what_its_device_says(name, sport, start_local, kilometres, minutes, average_bpm, cadence_spm):
    read = read_one(content(name)).activity
    assert (read.sport, f"{read.start_local:%Y-%m-%d %H:%M}") == (sport, start_local)
    assert (read.distance_m or 0) / 1000 == pytest.approx(kilometres, abs=0.001)
    assert (read.moving_s or 0) / 60 == pytest.approx(minutes, abs=0.05)
    assert _whole(read.average_heartrate_bpm) == average_bpm
    assert _whole(read.cadence_spm) == cadence_spm


def test_a_multisport_race_gives_its_two_runs():
    first, second = read_recordings(content("activity-large-fenxi2-multisport.fit"), PARIS, NOW)
    assert [each.activity.distance_m for each in (first, second)] == [2_245, 12_740]  # as its sessions say
    assert [each.samples.distance_m[-1] for each in (first, second)] == pytest.approx([2_245, 12_740], abs=1)
    assert np.ptp(first.samples.altitude_m) == pytest.approx(734, abs=1)  # up a mountain


def test_the_samples_of_a_watch_are_those_that_its_maker_reads():
    with (REAL / "garmin-fenix-5-run-records.csv").open(encoding="utf-8") as file:
        expected = {name: np.array(values) for name, values in _columns(file).items()}
    told = read_one(content("garmin-fenix-5-run.fit")).samples
    np.testing.assert_array_equal(told.distance_m, expected["distance"].astype(float))
    np.testing.assert_array_equal(told.speed_mps, expected["speed"].astype(float))
    np.testing.assert_array_equal(told.altitude_m, expected["altitude"].astype(float))
    np.testing.assert_array_equal(told.heartrate_bpm, expected["heart_rate"].astype(float))
    np.testing.assert_array_equal(told.cadence_spm // 2, expected["cadence"].astype(float))  # without half strides
    seconds = [3600 * int(text[11:13]) + 60 * int(text[14:16]) + int(text[17:19]) for text in expected["timestamp"]]
    np.testing.assert_array_equal(told.time_s, np.array(seconds) - seconds[0])


def test_one_run_reads_alike_from_fit_tcx_and_gpx():
    fit, tcx, gpx = (read_one(content(f"testdata.{kind}")) for kind in ("fit", "tcx", "gpx"))
    assert fit.activity.start == tcx.activity.start == gpx.activity.start
    assert fit.activity.distance_m == tcx.activity.distance_m
    assert fit.samples.time_s.tolist() == gpx.samples.time_s.tolist()
    # A GPX does not tell that the watch was stopped three times while its owner walked on.
    steps_m = [np.diff(each.samples.distance_m) for each in (fit, gpx)]
    stopped = np.isin(fit.samples.time_s[1:], (45, 208, 161))
    assert steps_m[1][~stopped].sum() == pytest.approx(steps_m[0][~stopped].sum(), rel=0.02)


def test_a_distance_that_is_not_in_the_samples_unit_is_flagged():
    assert read_one(content("example.fit")).activity.flags == {Flag.TOO_FAST}  # 100 m in each second


def test_the_samples_of_an_hour_of_running_tell_its_exposure():
    found = exposure(read_one(content("activity-small-fenix2-run.fit")).samples, indoors=False)
    assert sum(found.speed_m) == pytest.approx(9_008, rel=0.02)
    assert 20 * 60 < found.best_5k_s < 26 * 60
    assert 40 < found.climb_m < 80
    assert found.heartrate_coverage > 0.95


@pytest.mark.parametrize(
    ("name", "run", "metres", "climb_m", "descent_m", "cadence_spm", "best_5k_s"),
    [
        ("activity-small-fenix2-run.fit", 0, 9_008, 60, 57, 166, 1_304),
        ("activity-large-fenxi2-multisport.fit", 1, 12_740, 406, 755, 164, 2_178),  # down from its mountain
        ("garmin-fenix-5-run.fit", 0, 158, 0, 0, 174, None),
    ],
)
def test_what_the_samples_come_to_agrees_with_the_device(name, run, metres, climb_m, descent_m, cadence_spm, best_5k_s):
    found = exposure(read_recordings(content(name), PARIS, NOW)[run].samples, indoors=False)
    assert sum(found.speed_m) == pytest.approx(metres, rel=0.02)  # as its session says
    assert (found.climb_m, found.descent_m) == pytest.approx((climb_m, descent_m), abs=3)
    assert found.cadence_spm == pytest.approx(cadence_spm, abs=1)
    assert found.heartrate_coverage == pytest.approx(1, abs=0.05)
    assert found.best_5k_s == best_5k_s


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("broken/activity-activity-filecrc.fit", "checksum is wrong"),
        ("broken/activity-filecrc.fit", "checksum is wrong"),
        ("broken/activity-settings-corruptheader.fit", "header in it is damaged"),
        ("broken/activity-settings-nodata.fit", "ends too early"),
        ("broken/activity-unexpected-eof.fit", "ends too early"),
        ("MonitoringFile.fit", r"another kind \(monitoring_b\)"),
        ("WeightScaleSingleUser.fit", r"another kind \(weight\)"),
        ("testcourse.fit", r"another kind \(course\)"),
        ("testcourse.gpx.gz", "only a plan"),
    ],
)
def test_what_is_broken_or_no_activity_is_refused_with_its_reason(name, says):
    with pytest.raises(BadRecord, match=says):
        read_recordings(content(name), PARIS, NOW)


def test_a_developers_careless_declaration_costs_no_ride():
    read = read_one(content("broken/elemnt-bolt-no-application-id-inside-developer-data-id.fit")).activity
    assert (read.sport, read.distance_m, read.moving_s) == ("Ride", 964, 132)  # its checksum is right


def _whole(value: float | None) -> int | None:
    return None if value is None else round(value)


def _columns(file) -> dict[str, list[str]]:
    rows = list(csv.DictReader(file))
    return {name: [row[name] for row in rows] for name in rows[0]}
