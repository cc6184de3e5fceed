"""Hamwatch's own export, read back. Its manifest names every file with its digest; what does not fit is refused."""

import hashlib
import math
from collections.abc import Mapping
from dataclasses import astuple, dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from monitor.errors import BadRecord, UserError
from monitor.model import Activity, Amendment, Event, Exposure, Flag, Injury, Origin, Profile, RunKey
from monitor.sources.archive_file import Files
from monitor.sources.check import checked
from monitor.sources.strava_json import strict_json
from monitor.symptoms.check_in import CheckIn

FORMAT, VERSION = "hamwatch-export", 1
MANIFEST = "hamwatch-export.json"
LARGEST_FILE = 100 * 2**20
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Told:
    """The days that a source had told."""

    origin: str
    first_day: date
    last_day: date


@dataclass(frozen=True, slots=True)
class OwnExport:
    """What an export gives back."""

    activities: tuple[Activity, ...]
    exposures: Mapping[RunKey, Exposure]
    told: tuple[Told, ...]
    injuries: tuple[Injury, ...]
    events: tuple[Event, ...]
    profile: Profile
    check_ins: tuple[CheckIn, ...]
    amendments: tuple[Amendment, ...] = ()


def read_own_export(path: Path, files: Files, now: datetime) -> OwnExport:
    """What a runner may bring back. Raises `UserError` naming *path* and the file in it that is foreign or damaged."""
    copy = _Copy(path, files, _manifest(path, files))
    runs = copy.rows("activity")
    current = {_named(row, "shape") for row in runs}
    # Samples of a run that was changed since they were read do not count.
    kept = [row for row in copy.rows("exposure") if row.get("held") is not None and _named(row, "content") in current]
    exposures: list[Exposure] = copy.valid("exposure", list[Exposure], [row["held"] for row in kept])
    keys: list[RunKey] = copy.valid("exposure", list[RunKey], [_named(row, "content")[:2] for row in kept])
    if not all(map(_is_finite, exposures)):
        raise copy.refused("exposure", "holds a number that is none")
    return OwnExport(
        activities=tuple(_activity(copy, row, now) for row in runs),
        exposures=dict(zip(keys, exposures, strict=True)),
        told=tuple(copy.read("coverage", Told)),
        injuries=tuple(copy.read("injury", Injury)),
        events=tuple(copy.read("event", Event)),
        profile=next(iter(copy.read("profile", Profile)), Profile()),
        check_ins=tuple(copy.read("check_in", CheckIn)) if copy.has("check_in") else (),
        amendments=_amendments(copy) if copy.has("amendment") else (),
    )


@dataclass(frozen=True, slots=True)
class _Copy:
    """The .zip that is being read, and what its files must be."""

    path: Path
    files: Files
    digests: Mapping[str, str]

    def has(self, table: str) -> bool:
        """Whether it holds this table: older copies lack those that came later."""
        return f"json/{table}.json" in self.digests

    def read(self, table: str, kind: type[T]) -> list[T]:
        read: list[T] = self.valid(table, list[kind], self.rows(table))  # type: ignore[valid-type]
        return read

    def rows(self, table: str) -> list[dict[str, Any]]:
        name = f"json/{table}.json"
        content = _content(self.path, self.files, name)
        if hashlib.sha256(content).hexdigest() != self.digests.get(name):
            raise self.refused(table, "is not as it was written")
        rows: list[dict[str, Any]] = self.valid(table, list[dict[str, Any]], _parsed(self.path, name, content))
        return rows

    def valid(self, table: str, kind: Any, value: object) -> Any:
        return _valid(self.path, f"json/{table}.json", kind, value)

    def refused(self, table: str, why: str) -> UserError:
        return _refused(self.path, f"json/{table}.json", why)


def _manifest(path: Path, files: Files) -> Mapping[str, str]:
    manifest = _parsed(path, MANIFEST, _content(path, files, MANIFEST))
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise _refused(path, MANIFEST, "is not the manifest of a Hamwatch export")
    if manifest.get("version") != VERSION:
        raise _refused(path, MANIFEST, f"is not of version {VERSION}, the only one that this program knows")
    digests: Mapping[str, str] = _valid(path, MANIFEST, dict[str, str], manifest.get("sha256"))
    return digests


def _activity(copy: _Copy, row: Mapping[str, Any], now: datetime) -> Activity:
    names: list[str] = copy.valid("activity", list[str], row.get("flags", []))
    if row.get("origin") == Origin.CHECK_IN:
        raise copy.refused("activity", "holds an activity that came from nowhere")
    if not set(names) <= set(Flag.__members__):
        raise copy.refused("activity", "holds a flag that is not known")
    read: Activity = copy.valid("activity", Activity, {**row, "flags": [Flag[each] for each in names]})
    if read.start.tzinfo is None or read.start_local.tzinfo is not None:
        raise copy.refused("activity", "holds a start without a time zone, or a wall clock with one")
    if not _is_finite(read):
        raise copy.refused("activity", "holds a number that is none")
    try:
        return checked(read, now)
    except BadRecord as error:
        raise copy.refused("activity", f"holds an activity that cannot be: {error}") from error


def _amendments(copy: _Copy) -> tuple[Amendment, ...]:
    """What the runner had said of their runs."""
    rows = [
        row
        | {
            "run": (row.get("origin"), row.get("origin_id")),
            "into": (row["into_origin"], row.get("into_id")) if row.get("into_origin") else None,
        }
        for row in copy.rows("amendment")
    ]
    read: list[Amendment] = copy.valid("amendment", list[Amendment], rows)
    if not all(each.value is None or math.isfinite(each.value) for each in read):
        raise copy.refused("amendment", "holds a number that is none")
    return tuple(read)


def _named(row: Mapping[str, Any], by: str) -> tuple[str, str, str]:
    return str(row.get("origin")), str(row.get("origin_id")), str(row.get(by))


def _is_finite(read: Activity | Exposure) -> bool:
    """Whether each number is one: texts like NaN would pass as floats."""
    return all(math.isfinite(value) for value in astuple(read) if isinstance(value, float))


def _content(path: Path, files: Files, name: str) -> bytes:
    if name not in files.names:
        raise _refused(path, name, "is missing")
    try:
        return files.read(name, LARGEST_FILE)
    except BadRecord as error:
        raise _refused(path, name, str(error)) from error


def _parsed(path: Path, name: str, content: bytes) -> object:
    try:
        return strict_json(content)
    except ValueError as error:
        raise _refused(path, name, "is no JSON") from error


def _valid(path: Path, name: str, kind: Any, value: object) -> Any:
    try:
        return TypeAdapter(kind).validate_python(value)
    except ValidationError as error:
        problem = error.errors()[0]
        where = ".".join(map(str, problem["loc"]))
        raise _refused(path, name, f"cannot be read at {where}: {problem['msg']}") from error


def _refused(path: Path, name: str, why: str) -> UserError:
    return UserError(f"{path}: {name} {why}. Nothing was imported; export again, and give the .zip unchanged.")
