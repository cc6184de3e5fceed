"""TCX: Garmin's training files. Laps tell distance and time without pauses, their track points the rest."""

import math
from collections.abc import Sequence

from lxml import etree

from monitor.errors import BadRecord
from monitor.sources.recording_sports import sport
from monitor.sources.recording_track import Point, Track
from monitor.sources.recording_xml import number, seconds


def tracks(root: etree._Element) -> list[Track]:
    """The activities of a TCX file. BadRecord where it holds none: a course, a workout."""
    found = [_track(element) for element in root.iter("{*}Activity")]
    if not found:
        raise BadRecord("it holds no activity, perhaps a course or a workout")
    return found


def _track(element: etree._Element) -> Track:
    laps = element.findall("{*}Lap")
    points = [_point(each) for each in element.iter("{*}Trackpoint")]
    timed = [point for point in points if math.isfinite(point.time_s)]
    starts = [seconds(lap.get("StartTime")) for lap in laps] + [point.time_s for point in timed[:1]]
    start_s = next(filter(math.isfinite, starts), None)
    if start_s is None:
        raise BadRecord("it does not say when it was recorded")
    creator = element.findtext("{*}Creator/{*}UnitId") or element.findtext("{*}Creator/{*}Name") or ""
    return Track(
        device=f"tcx {creator}",
        sport=sport(element.get("Sport")),
        points=timed,
        start_s=start_s,
        distance_m=_total(laps, "{*}DistanceMeters"),
        moving_s=_total(laps, "{*}TotalTimeSeconds"),
    )


def _point(element: etree._Element) -> Point:
    return Point(
        time_s=seconds(element.findtext("{*}Time")),
        latitude_deg=number(element.findtext("{*}Position/{*}LatitudeDegrees")),
        longitude_deg=number(element.findtext("{*}Position/{*}LongitudeDegrees")),
        distance_m=number(element.findtext("{*}DistanceMeters")),
        speed_mps=number(element.findtext("{*}Extensions/{*}TPX/{*}Speed")),
        altitude_m=number(element.findtext("{*}AltitudeMeters")),
        heartrate_bpm=number(element.findtext("{*}HeartRateBpm/{*}Value")),
        cadence=number(element.findtext("{*}Cadence") or element.findtext("{*}Extensions/{*}TPX/{*}RunCadence")),
    )


def _total(laps: Sequence[etree._Element], path: str) -> float:
    """The sum over the laps; NaN where one of them does not say."""
    return math.fsum(number(lap.findtext(path)) for lap in laps) if laps else math.nan
