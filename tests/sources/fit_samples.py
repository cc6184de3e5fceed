"""Small FIT files, byte by byte: a header, messages each with its definition, a checksum."""

import struct
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from fitdecode.utils import compute_crc

from tests.sources.recording_samples import START, Moment

FIT_EPOCH = datetime(1989, 12, 31, tzinfo=UTC)
ACTIVITY, COURSE = 4, 6
GENERIC, RUNNING, CYCLING, TRANSITION, WALKING = 0, 1, 2, 3, 11
STREET, TREADMILL, TRAIL, INDOOR_RUNNING, VIRTUAL = 2, 1, 3, 45, 58

# Number of each message; of each field its number, its type (as in struct), and by how much its value is multiplied.
_MESSAGES: Mapping[str, tuple[int, Mapping[str, tuple[int, str, float]]]] = {
    "file_id": (0, {"type": (0, "B", 1), "serial_number": (3, "I", 1)}),
    "session": (
        18,
        {
            "timestamp": (253, "I", 1),
            "start_time": (2, "I", 1),
            "sport": (5, "B", 1),
            "sub_sport": (6, "B", 1),
            "total_elapsed_time": (7, "I", 1000),
            "total_timer_time": (8, "I", 1000),
            "total_distance": (9, "I", 100),
            "workout_rpe": (193, "B", 1),
        },
    ),
    "record": (
        20,
        {
            "timestamp": (253, "I", 1),
            "heartrate": (3, "B", 1),
            "cadence": (4, "B", 1),
            "distance": (5, "I", 100),
            "speed": (6, "H", 1000),
        },
    ),
    "activity": (34, {"timestamp": (253, "I", 1), "local_timestamp": (5, "I", 1)}),
}
_BASE_TYPES = {"B": 0x02, "H": 0x84, "I": 0x86}

Message = tuple[str, Mapping[str, float]]


def fit(*messages: Message) -> bytes:
    """A FIT file of these messages."""
    return sealed(b"".join(_written(*message) for message in messages))


def sealed(body: bytes) -> bytes:
    """The body of a FIT file between its header and the checksum that fits."""
    whole = struct.pack("<BBHI4sH", 14, 0x20, 2132, len(body), b".FIT", 0) + body
    return whole + struct.pack("<H", compute_crc(whole))


def fit_run(
    moments: Sequence[Moment], sport: int = RUNNING, sub_sport: int = GENERIC, start: datetime = START, **session: float
) -> bytes:
    """A FIT file of one session."""
    told = {"start_time": since_epoch(start), "sport": sport, "sub_sport": sub_sport, **session}
    return fit(file_id(), *records(moments, start), ("session", told))


def file_id(kind: int = ACTIVITY, serial_number: int = 77) -> Message:
    return "file_id", {"type": kind, "serial_number": serial_number}


def records(moments: Sequence[Moment], start: datetime = START) -> list[Message]:
    return [("record", _record(moment, start)) for moment in moments]


def since_epoch(moment: datetime) -> int:
    return int((moment - FIT_EPOCH).total_seconds())


def _record(moment: Moment, start: datetime) -> dict[str, float]:
    told = {
        "timestamp": since_epoch(start) + moment.at,
        "distance": moment.metres,
        "speed": moment.speed,
        "heartrate": moment.heartrate,
        "cadence": moment.cadence,
    }
    return {name: value for name, value in told.items() if value is not None}


def _written(name: str, told: Mapping[str, float]) -> bytes:
    number, fields = _MESSAGES[name]
    chosen = [(*fields[field], value) for field, value in told.items()]
    sizes = b"".join(bytes((field, struct.calcsize(kind), _BASE_TYPES[kind])) for field, kind, _, _ in chosen)
    values = b"".join(struct.pack("<" + kind, round(value * scale)) for _, kind, scale, value in chosen)
    return struct.pack("<BBBHB", 0x40, 0, 0, number, len(chosen)) + sizes + b"\0" + values
