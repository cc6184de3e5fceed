"""From Strava's JSON to activities: each record is judged alone, so that a bad one costs nobody else anything."""

import math
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from monitor.errors import BadRecord
from monitor.model import RUN_SPORTS, Activity, Flag, Origin, Workout
from monitor.sources.check import both_feet, checked, clean_name, whole_metres
from monitor.sources.strava_json import RepeatedFields

HIDDEN_START = (0, 0, 1)  # Strava shows 00:00:01 where the runner hides when they run
LARGEST_OFFSET = timedelta(hours=14)
OF_ANOTHER = "activity of another account"


def activity_of(raw: object, now: datetime, athlete_id: int | None = None) -> Activity:
    """One record of a list page as an activity; BadRecord, with a reason free of personal data, where it is none.

    Nor where it names another account than *athlete_id*; one that names none is taken to be theirs.
    """
    if not isinstance(raw, dict):
        raise BadRecord("it is no JSON object")
    if isinstance(raw, RepeatedFields):
        raise BadRecord("a field stands in it twice")
    try:
        record = StravaRecord.model_validate(raw)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        raise BadRecord(f"{'.'.join(map(str, first['loc']))}: {first['msg']}") from None  # no value in any log
    if athlete_id is not None and record.owner_id not in (None, athlete_id):
        raise BadRecord(OF_ANOTHER)
    return checked(_activity(record), now)


def record_id(raw: object) -> str | None:
    """The id of a record, however unusable the rest of it is; None where it has none."""
    try:
        return str(_WithId.model_validate(raw).id)
    except ValidationError:
        return None


def start_of(raw: object) -> datetime | None:
    """When it started, however unusable the rest of it is; None where that cannot be read."""
    try:
        return _WithStart.model_validate(raw).start_date
    except ValidationError:
        return None


def _whole_number(value: object) -> object:
    return int(value) if isinstance(value, str) and value.isascii() and value.isdecimal() else value


def _number_or_nan(value: object) -> object:
    """What is no number becomes NaN, which `checked` drops with a flag: a sensor's nonsense does not cost the run."""
    return value if value is None or type(value) in (int, float) else math.nan


def _moment(fail: str, read: Callable[[datetime], datetime]) -> BeforeValidator:
    def parse(value: object) -> object:
        if not isinstance(value, str):
            return value
        try:
            return read(datetime.fromisoformat(value))
        except (ValueError, OverflowError):
            raise ValueError(fail) from None

    return BeforeValidator(parse)


def _utc(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError
    return moment.astimezone(UTC)


def _wall_clock(moment: datetime) -> datetime:
    return moment.replace(tzinfo=None)  # Strava labels local time UTC: take the wall clock, never convert


Id = Annotated[int, BeforeValidator(_whole_number), Field(gt=0, lt=2**63)]  # what a database holds as a whole number
Amount = Annotated[float, Field(ge=0, allow_inf_nan=False)] | None
Sensor = Annotated[float | None, BeforeValidator(_number_or_nan)]


class _WithId(BaseModel):
    model_config = ConfigDict(strict=True, frozen=True, hide_input_in_errors=True)

    id: Id


class _WithStart(BaseModel):
    model_config = ConfigDict(strict=True, frozen=True, hide_input_in_errors=True)

    start_date: Annotated[datetime, _moment("it is no moment in time", _utc)]


class StravaRecord(_WithId, _WithStart):
    """The fields of an activity that are kept. All others are never read: no route, no photo, no description."""

    athlete: object = None
    start_date_local: Annotated[datetime | None, _moment("it is no local time", _wall_clock)] = None
    timezone: object = None
    utc_offset: Sensor = None
    name: object = None
    sport_type: str | None = None
    type: str | None = None
    distance: Amount = None
    moving_time: Amount = None
    elapsed_time: Amount = None
    total_elevation_gain: Sensor = None
    has_heartrate: object = None
    average_heartrate: Sensor = None
    max_heartrate: Sensor = None
    average_cadence: Sensor = None
    workout_type: object = None
    manual: object = None
    trainer: object = None

    @property
    def owner_id(self) -> object:
        """The number of the account that it belongs to; None where it does not say."""
        return self.athlete.get("id") if isinstance(self.athlete, dict) else None

    @property
    def zone(self) -> ZoneInfo | None:
        """The zone in "(GMT+01:00) Europe/Paris", whose offset ignores summer time; None where nobody knows it."""
        try:
            return ZoneInfo(str(self.timezone).rpartition(" ")[2])
        except (OSError, ValueError, KeyError):  # ZoneInfo raises all three, by what is wrong with the name
            return None


def _activity(record: StravaRecord) -> Activity:
    sport = record.sport_type or record.type or "Unknown"
    is_run = sport in RUN_SPORTS
    local = _local_start(record)
    return Activity(
        origin=Origin.STRAVA,
        origin_id=str(record.id),
        name=clean_name(record.name),
        sport=sport,
        start=record.start_date,
        start_local=local,
        distance_m=None if record.distance is None else whole_metres(record.distance),
        moving_s=None if record.moving_time is None else round(record.moving_time),
        elapsed_s=None if record.elapsed_time is None else round(record.elapsed_time),
        climb_m=record.total_elevation_gain,
        average_heartrate_bpm=_heart_rate(record),
        max_heartrate_bpm=record.max_heartrate,
        cadence_spm=both_feet(record.average_cadence) if is_run else None,
        workout=_workout(record.workout_type),
        flags=_flags(record, local, is_run),
    )


def _local_start(record: StravaRecord) -> datetime:
    start = record.start_date.replace(tzinfo=None)
    if record.start_date_local is not None:
        if abs(record.start_date_local - start) > LARGEST_OFFSET:
            raise BadRecord("its local start and its start are of different days")
        return record.start_date_local
    if record.zone is not None:
        return record.start_date.astimezone(record.zone).replace(tzinfo=None)
    offset_s = record.utc_offset or 0
    return start + timedelta(seconds=offset_s) if abs(offset_s) <= LARGEST_OFFSET.total_seconds() else start


def _heart_rate(record: StravaRecord) -> float | None:
    untrue = record.has_heartrate is False and record.average_heartrate is not None
    return math.nan if untrue else record.average_heartrate


def _workout(value: object) -> Workout:
    return Workout(value) if type(value) is int and value in list(Workout) else Workout.DEFAULT


def _flags(record: StravaRecord, local: datetime, is_run: bool) -> frozenset[Flag]:
    doubts = {
        Flag.MANUAL: record.manual is True,
        Flag.TREADMILL: is_run and record.trainer is True,
        Flag.ZONE_UNKNOWN: record.zone is None,
        Flag.HIDDEN_START: (local.hour, local.minute, local.second) == HIDDEN_START,
    }
    return frozenset(flag for flag, holds in doubts.items() if holds)
