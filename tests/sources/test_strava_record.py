"""What becomes of one record of Strava's list: kept, kept with a flag, or refused."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from monitor.errors import BadRecord
from monitor.model import Activity, Flag, Origin, Workout
from monitor.sources.strava_json import strict_json
from monitor.sources.strava_record import activity_of
from tests.sources.strava_world import NOW, RUN, recorded


def read(**changed: object) -> Activity:
    return activity_of(RUN | changed, NOW)


def test_a_run_is_kept_in_whole_metres_and_seconds() -> None:
    """Bad input 14."""
    assert read() == Activity(
        origin=Origin.STRAVA,
        origin_id="16000000000",
        name="Evening Run",
        sport="Run",
        start=datetime(2026, 5, 31, 22, 30, tzinfo=UTC),
        start_local=datetime(2026, 6, 1, 0, 30),  # noqa: DTZ001 a wall clock has no zone
        distance_m=10_000,
        moving_s=3600,
        elapsed_s=3700,
        climb_m=120.5,
        average_heartrate_bpm=150.1,
        max_heartrate_bpm=178.5,
        cadence_spm=169.0,
        workout=Workout.LONG_RUN,
    )


def test_the_false_z_of_local_time_is_never_converted() -> None:
    assert read().day.isoformat() == "2026-06-01"


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param({"id": -1}, id="10-13 negative id"),
        pytest.param({"id": 1.5}, id="10-13 broken id"),
        pytest.param({"id": 9223372036854775808}, id="10-13 id beyond a database's whole numbers"),
        pytest.param({"id": True}, id="an id that is a truth value"),
        pytest.param({"id": None}, id="15 id null"),
        pytest.param({"distance": "abc"}, id="16 distance a word"),
        pytest.param({"distance": -5000}, id="17 distance negative"),
        pytest.param({"distance": "5000"}, id="18 distance a text of digits"),
        pytest.param({"distance": True}, id="distance a truth value"),
        pytest.param({"distance": 10**400}, id="distance beyond floats"),
        pytest.param({"moving_time": -60}, id="23 moving time negative"),
        pytest.param({"start_date": ""}, id="42 start empty"),
        pytest.param({"start_date": "2026-02-30T07:00:00Z"}, id="43 start on no day of the calendar"),
        pytest.param({"start_date": "1970-01-01T00:00:00Z"}, id="44 an unset clock"),
        pytest.param({"start_date": "2099-01-01T00:00:00Z", "start_date_local": None}, id="45 start in the future"),
        pytest.param({"start_date": 1780000000}, id="47 start as a number"),
        pytest.param({"start_date": "2026-05-31T22:30:00"}, id="start without a zone"),
        pytest.param({"start_date": "0001-01-01T00:00:00+14:00"}, id="start before the calendar"),
        pytest.param({"start_date_local": "soon"}, id="local start a word"),
        pytest.param({"start_date_local": "1970-01-01T00:00:01Z"}, id="local start on another day than the start"),
        pytest.param({"sport_type": 7}, id="sport a number"),
    ],
)
def test_a_record_that_cannot_be_true_is_refused(changed: dict[str, object]) -> None:
    with pytest.raises(BadRecord):
        read(**changed)


@pytest.mark.parametrize("raw", [None, 7, "x", [], {}], ids=["null", "number", "text", "list", "empty object"])
def test_what_is_no_record_is_refused(raw: object) -> None:
    with pytest.raises(BadRecord):
        activity_of(raw, NOW)


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999"])
def test_a_distance_that_is_no_number_is_refused(number: str) -> None:
    """Bad input 6–8."""
    body = json.dumps(RUN | {"distance": "?"}).replace('"?"', number).encode()
    with pytest.raises(BadRecord, match="distance"):
        activity_of(strict_json(body), NOW)


def test_a_field_that_stands_twice_is_refused() -> None:
    """Bad input 9."""
    body = json.dumps(RUN).replace('"moving_time": 3600', '"moving_time": 60, "moving_time": 6000').encode()
    with pytest.raises(BadRecord, match="twice"):
        activity_of(strict_json(body), NOW)


def test_a_reason_repeats_nothing_personal() -> None:
    with pytest.raises(BadRecord) as refusal:
        read(distance="near Anna's house", name="Anna")
    assert "Anna" not in str(refusal.value)


@pytest.mark.parametrize(
    "body", [b"[", b"[" * 100_000, b"", b"<html>", b"\xff"], ids=["open", "deep", "empty", "html", "bytes"]
)
def test_what_is_no_json_is_a_value_error(body: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        strict_json(body)


@pytest.mark.parametrize(
    ("changed", "flag"),
    [
        pytest.param({"manual": True}, Flag.MANUAL, id="41 entered by hand"),
        pytest.param({"trainer": True}, Flag.TREADMILL, id="40 treadmill"),
        pytest.param({"distance": 0}, Flag.NO_DISTANCE, id="19 no distance"),
        pytest.param({"distance": None}, Flag.NO_DISTANCE, id="distance null"),
        pytest.param({"distance": 42195.0}, Flag.TOO_FAST, id="21 a marathon in an hour"),
        pytest.param({"moving_time": 0}, Flag.NO_TIME, id="22 no moving time"),
        pytest.param({"moving_time": 3800}, Flag.TIMES_SWAPPED, id="27 moving beyond elapsed"),
        pytest.param({"average_heartrate": "160"}, Flag.HEART_RATE_IGNORED, id="31 heart rate a text"),
        pytest.param({"has_heartrate": False}, Flag.HEART_RATE_IGNORED, id="33 heart rate without a strap"),
        pytest.param({"average_cadence": -1}, Flag.CADENCE_IGNORED, id="67 cadence negative"),
        pytest.param({"total_elevation_gain": 1e7}, Flag.CLIMB_IGNORED, id="67 climb beyond the earth"),
        pytest.param({"total_elevation_gain": "x"}, Flag.CLIMB_IGNORED, id="climb a word"),
        pytest.param({"timezone": "(GMT+00:00) Mars/Base"}, Flag.ZONE_UNKNOWN, id="51 zone on another planet"),
        pytest.param({"timezone": None}, Flag.ZONE_UNKNOWN, id="52 zone null"),
        pytest.param({"timezone": "(GMT) ../../etc/passwd"}, Flag.ZONE_UNKNOWN, id="zone a path"),
        pytest.param({"start_date_local": "2026-06-01T00:00:01Z"}, Flag.HIDDEN_START, id="48 hidden start"),
    ],
)
def test_a_doubtful_record_is_kept_with_its_flag(changed: dict[str, object], flag: Flag) -> None:
    assert read(**changed).flags == {flag}


def test_a_heart_rate_that_is_no_number_is_dropped_and_the_run_stays() -> None:
    run = read(average_heartrate="160")
    assert (run.average_heartrate_bpm, run.distance_m) == (None, 10_000)


@pytest.mark.parametrize(
    ("changed", "sport", "is_run"),
    [
        pytest.param({"sport_type": "MoonRun"}, "MoonRun", False, id="37 an unknown sport stays as it is"),
        pytest.param({"sport_type": None, "type": "Run"}, "Run", True, id="38 the older field where the newer is null"),
        pytest.param({"sport_type": "Ride", "type": "Run"}, "Ride", False, id="39 the newer field wins"),
        pytest.param({"sport_type": "TrailRun"}, "TrailRun", True, id="40 trail"),
        pytest.param({"sport_type": None}, "Unknown", False, id="no sport at all"),
    ],
)
def test_the_sport_of_a_record(changed: dict[str, object], sport: str, is_run: bool) -> None:
    activity = read(**changed)
    assert (activity.sport, activity.is_run) == (sport, is_run)


def test_a_ride_on_a_trainer_is_no_treadmill_and_its_cadence_no_steps() -> None:
    ride = read(sport_type="Ride", trainer=True)
    assert (ride.flags, ride.cadence_spm) == (frozenset(), None)


def test_a_cadence_above_130_counts_both_feet_already() -> None:
    assert read(average_cadence=172.0).cadence_spm == 172.0


@pytest.mark.parametrize(
    ("value", "workout"),
    [(1, Workout.RACE), (3, Workout.WORKOUT), (None, Workout.DEFAULT), (12, Workout.DEFAULT), ("1", Workout.DEFAULT)],
)
def test_the_kind_of_workout(value: object, workout: Workout) -> None:
    assert read(workout_type=value).workout is workout


@pytest.mark.parametrize(
    ("changed", "hour"),
    [
        pytest.param({}, 0, id="from the zone, summer time included"),
        pytest.param({"timezone": "(GMT+05:45) Asia/Kathmandu"}, 4, id="50 a zone of quarters"),
        pytest.param({"timezone": "(GMT+00:00) Mars/Base"}, 0, id="51 from the offset"),
        pytest.param({"timezone": None, "utc_offset": None}, 22, id="neither: as it is"),
        pytest.param({"timezone": None, "utc_offset": 1e9}, 22, id="an offset beyond the earth is none"),
    ],
)
def test_a_missing_local_start_is_worked_out(changed: dict[str, object], hour: int) -> None:
    assert read(**({"start_date_local": None} | changed)).start_local.hour == hour


@pytest.mark.parametrize("start", ["2026-06-01T12:30:00+14:00", "2026-05-31T22:30:00.000Z"])
def test_a_start_may_carry_any_offset(start: str) -> None:
    """Bad input 46."""
    assert read(start_date=start).start == datetime(2026, 5, 31, 22, 30, tzinfo=UTC)


def test_both_runs_of_the_hour_that_comes_twice_keep_their_own_start() -> None:
    """Bad input 49."""
    first = read(start_date="2025-10-26T00:30:00Z", start_date_local="2025-10-26T02:30:00Z")
    second = read(start_date="2025-10-26T01:30:00Z", start_date_local="2025-10-26T02:30:00Z")
    assert (second.start_local, second.start) == (first.start_local, first.start + timedelta(hours=1))


def test_a_local_start_in_the_hour_that_spring_leaves_out_keeps_its_day() -> None:
    """Bad input 49."""
    run = read(start_date="2026-03-29T01:30:00Z", start_date_local="2026-03-29T02:30:00Z")
    assert run.day.isoformat() == "2026-03-29"


def test_digits_are_an_id() -> None:
    """Bad input 10."""
    assert read(id="12").origin_id == "12"


@pytest.mark.parametrize("file", ["client__athlete_activities__00", "client__activity__00", "activity-manual.3"])
def test_what_strava_really_sends_is_read(file: str) -> None:
    body = recorded(file)["body"]
    records = body if isinstance(body, list) else [body]
    activities = [activity_of(record, NOW) for record in records]
    assert [a.distance_m for a in activities] == [round(record["distance"]) for record in records]
    assert [a.origin_id for a in activities] == [str(record["id"]) for record in records]


def test_an_id_of_thirty_digits_which_strava_once_sent_is_refused() -> None:
    with pytest.raises(BadRecord, match="id"):
        activity_of(recorded("client__activity_with_fake_id__00")["body"], NOW)


@pytest.mark.parametrize("athlete", [{"id": 7}, {}, None, "7"], ids=["theirs", "nobody named", "null", "a text"])
def test_a_record_is_taken_to_be_the_runners_own_unless_it_says_otherwise(athlete: object) -> None:
    assert activity_of(RUN | {"athlete": athlete}, NOW, athlete_id=7).origin_id == "16000000000"


@pytest.mark.parametrize("number", [8, "7", True])
def test_a_record_of_another_account_is_refused(number: object) -> None:
    """I14."""
    with pytest.raises(BadRecord, match=r"^activity of another account$"):
        activity_of(RUN | {"athlete": {"id": number}}, NOW, athlete_id=7)
