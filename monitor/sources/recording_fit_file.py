"""The messages of a FIT file, decoded by fitdecode and checked by its checksum; several files may be chained in one."""

import math
import struct
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import fitdecode

from monitor.errors import BadRecord
from monitor.sources.recording_track import UNKNOWN, Point

EPOCH_S = 631_065_600  # FIT counts from the last day of 1989
CLOCK_SET_S = 0x1000_0000  # a smaller time counts from when the device was switched on
DEGREES = 180 / 2**31
MOST_MESSAGES = 1_000_000  # eleven days at one a second

Message = Mapping[str, Any]
_KEPT = {"file_id", "activity", "session", "sport"}
_DAMAGED = (ArithmeticError, AssertionError, AttributeError, LookupError, TypeError, ValueError, struct.error)


@dataclass(frozen=True, slots=True)
class FitFile:
    """One of the chained files: its messages by kind, its records as points."""

    said: defaultdict[str, list[Message]] = field(default_factory=lambda: defaultdict(list))
    points: list[Point] = field(default_factory=list)

    @property
    def kind(self) -> str:
        return str(self.first("file_id").get("type") or "unknown")

    def first(self, kind: str) -> Message:
        return next(iter(self.said[kind]), {})


def fit_files(content: bytes) -> list[FitFile]:
    """The files in *content*. BadRecord where any of them is damaged, or the device's clock was not set."""
    files: list[FitFile] = []
    try:
        # IGNORE is for fields that developers declare carelessly: none of those is read, so they cost no run.
        with fitdecode.FitReader(
            content,
            processor=None,
            check_crc=fitdecode.CrcCheck.RAISE,
            error_handling=fitdecode.ErrorHandling.IGNORE,
        ) as frames:
            for count, frame in enumerate(frames):
                if count > MOST_MESSAGES:
                    raise BadRecord(f"it holds more than {MOST_MESSAGES} messages")
                if frame.frame_type == fitdecode.FIT_FRAME_HEADER:
                    files.append(FitFile())
                elif frame.frame_type == fitdecode.FIT_FRAME_DATA:
                    _keep(frame, files[-1])
    except fitdecode.FitCRCError as error:
        raise BadRecord("its checksum is wrong: it was damaged") from error
    except fitdecode.FitEOFError as error:
        raise BadRecord("it ends too early: it was not saved or copied whole") from error
    except fitdecode.FitHeaderError as error:
        raise BadRecord("a header in it is damaged") from error
    except (fitdecode.FitError, *_DAMAGED) as error:  # the decoder stumbles in many ways
        raise BadRecord("its content is damaged") from error
    return files


def moment(value: Any) -> float:
    """Seconds since 1970, NaN where there is none. BadRecord from a device that did not know the time."""
    since_s = number(value)
    if since_s < CLOCK_SET_S:
        raise BadRecord("the clock of its device was not set")
    return EPOCH_S + since_s


def number(value: Any, otherwise: float = UNKNOWN) -> float:
    return float(value) if isinstance(value, int | float) and math.isfinite(value) else otherwise


def _keep(frame: Any, file: FitFile) -> None:
    if frame.name in _KEPT:
        file.said[frame.name].append(_message(frame))
    elif frame.name == "record" and (point := _point(_message(frame))):
        file.points.append(point)


def _message(frame: Any) -> Message:
    """Of fields with one name the first counts: those of other developers come last."""
    return {each.name: each.value for each in reversed(frame.fields)}


def _point(record: Message) -> Point | None:
    time_s = moment(record.get("timestamp"))
    if math.isnan(time_s):
        return None
    return Point(
        time_s=time_s,
        latitude_deg=number(record.get("position_lat")) * DEGREES,
        longitude_deg=number(record.get("position_long")) * DEGREES,
        distance_m=number(record.get("distance")),
        speed_mps=number(record.get("enhanced_speed")),
        altitude_m=number(record.get("enhanced_altitude")),
        heartrate_bpm=number(record.get("heart_rate")),
        cadence=number(record.get("cadence")) + number(record.get("fractional_cadence"), 0.0),
    )
