"""Which sport a recording is of, by the words of each format."""

import pytest

from monitor.model import Flag
from tests.sources.fit_samples import (
    CYCLING,
    GENERIC,
    INDOOR_RUNNING,
    RUNNING,
    STREET,
    TRAIL,
    TREADMILL,
    VIRTUAL,
    WALKING,
    fit_run,
)
from tests.sources.recording_samples import gpx, read_one, steady, tcx

TEN_MINUTES = steady(600, speed=3.0)


@pytest.mark.parametrize(
    ("sport", "sub_sport", "expected", "flags"),
    [
        pytest.param(RUNNING, GENERIC, "Run", set(), id="running"),
        pytest.param(RUNNING, STREET, "Run", set(), id="street"),
        pytest.param(RUNNING, TRAIL, "TrailRun", set(), id="trail"),
        pytest.param(RUNNING, VIRTUAL, "VirtualRun", set(), id="virtual"),
        pytest.param(RUNNING, TREADMILL, "Run", {Flag.TREADMILL}, id="treadmill"),
        pytest.param(RUNNING, INDOOR_RUNNING, "Run", {Flag.TREADMILL}, id="indoors"),
        pytest.param(CYCLING, GENERIC, "Ride", set(), id="cycling"),
        pytest.param(WALKING, GENERIC, "Walk", set(), id="walking"),
        pytest.param(GENERIC, GENERIC, "Workout", set(), id="generic"),
        pytest.param(37, GENERIC, "StandUpPaddleboarding", set(), id="in no table"),
        pytest.param(250, GENERIC, "250", set(), id="unknown to the decoder"),
    ],
)
def test_sports_of_fit_files(sport, sub_sport, expected, flags):
    activity = read_one(fit_run(TEN_MINUTES, sport, sub_sport)).activity
    assert (activity.sport, activity.flags) == (expected, flags)


@pytest.mark.parametrize(
    ("kind", "expected", "flags"),
    [
        ("running", "Run", set()),
        ("Run", "Run", set()),
        ("9", "Run", set()),
        ("trail_running", "TrailRun", set()),
        ("treadmill_running", "Run", {Flag.TREADMILL}),
        ("cycling", "Ride", set()),
        ("1", "Ride", set()),
        ("", "Run", set()),  # a runner's own file that names no sport
    ],
)
def test_sports_of_gpx_files(kind, expected, flags):
    activity = read_one(gpx(TEN_MINUTES, kind=kind)).activity
    assert (activity.sport, activity.flags) == (expected, flags)


@pytest.mark.parametrize(("sport", "expected"), [("Running", "Run"), ("Biking", "Ride"), ("Other", "Workout")])
def test_sports_of_tcx_files(sport, expected):
    assert read_one(tcx(TEN_MINUTES, sport)).activity.sport == expected
