"""Small recordings as devices write them, the same moments as GPX or as TCX (`fit_samples`: as FIT)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from monitor.sources.recording import Recording, read_recordings

PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2026, 10, 1, tzinfo=UTC)
START = datetime(2026, 8, 2, 17, 30, tzinfo=UTC)
METRES_A_DEGREE = 111_195.08  # of latitude, on a ball as large as the earth


@dataclass(frozen=True)
class Moment:
    """What a device notes down *at* seconds after the start."""

    at: float
    metres: float | None = None
    speed: float | None = None
    altitude: float | None = None
    heartrate: int | None = None
    cadence: int | None = None


def steady(seconds: int = 600, speed: float = 3.0, every: int = 5, **told: float) -> list[Moment]:
    """A run at one speed, northwards, the same values told all the way."""
    return [Moment(at, at * speed, **told) for at in range(0, seconds + 1, every)]  # type: ignore[arg-type]


def read_one(content: bytes, zone: ZoneInfo = PARIS) -> Recording:
    """The only session of a recording."""
    (recording,) = read_recordings(content, zone, NOW)
    return recording


def gpx(*segments: Sequence[Moment], kind: str = "running", name: str = "", start: datetime = START) -> bytes:
    """A GPX file of one track. Its positions, and nothing else, tell how far it went."""
    told = "".join(f"<trkseg>{''.join(_trkpt(each, start) for each in segment)}</trkseg>" for segment in segments)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<gpx creator="a watch" xmlns="http://www.topografix.com/GPX/1/1"'
        ' xmlns:more="http://www.garmin.com/xmlschemas/TrackPointExtension/v1">'
        f"<trk>{_cell('name', name or None)}{_cell('type', kind or None)}{told}</trk></gpx>"
    ).encode()


def tcx(moments: Sequence[Moment], sport: str = "Running", start: datetime = START, timer_s: float = 600) -> bytes:
    """A TCX file of one lap, which tells the distance and the time without pauses."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<TrainingCenterDatabase xmlns="http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2">'
        f'<Activities><Activity Sport="{sport}"><Lap StartTime="{_utc(start, 0)}">'
        f"{_cell('TotalTimeSeconds', timer_s)}{_cell('DistanceMeters', moments[-1].metres if moments else None)}"
        f"<Track>{''.join(_trackpoint(each, start) for each in moments)}</Track>"
        "</Lap><Creator><UnitId>77</UnitId></Creator></Activity></Activities></TrainingCenterDatabase>"
    ).encode()


def _trkpt(moment: Moment, start: datetime) -> str:
    position = "" if moment.metres is None else f'lat="{45 + moment.metres / METRES_A_DEGREE:.9f}" lon="6.1"'
    more = _cell("more:hr", moment.heartrate) + _cell("more:cad", moment.cadence) + _cell("more:speed", moment.speed)
    return (
        f"<trkpt {position}>{_cell('ele', moment.altitude)}{_cell('time', _utc(start, moment.at))}"
        f"<extensions><more:TrackPointExtension>{more}</more:TrackPointExtension></extensions></trkpt>"
    )


def _trackpoint(moment: Moment, start: datetime) -> str:
    heartrate = "" if moment.heartrate is None else f"<HeartRateBpm>{_cell('Value', moment.heartrate)}</HeartRateBpm>"
    more = _cell("Speed", moment.speed) + _cell("RunCadence", moment.cadence)
    return (
        f"<Trackpoint>{_cell('Time', _utc(start, moment.at))}{_cell('AltitudeMeters', moment.altitude)}"
        f"{_cell('DistanceMeters', moment.metres)}{heartrate}<Extensions><TPX>{more}</TPX></Extensions></Trackpoint>"
    )


def _cell(tag: str, value: object) -> str:
    return "" if value is None else f"<{tag}>{value}</{tag}>"


def _utc(start: datetime, at: float) -> str:
    return f"{start + timedelta(seconds=at):%Y-%m-%dT%H:%M:%S}.000Z"
