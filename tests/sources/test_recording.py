"""What a recording tells, whatever its format."""

import gzip
from datetime import timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from monitor.model import Flag, Origin
from monitor.sources.recording import read_recordings
from monitor.sources.recording_file import is_recording
from tests.sources.fit_samples import (
    CYCLING,
    RUNNING,
    TRANSITION,
    file_id,
    fit,
    fit_run,
    records,
    since_epoch,
)
from tests.sources.recording_samples import NOW, PARIS, START, Moment, gpx, read_one, steady, tcx

TEN_MINUTES = steady(600, speed=3.0, heartrate=150, cadence=85)
EACH_FORMAT = [
    pytest.param(fit_run(TEN_MINUTES), id="FIT"),
    pytest.param(gpx(TEN_MINUTES), id="GPX"),
    pytest.param(tcx(TEN_MINUTES), id="TCX"),
]


@pytest.mark.parametrize("content", EACH_FORMAT)
def test_the_same_run_reads_the_same_in_every_format(content):
    recording = read_one(content)
    run, told = recording.activity, recording.samples
    assert (run.origin, run.sport, run.start) == (Origin.RECORDING, "Run", START)
    assert run.start_local.isoformat() == "2026-08-02T19:30:00"  # Paris in summer
    assert (run.distance_m, run.moving_s, run.elapsed_s) == (1_800, 600, 600)
    assert (run.average_heartrate_bpm, run.max_heartrate_bpm, run.cadence_spm) == (150, 150, 170)
    assert told.time_s.tolist() == list(range(0, 601, 5))
    np.testing.assert_allclose(told.distance_m, np.arange(0, 1_801, 15), atol=0.01)
    assert (set(told.heartrate_bpm), set(told.cadence_spm)) == ({150}, {170})
    assert (told.speed_mps, told.altitude_m) == (None, None)


@pytest.mark.parametrize("content", EACH_FORMAT)
def test_a_packed_recording_is_the_same_recording(content):
    assert read_one(gzip.compress(content)).activity == read_one(content).activity


def test_the_id_tells_start_and_device_and_survives_a_trim():
    whole, trimmed, next_day = (
        fit_run(TEN_MINUTES),
        fit_run(TEN_MINUTES[:60]),
        fit_run(TEN_MINUTES, start=START + timedelta(days=1)),
    )
    other = fit(file_id(serial_number=78), *records(TEN_MINUTES))
    ids = [read_one(content).activity.origin_id for content in (whole, trimmed, next_day, other)]
    assert ids[0] == ids[1]
    assert len(set(ids)) == 3


def test_a_track_keeps_its_name_and_one_without_is_called_by_its_sport():
    assert read_one(gpx(TEN_MINUTES, name="Along the river")).activity.name == "Along the river"
    assert read_one(gpx(TEN_MINUTES)).activity.name == "Run"


def test_the_day_is_the_runners_where_the_file_tells_utc_only():
    evening = gpx(TEN_MINUTES, start=START.replace(hour=2))
    assert read_one(evening, ZoneInfo("America/New_York")).activity.day.isoformat() == "2026-08-01"


@pytest.mark.parametrize(
    ("ahead_s", "expected"),
    [
        pytest.param(9 * 3600, "2026-08-03T02:30:00", id="nine hours ahead"),
        pytest.param(-6 * 3600 + 40, "2026-08-02T11:30:00", id="a clock that is half a minute off"),
        pytest.param(20 * 3600, "2026-08-02T19:30:00", id="no zone is that far: the runner's own"),
    ],
)
def test_a_watch_abroad_tells_the_wall_clock(ahead_s, expected):
    utc = since_epoch(START)
    told = ("activity", {"timestamp": utc, "local_timestamp": utc + ahead_s})
    content = fit(file_id(), *records(TEN_MINUTES), ("session", {"start_time": utc, "sport": RUNNING}), told)
    assert read_one(content).activity.start_local.isoformat() == expected


def test_what_the_device_says_of_the_whole_wins_over_its_samples():
    said = fit_run(TEN_MINUTES, total_distance=1_850, total_timer_time=590, total_elapsed_time=700)
    run = read_one(said).activity
    assert (run.distance_m, run.moving_s, run.elapsed_s) == (1_850, 590, 700)


def test_a_recording_cut_off_before_its_session_was_written_is_still_a_run():
    run = read_one(fit(file_id(), *records(TEN_MINUTES))).activity
    assert (run.sport, run.start, run.distance_m, run.moving_s) == ("Run", START, 1_800, 600)


def test_of_several_sports_in_one_file_only_the_runs_are_taken():
    utc = since_epoch(START)
    sessions = [
        ("session", {"start_time": utc + at, "sport": sport, "total_distance": metres})
        for at, sport, metres in [(0, RUNNING, 600), (200, TRANSITION, 5), (220, CYCLING, 900), (520, RUNNING, 240)]
    ]
    first, second = read_recordings(fit(file_id(), *records(TEN_MINUTES), *sessions), PARIS, NOW)
    assert (first.activity.distance_m, second.activity.distance_m) == (600, 240)
    assert first.samples.time_s[[0, -1]].tolist() == [0, 195]
    assert second.samples.distance_m[[0, -1]].tolist() == [0, 240]


def test_a_session_without_samples_is_a_run_of_which_nothing_more_is_known():
    recording = read_one(fit_run([], total_distance=5_000, total_timer_time=1_500))
    assert (recording.activity.distance_m, recording.samples) == (5_000, None)


def test_nothing_is_run_while_a_recording_is_stopped():
    first = steady(300)
    after = [Moment(at, 1_900 + 3 * (at - 400)) for at in range(400, 701, 5)]  # a kilometre on, by tram
    run = read_one(gpx(first, after)).activity
    assert (run.distance_m, run.moving_s, run.elapsed_s) == (1_800, 600, 700)


def test_a_pause_is_a_silence_in_which_the_runner_hardly_moved():
    waits = [*steady(300), Moment(360, 905), *(Moment(at, 905 + 3 * (at - 360)) for at in range(365, 601, 5))]
    tunnel = [*steady(300), *(Moment(at, 3 * at) for at in range(360, 601, 5))]
    assert read_one(gpx(waits)).activity.moving_s == 540
    assert read_one(gpx(tunnel)).activity.moving_s == 600


@pytest.mark.parametrize(
    ("counted", "sport", "expected"),
    [
        pytest.param(85, "running", 170, id="one leg"),
        pytest.param(172, "running", 172, id="both feet"),
        pytest.param(85, "cycling", 85, id="a crank"),
    ],
)
def test_cadence_is_that_of_both_feet(counted, sport, expected):
    recording = read_one(gpx(steady(cadence=counted), kind=sport))
    assert recording.activity.cadence_spm == expected
    assert set(recording.samples.cadence_spm) == {expected}


def test_a_mean_heart_rate_counts_seconds_not_samples():
    few_then_many = [Moment(at, 3 * at, heartrate=120) for at in range(0, 100, 10)]
    few_then_many += [Moment(at, 3 * at, heartrate=160) for at in range(100, 200)]
    assert read_one(tcx(few_then_many)).activity.average_heartrate_bpm == 140


def test_a_heart_rate_that_nobody_has_is_not_averaged():
    broken = [Moment(at, 3 * at, heartrate=0 if at < 300 else 150) for at in range(0, 601, 5)]
    run = read_one(tcx(broken)).activity
    assert (run.average_heartrate_bpm, run.max_heartrate_bpm, run.flags) == (150, 150, frozenset())


def test_a_clock_set_back_a_little_costs_those_samples_only():
    moments = [*steady(300), Moment(297, 905), *(Moment(at, 3 * at) for at in range(305, 601, 5))]
    recording = read_one(tcx(moments))
    assert (np.diff(recording.samples.time_s) > 0).all()
    assert recording.activity.distance_m == 1_800


@pytest.mark.parametrize(("written", "expected"), [(70, 7.0), (0, None), (255, None), (110, None)])
def test_the_runners_own_rating_of_exertion_is_taken(written, expected):
    assert read_one(fit_run(TEN_MINUTES, workout_rpe=written)).activity.rpe == expected


def test_speed_and_altitude_are_samples_where_the_device_has_them():
    told = read_one(tcx(steady(speed=3.0, altitude=812.5))).samples
    assert set(told.altitude_m) == {812.5}
    fast = read_one(fit_run([Moment(at, 4.0 * at, speed=4.0) for at in range(60)])).samples
    assert set(fast.speed_mps) == {4.0}


def test_a_distance_that_cannot_be_true_is_flagged_like_that_of_any_source():
    assert read_one(tcx(steady(3_600, speed=9.0), timer_s=3_600)).activity.flags == {Flag.TOO_FAST}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("run.fit", True),
        ("activities/RUN.FIT.GZ", True),
        ("a.gpx", True),
        ("b.tcx.gz", True),
        ("notes.txt", False),
        ("activities.csv", False),
        ("photo.gz", False),
        ("fit", False),
    ],
)
def test_recordings_are_known_by_their_names(name, expected):
    assert is_recording(name) is expected
