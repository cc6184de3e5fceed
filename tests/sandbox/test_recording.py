"""A recording: the plan kept to the metre, and a summary that agrees with its streams."""

import json
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from monitor.sandbox import Athlete
from monitor.sandbox.plan import Plan, easy, hilly, repetitions

REAL_ANSWERS = (Path(__file__).parents[2] / "../shared/data/strava_api").resolve()
SUMMER = datetime.fromisoformat("2026-07-01 06:30")
PLANS = [
    pytest.param(easy(22_720), id="a long run"),
    pytest.param(easy(400), id="a very short one"),
    pytest.param(repetitions(10_000, count=6, length_m=400, effort=1.8), id="six times 400 m"),
    pytest.param(repetitions(9_000, count=5, length_m=200, effort=1.2, grade=0.06), id="five hills"),
    pytest.param(hilly(14_000), id="a trail"),
]


def bo(zone: str = "Europe/Paris") -> Athlete:
    return Athlete(5, "Bo", "Test", "bo@example.org", zone)


def recorded(plan: Plan, **how: Any) -> tuple[dict[str, Any], dict[str, list[Any]]]:
    athlete = bo()
    row = athlete.record(SUMMER, plan, **how)
    return row, athlete.streams(row)


@pytest.mark.parametrize("plan", PLANS)
def test_the_summary_agrees_with_the_streams(plan: Plan) -> None:
    row, streams = recorded(plan, pause_s=40)
    assert row["distance"] == sum(segment.distance_m for segment in plan)
    assert streams["distance"][-1] == pytest.approx(row["distance"], abs=1)
    assert len(streams["time"]) == row["moving_time"] + 1
    assert streams["time"][-1] == row["elapsed_time"] == row["moving_time"] + 40
    assert sum(streams["heartrate"]) / len(streams["heartrate"]) == pytest.approx(row["average_heartrate"], abs=1)
    assert max(streams["heartrate"]) == pytest.approx(row["max_heartrate"], abs=1)
    assert sum(streams["cadence"]) / len(streams["cadence"]) == pytest.approx(row["average_cadence"], abs=0.5)
    assert max(streams["velocity_smooth"]) == pytest.approx(row["max_speed"], abs=0.05)
    climbed = sum(max(0.0, after - before) for before, after in pairwise(streams["altitude"]))
    assert climbed == pytest.approx(row["total_elevation_gain"], rel=0.02, abs=2)


def test_all_streams_have_one_sample_a_second_and_never_run_back() -> None:
    _, streams = recorded(easy(5_000), pause_s=30)
    assert {len(samples) for samples in streams.values()} == {len(streams["time"])}
    assert all(before < after for before, after in pairwise(streams["time"]))
    assert all(before <= after for before, after in pairwise(streams["distance"]))
    assert streams["moving"].count(False) == 1


def test_repetitions_are_fast_for_as_long_as_planned() -> None:
    _, streams = recorded(repetitions(10_000, count=6, length_m=400, effort=1.8))
    fast_m = sum(speed for speed in streams["velocity_smooth"] if speed > 4.5)
    assert fast_m == pytest.approx(2_400, rel=0.05)


def test_hills_are_steep_and_a_road_is_not() -> None:
    _, hills = recorded(repetitions(9_000, count=5, length_m=200, effort=1.2, grade=0.06))
    uphill_m = sum(v for v, grade in zip(hills["velocity_smooth"], hills["grade_smooth"], strict=True) if grade >= 4)
    assert uphill_m == pytest.approx(1_000, rel=0.05)
    _, road = recorded(easy(9_000))
    assert max(map(abs, road["grade_smooth"])) < 1


def test_a_treadmill_knows_no_place_and_no_height() -> None:
    row, streams = recorded(easy(8_000), treadmill=True)
    assert row["trainer"] is True
    assert row["total_elevation_gain"] == 0
    assert streams.keys() == {"time", "moving", "distance", "velocity_smooth", "cadence", "heartrate"}


def test_a_phone_feels_no_heart() -> None:
    row, streams = recorded(easy(8_000), heartrate=False)
    assert row["has_heartrate"] is False
    assert "average_heartrate" not in row
    assert "heartrate" not in streams


def test_local_time_is_labelled_utc_and_the_zone_ignores_summer_time() -> None:
    row = bo().record(SUMMER, easy(5_000))
    assert row["start_date"] == "2026-07-01T04:30:00Z"
    assert row["start_date_local"] == "2026-07-01T06:30:00Z"
    assert row["timezone"] == "(GMT+01:00) Europe/Paris"
    assert row["utc_offset"] == 7_200


@pytest.mark.parametrize(
    ("zone", "label"),
    [
        ("Asia/Kolkata", "(GMT+05:30) Asia/Kolkata"),
        ("America/Halifax", "(GMT-04:00) America/Halifax"),
        ("UTC", "(GMT+00:00) UTC"),
    ],
)
def test_zones_of_half_hours_and_west_of_greenwich(zone: str, label: str) -> None:
    assert bo(zone).record(SUMMER, easy(5_000))["timezone"] == label


def test_the_same_run_is_the_same_and_two_on_one_day_are_not() -> None:
    first, second = bo(), bo()
    assert first.record(SUMMER, easy(5_000)) == second.record(SUMMER, easy(5_000))
    again = first.record(SUMMER, easy(5_000))
    assert again["id"] != first.activities[0]["id"]
    assert first.streams(again)["cadence"] != first.streams(first.activities[0])["cadence"]


@pytest.mark.skipif(not REAL_ANSWERS.is_dir(), reason="the folder of real answers is not there")
def test_a_row_has_every_field_of_a_real_one() -> None:
    real = json.loads((REAL_ANSWERS / "client__athlete_activities__00.json").read_text())["body"]
    ours = bo().record(SUMMER, easy(5_000))
    for row in real:
        assert row.keys() <= ours.keys()
        told = {key for key in row.keys() & ours.keys() if None not in (row[key], ours[key])}
        assert {key: type(row[key]) for key in told} == {key: type(ours[key]) for key in told}
