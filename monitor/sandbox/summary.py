"""The summary of a recording: one row of Strava's activity list, with all the fields of a real one."""

from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np

from monitor.sandbox.recording import Recording, track

Record = dict[str, Any]  # as Strava's JSON has it


def summary(recording: Recording, athlete_id: int) -> Record:
    """The row of *recording* in the list of an athlete. It agrees with the streams of the same recording."""
    points = track(recording)
    moving_s, distance_m = int(points.at_s[-1]), round(float(points.distance_m[-1]), 1)
    return {
        **_who_and_when(recording, athlete_id),
        "distance": distance_m,
        "moving_time": moving_s,
        "elapsed_time": moving_s + recording.pause_s,
        "average_speed": round(distance_m / moving_s, 3),
        "max_speed": round(float(points.speed_mps.max()), 3),
        "average_cadence": round(float(points.cadence_spm.mean()), 1),
        **_ground(points.altitude_m, recording.treadmill),
        **_heart(points.heartrate_bpm, recording.heartrate),
        **UNREMARKABLE,
    }


def _who_and_when(recording: Recording, athlete_id: int) -> Record:
    start = recording.start
    return {
        "id": recording.id,
        "resource_state": 2,
        "athlete": {"id": athlete_id, "resource_state": 1},
        "name": _name(recording),
        "type": "Run",
        "sport_type": recording.sport,
        "workout_type": None,
        "start_date": start.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "start_date_local": start.strftime("%Y-%m-%dT%H:%M:%SZ"),  # local time with a false Z, as Strava sends it
        "timezone": _zone_label(start),
        "utc_offset": (start.utcoffset() or timedelta()).total_seconds(),
        "map": {"id": f"a{recording.id}", "summary_polyline": None, "resource_state": 2},
        "trainer": recording.treadmill,
    }


def _name(recording: Recording) -> str:
    parts = ((11, "Morning"), (14, "Lunch"), (18, "Afternoon"), (24, "Evening"))
    part = next(name for until, name in parts if recording.start.hour < until)
    return f"{part} Trail Run" if recording.sport == "TrailRun" else f"{part} Run"


def _zone_label(start: datetime) -> str:
    """Strava's "(GMT+01:00) Europe/Paris": the offset of winter, whatever the season."""
    winter = int(((start.utcoffset() or timedelta()) - (start.dst() or timedelta())).total_seconds())
    hours, minutes = divmod(abs(winter) // 60, 60)
    return f"(GMT{'-' if winter < 0 else '+'}{hours:02}:{minutes:02}) {start.tzinfo}"


def _ground(altitude_m: np.typing.NDArray[np.float64], treadmill: bool) -> Record:
    if treadmill:
        return {"total_elevation_gain": 0.0, "start_latlng": [], "end_latlng": []}
    return {
        "total_elevation_gain": round(float(np.maximum(np.diff(altitude_m), 0.0).sum()), 1),
        "elev_high": round(float(altitude_m.max()), 1),
        "elev_low": round(float(altitude_m.min()), 1),
    }


def _heart(heartrate_bpm: np.typing.NDArray[np.float64], felt: bool) -> Record:
    if not felt:
        return {"has_heartrate": False}
    average, highest = float(heartrate_bpm.mean()), float(heartrate_bpm.max())
    return {"has_heartrate": True, "average_heartrate": round(average, 1), "max_heartrate": float(round(highest))}


UNREMARKABLE: Record = {
    "location_city": None,
    "location_state": None,
    "location_country": None,
    "achievement_count": 0,
    "kudos_count": 0,
    "comment_count": 0,
    "athlete_count": 1,
    "average_temp": 16,
    "photo_count": 0,
    "total_photo_count": 0,
    "pr_count": 0,
    "commute": False,
    "manual": False,
    "private": False,
    "visibility": "everyone",
    "flagged": False,
    "gear_id": None,
    "from_accepted_tag": False,
    "has_kudoed": False,
    "heartrate_opt_out": False,
    "display_hide_heartrate_option": False,
    "suffer_score": None,
}
