"""FIT: what watches write. A file may hold several sessions, like a triathlon."""

import math
from collections.abc import Sequence
from dataclasses import replace

from monitor.errors import BadRecord
from monitor.model import RUN_SPORTS
from monitor.sources.recording_fit_file import FitFile, Message, fit_files, moment, number
from monitor.sources.recording_sports import is_known, is_treadmill, sport
from monitor.sources.recording_track import UNKNOWN, Point, Track

FURTHEST_ZONE_S, ZONE_STEP_S = 14 * 3600, 900
RPE_STEP = 10


def is_fit(content: bytes) -> bool:
    return content[8:12] == b".FIT"


def tracks(content: bytes) -> list[Track]:
    """The sessions of a FIT file; of several sports only the runs. BadRecord where it is damaged or no activity."""
    files = fit_files(content)
    activities = [file for file in files if file.kind == "activity"]
    if not activities:
        kinds = ", ".join(dict.fromkeys(file.kind for file in files))
        raise BadRecord(f"it is a FIT file of another kind ({kinds}), no activity")
    return [track for file in activities for track in _tracks(file)]


def _tracks(file: FitFile) -> list[Track]:
    """The sessions of one file; a file that was cut off before its session was written is one session."""
    sessions = sorted(file.said["session"], key=lambda session: moment(session.get("start_time"))) or [{}]
    found = [_track(session, file) for session in sessions]
    if len(found) == 1:
        return found
    ends_s = [track.start_s for track in found[1:]] + [math.inf]
    each = [
        replace(track, points=_between(file.points, track.start_s, end_s))
        for track, end_s in zip(found, ends_s, strict=True)
    ]
    return [track for track in each if track.sport in RUN_SPORTS] or each


def _track(session: Message, file: FitFile) -> Track:
    start_s = moment(session.get("start_time"))
    if math.isnan(start_s):
        if not file.points:
            raise BadRecord("it does not say when it was recorded")
        start_s = file.points[0].time_s
    named = file.first("sport")
    word = _sport(session if "sport" in session else named)
    return Track(
        device=f"fit {file.first('file_id').get('serial_number')}",
        sport=sport(word),
        is_treadmill=is_treadmill(word),
        name=str(session.get("sport_profile_name") or named.get("name") or ""),
        points=file.points,
        start_s=start_s,
        utc_offset_s=_utc_offset_s(file.first("activity")),
        distance_m=number(session.get("total_distance")),
        moving_s=number(session.get("total_timer_time")),
        elapsed_s=number(session.get("total_elapsed_time")),
        rpe=number(session.get("workout_rpe")) / RPE_STEP,
    )


def _sport(message: Message) -> str:
    """running with the sub-sport trail is trail running; a sub-sport that tells nothing new is left out."""
    sub = str(message.get("sub_sport") or "").partition("_")[0]
    name = str(message.get("sport") or "").replace("_", " ")
    return f"{sub} {name}" if is_known(f"{sub} {name}") else name


def _between(points: Sequence[Point], start_s: float, end_s: float) -> list[Point]:
    return [point for point in points if start_s <= point.time_s < end_s]


def _utc_offset_s(activity: Message) -> float:
    """How far the runner's clock was from UTC [s]; NaN where the file does not say, or says nonsense."""
    offset_s = number(activity.get("local_timestamp")) - number(activity.get("timestamp"))
    return ZONE_STEP_S * round(offset_s / ZONE_STEP_S) if abs(offset_s) <= FURTHEST_ZONE_S else UNKNOWN
