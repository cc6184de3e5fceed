"""Strava's bulk export: the runner's own file of everything they ever recorded, read without an account."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from monitor.errors import BadRecord, UserError
from monitor.model import RUN_SPORTS, Activity, Flag, Origin, Workout
from monitor.sources.archive_distance import distance_m
from monitor.sources.archive_file import list_bytes
from monitor.sources.archive_table import Row, rows
from monitor.sources.archive_text import number, optional_number, utc_time
from monitor.sources.archive_words import SPORTS, TREADMILL, Column, plain
from monitor.sources.check import both_feet, checked

LARGEST_ID = 2**63 - 1
HARDEST_EXERTION = 10
YES = {"1", "1.0", "true"}
MEASURED = (Column.AVERAGE_HEARTRATE, Column.MAX_HEARTRATE, Column.CADENCE)


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that was not taken, by its line in activities.csv."""

    line: int
    reason: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Reading:
    """What an export gave: its activities in order of time, the rows refused, and how many rows were read.

    Of rows with the same id the last counts, so there may be fewer activities than rows.
    """

    activities: tuple[Activity, ...]
    refused: tuple[Refused, ...]
    read: int
    filenames: Mapping[str, str] = field(default_factory=dict)  # activity id → its recording, as the list calls it


def read_archive(path: Path, zone: ZoneInfo, now: datetime) -> Reading:
    """The activities of a Strava export: its .zip, its folder, or its activities.csv.

    Times in it are UTC; *zone* is the runner's, and gives the wall clock and the day. Raises UserError where it is
    no export that can be read; a bad row is refused and the others go on.
    """
    table = _table(path)
    names_recordings = any(row[Column.FILENAME] for row in table)
    activities: dict[str, Activity] = {}
    filenames: dict[str, str] = {}
    refused: list[Refused] = []
    for row in table:
        try:
            activity = checked(_activity(row, zone, names_recordings), now)
        except BadRecord as error:
            refused.append(Refused(row.line, str(error)))
        else:
            activities[activity.origin_id] = activity
            filenames[activity.origin_id] = row[Column.FILENAME]
    in_order = sorted(activities.values(), key=lambda activity: (activity.start, activity.origin_id))
    return Reading(tuple(in_order), tuple(refused), len(table), filenames)


def _table(path: Path) -> list[Row]:
    content = list_bytes(path)
    try:
        return rows(content)
    except UserError as error:
        raise UserError(f"{path}: {error}.") from error


def _activity(row: Row, zone: ZoneInfo, names_recordings: bool) -> Activity:
    """The row as an activity, not yet checked. Raises BadRecord where a field that matters cannot be read."""
    if row.fault:
        raise BadRecord(row.fault)
    start = utc_time(row[Column.DATE])
    sport = _sport(row)
    elapsed_s, moving_s = _seconds(row, Column.ELAPSED), _seconds(row, Column.MOVING)
    metres = distance_m(row, sport, moving_s or elapsed_s)
    cadence = optional_number(row[Column.CADENCE])
    return Activity(
        origin=Origin.EXPORT,
        origin_id=_id(row, start, sport, elapsed_s, metres),
        name=row[Column.NAME],
        sport=sport,
        start=start,
        start_local=start.astimezone(zone).replace(tzinfo=None, fold=0),
        distance_m=metres,
        moving_s=moving_s,
        elapsed_s=elapsed_s,
        climb_m=optional_number(row[Column.CLIMB]),
        average_heartrate_bpm=optional_number(row[Column.AVERAGE_HEARTRATE]),
        max_heartrate_bpm=optional_number(row[Column.MAX_HEARTRATE]),
        # Strava counts the strides of one leg
        cadence_spm=both_feet(cadence) if sport in RUN_SPORTS else cadence,
        rpe=_rpe(row),
        workout=_workout(row),
        flags=_flags(row, names_recordings),
    )


def _id(row: Row, *content: object) -> str:
    """Strava's number; where the export has none, a digest of what does not change when a runner renames a run."""
    written = row[Column.ID]
    if not written:
        return "row-" + hashlib.sha256("|".join(map(str, content)).encode()).hexdigest()[:24]
    if re.fullmatch(r"[0-9]{1,19}", written) is None or int(written) > LARGEST_ID:
        raise BadRecord("the activity id is not a number of Strava's")
    return str(int(written))


def _sport(row: Row) -> str:
    """Strava's word for it in English. What is in no table stays as it is written, and is no run."""
    for column in (Column.SPORT_TYPE, Column.ACTIVITY_TYPE):
        written = row[column]
        if any(char.isalpha() for char in written):  # a code, as such columns may hold, tells nothing
            return "Run" if plain(written) in TREADMILL else SPORTS.get(plain(written), written)
    return ""


def _flags(row: Row, names_recordings: bool) -> frozenset[Flag]:
    flags = set()
    if plain(row[Column.ACTIVITY_TYPE]) in TREADMILL:
        flags.add(Flag.TREADMILL)
    if not row[Column.FILENAME] and _by_hand(row, names_recordings):
        flags.add(Flag.MANUAL)
    return frozenset(flags)


def _by_hand(row: Row, names_recordings: bool) -> bool:
    """Whether a row without a recording was entered by hand.

    Full exports say so. In reduced ones it is a row that no sensor measured, among others that name a recording.
    """
    if uploaded := row[Column.FROM_UPLOAD]:
        return uploaded.casefold() not in YES
    return names_recordings and not any(row[column] for column in MEASURED)


def _rpe(row: Row) -> float | None:
    """The runner's own rating of exertion, from 1 for very easy to 10."""
    exertion = optional_number(row[Column.EXERTION])
    return exertion if exertion is not None and 1 <= exertion <= HARDEST_EXERTION else None


def _workout(row: Row) -> Workout:
    if row[Column.COMPETITION].casefold() in YES:
        return Workout.RACE
    return Workout.LONG_RUN if row[Column.LONG_RUN].casefold() in YES else Workout.DEFAULT


def _seconds(row: Row, column: Column) -> int | None:
    seconds = number(row[column])
    return None if seconds is None else round(seconds)
