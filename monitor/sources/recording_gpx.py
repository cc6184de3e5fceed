"""GPX: each track of a file is a session. Heart rate and cadence stand in extensions of several makers."""

import math
from collections.abc import Mapping

from lxml import etree

from monitor.errors import BadRecord
from monitor.sources.recording_sports import is_treadmill, sport
from monitor.sources.recording_track import UNKNOWN, Point, Track
from monitor.sources.recording_xml import local_name, number, seconds


def tracks(root: etree._Element) -> list[Track]:
    """The tracks of a GPX file. BadRecord where it holds none that was recorded."""
    found = [track for element in root.iterfind("{*}trk") if (track := _track(element, root.get("creator", "")))]
    if not found:
        raise BadRecord("it holds no recorded track, only a plan: a route, or points without times")
    return found


def _track(element: etree._Element, creator: str) -> Track | None:
    segments = enumerate(element.iterfind("{*}trkseg"))
    points = [_point(each, number) for number, segment in segments for each in segment.iterfind("{*}trkpt")]
    timed = [point for point in points if math.isfinite(point.time_s)]
    if not timed:
        return None
    kind = element.findtext("{*}type")
    return Track(
        device=f"gpx {creator}",
        sport=sport(kind),
        is_treadmill=is_treadmill(kind),
        name=element.findtext("{*}name") or "",
        points=timed,
        start_s=timed[0].time_s,
    )


def _point(element: etree._Element, segment: int) -> Point:
    cells = {local_name(each).lower(): each.text for each in element.iter()}
    return Point(
        time_s=seconds(cells.get("time")),
        latitude_deg=_degrees(element.get("lat"), 90),
        longitude_deg=_degrees(element.get("lon"), 180),
        speed_mps=number(cells.get("speed")),
        altitude_m=number(cells.get("ele")),
        heartrate_bpm=_first(cells, "hr", "heartrate"),
        cadence=_first(cells, "cad", "cadence"),
        segment=segment,
    )


def _first(cells: Mapping[str, str | None], *names: str) -> float:
    return next((number(cells[name]) for name in names if name in cells), UNKNOWN)


def _degrees(text: str | None, at_most: float) -> float:
    value = number(text)
    return value if abs(value) <= at_most else UNKNOWN
