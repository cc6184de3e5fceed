"""What every recording comes down to, whatever its format: the points of a track, and what its device says of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

UNKNOWN = float("nan")


class Point(NamedTuple):
    """One sample of a device; NaN where it measured nothing."""

    time_s: float  # since 1970
    latitude_deg: float = UNKNOWN
    longitude_deg: float = UNKNOWN
    distance_m: float = UNKNOWN  # covered so far
    speed_mps: float = UNKNOWN
    altitude_m: float = UNKNOWN
    heartrate_bpm: float = UNKNOWN
    cadence: float = UNKNOWN  # per minute: steps of both feet, or of one
    segment: float = 0.0  # a new one begins where a stopped recording goes on


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """One session as its file tells it. NaN is left to its points to tell."""

    device: str  # what tells it from another device at the same moment
    sport: str  # in Strava's words
    points: Sequence[Point]
    start_s: float  # since 1970
    utc_offset_s: float = UNKNOWN  # of the clock that the runner saw
    distance_m: float = UNKNOWN
    moving_s: float = UNKNOWN
    elapsed_s: float = UNKNOWN
    rpe: float = UNKNOWN
    name: str = ""
    is_treadmill: bool = False
