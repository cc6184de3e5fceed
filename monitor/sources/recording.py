"""A runner's own recordings: FIT, GPX and TCX files, also .gz, become activities with their samples."""

import hashlib
import math
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from monitor.errors import BadRecord
from monitor.model import RUN_SPORTS, Activity, Flag, Origin
from monitor.sources import recording_fit, recording_gpx, recording_tcx
from monitor.sources.check import checked, whole_metres
from monitor.sources.recording_file import unpacked
from monitor.sources.recording_points import Totals, samples, totals
from monitor.sources.recording_track import Track
from monitor.sources.recording_xml import is_xml, local_name, safe_root
from monitor.sources.samples import Samples

ON_FOOT = RUN_SPORTS | {"Walk", "Hike"}
HARDEST_RPE = 10.0


@dataclass(frozen=True, slots=True)
class Recording:
    """One session of a file. *samples* is None where the file tells only what it came to."""

    activity: Activity
    samples: Samples | None


def read_recordings(content: bytes, zone: ZoneInfo, now: datetime) -> tuple[Recording, ...]:
    """The sessions that a recording holds: usually one; of a multisport file its runs.

    Files tell UTC. The day is that of the clock the runner saw, where the file says it, else of *zone*, the runner's.
    A file that names no sport is taken for a run, since it is a runner's own. The id of an activity is a digest of
    its start and device, so the same file under another name is the same activity. BadRecord says why a file is
    refused: damaged, no activity, a clock that jumps by days, nothing that can be true, hostile XML.
    """
    return tuple(_recording(track, zone, now) for track in _tracks(unpacked(content)))


def _tracks(content: bytes) -> list[Track]:
    if recording_fit.is_fit(content):
        return recording_fit.tracks(content)
    if is_xml(content):
        root = safe_root(content)
        if local_name(root) == "gpx":
            return recording_gpx.tracks(root)
        if local_name(root) == "TrainingCenterDatabase":
            return recording_tcx.tracks(root)
    raise BadRecord("it is no FIT, GPX or TCX file")


def _recording(track: Track, zone: ZoneInfo, now: datetime) -> Recording:
    told = samples(track.points, on_foot=track.sport in ON_FOOT) if track.points else None
    return Recording(checked(_activity(track, told, zone), now), told)


def _activity(track: Track, told: Samples | None, zone: ZoneInfo) -> Activity:
    """The activity, not yet checked: what the device says of the whole, else what its samples come to."""
    start = _start(track.start_s)
    came_to = Totals() if told is None else totals(told)
    distance_m = _first(track.distance_m, came_to.distance_m)
    return Activity(
        origin=Origin.RECORDING,
        origin_id=hashlib.sha256(f"{start.isoformat()}|{track.device}".encode()).hexdigest()[:32],
        name=track.name or track.sport,
        sport=track.sport,
        start=start,
        start_local=_wall_clock(start, track.utc_offset_s, zone),
        distance_m=None if distance_m is None else whole_metres(distance_m),
        moving_s=_whole(_first(track.moving_s, came_to.moving_s)),
        elapsed_s=_whole(_first(track.elapsed_s, came_to.elapsed_s)),
        average_heartrate_bpm=_first(round(came_to.average_heartrate_bpm, 1)),
        max_heartrate_bpm=_first(came_to.max_heartrate_bpm),
        cadence_spm=_first(round(came_to.cadence_spm, 1)),
        rpe=track.rpe if 0 < track.rpe <= HARDEST_RPE else None,
        flags=frozenset({Flag.TREADMILL} if track.is_treadmill else ()),
    )


def _start(start_s: float) -> datetime:
    start = datetime.fromtimestamp(int(start_s), UTC)
    if not 1900 <= start.year < 2200:  # far from where a time zone would leave the calendar
        raise BadRecord(f"it starts in the year {start.year}")
    return start


def _wall_clock(start: datetime, utc_offset_s: float, zone: ZoneInfo) -> datetime:
    if math.isfinite(utc_offset_s):
        return (start + timedelta(seconds=utc_offset_s)).replace(tzinfo=None)
    return start.astimezone(zone).replace(tzinfo=None, fold=0)


def _first(*values: float) -> float | None:
    """The first that is known and not 0."""
    return next((value for value in values if value > 0), None)


def _whole(value: float | None) -> int | None:
    return None if value is None else round(value)
