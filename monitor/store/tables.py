"""Every table, in the order in which data flows: people, connections, runs, findings, letters, jobs."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from monitor.store.types import BigId, UtcDateTime

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


def _moment(*, nullable: bool = False) -> Any:
    return Field(sa_type=UtcDateTime, nullable=nullable, default=None if nullable else ...)


def _of_runner(*, primary_key: bool = False) -> Any:
    return Field(
        sa_type=BigId, foreign_key="runner.id", ondelete="CASCADE", primary_key=primary_key, index=not primary_key
    )


class Team(SQLModel, table=True):
    id: int | None = Field(default=None, sa_type=BigId, primary_key=True)
    name: str = Field(unique=True)


class Runner(SQLModel, table=True):
    id: int | None = Field(default=None, sa_type=BigId, primary_key=True)
    name: str
    email: str
    timezone: str
    team_id: int | None = Field(default=None, sa_type=BigId, foreign_key="team.id", index=True)
    created_at: datetime = _moment()
    assess_from: date | None = None  # the earliest day that changed since the last assessment
    assessed_with: str = ""  # which rules and lines the stored findings were made with
    alert_due: bool = False  # assessed since the last look of the alert job


class Coach(SQLModel, table=True):
    id: int | None = Field(default=None, sa_type=BigId, primary_key=True)
    name: str
    email: str
    team_id: int = Field(sa_type=BigId, foreign_key="team.id", index=True)


class Connection(SQLModel, table=True):
    """A runner's Strava account, and the ledger of how asking it went."""

    runner_id: int = _of_runner(primary_key=True)
    athlete_id: int = Field(sa_type=BigId, unique=True)
    access_sealed: bytes
    refresh_sealed: bytes
    expires_at: datetime = _moment()
    scope: str
    claimed_until: datetime | None = _moment(nullable=True)  # somebody is refreshing the token
    access: str = "ok"  # Access of monitor.rules.freshness
    access_since: datetime = _moment()
    last_complete_at: datetime | None = _moment(nullable=True)
    failing_since: datetime | None = _moment(nullable=True)
    failure: str = ""
    retry_at: datetime | None = _moment(nullable=True)


class Coverage(SQLModel, table=True):
    """The days that a source has told completely."""

    runner_id: int = _of_runner(primary_key=True)
    origin: str = Field(primary_key=True)
    first_day: date
    last_day: date


class ActivityRow(SQLModel, table=True):
    __tablename__ = "activity"
    __table_args__ = (
        sa.UniqueConstraint("runner_id", "origin", "origin_id"),
        sa.CheckConstraint("distance_m >= 0", name="distance_not_negative"),
        sa.CheckConstraint("moving_s >= 0", name="time_not_negative"),
    )

    id: int | None = Field(default=None, sa_type=BigId, primary_key=True)
    runner_id: int = _of_runner()
    origin: str
    origin_id: str
    name: str
    sport: str
    start: datetime = _moment()
    start_local: datetime = Field(sa_type=sa.DateTime)
    distance_m: int | None = None
    moving_s: int | None = None
    elapsed_s: int | None = None
    climb_m: float | None = None
    average_heartrate_bpm: float | None = None
    max_heartrate_bpm: float | None = None
    cadence_spm: float | None = None
    rpe: float | None = None
    workout: int = 0
    flags: list[str] = Field(default_factory=list, sa_type=sa.JSON)
    content: str  # hash of all the above: tells what changed
    seen_at: datetime = _moment()


class ExposureRow(SQLModel, table=True):
    """What the samples of a run contained. *content* is the run's as it was then: another one asks for samples anew."""

    __tablename__ = "exposure"

    runner_id: int = _of_runner(primary_key=True)
    origin: str = Field(primary_key=True)
    origin_id: str = Field(primary_key=True)
    content: str
    held: dict[str, Any] | None = Field(default=None, sa_type=sa.JSON)  # None: the source has no samples of this run
    read_at: datetime = _moment()


class ProfileRow(SQLModel, table=True):
    __tablename__ = "profile"

    runner_id: int = _of_runner(primary_key=True)
    fast_mps: float | None = None
    resting_heartrate_bpm: int | None = None
    max_heartrate_bpm: int | None = None
    sex: str | None = None
    first_threshold_bpm: int | None = None
    second_threshold_bpm: int | None = None
    threshold_mps: float | None = None


class InjuryRow(SQLModel, table=True):
    __tablename__ = "injury"

    id: int | None = Field(default=None, sa_type=BigId, primary_key=True)
    runner_id: int = _of_runner()
    site: str
    side: str
    onset: date
    ended: date | None = None


class EventRow(SQLModel, table=True):
    __tablename__ = "event"

    id: int | None = Field(default=None, sa_type=BigId, primary_key=True)
    runner_id: int = _of_runner()
    kind: str
    first_day: date
    last_day: date


class Quarantine(SQLModel, table=True):
    """A record that could not be used: why, and enough to recognise it, nothing of what it said."""

    __table_args__ = (sa.UniqueConstraint("runner_id", "origin", "sha256"),)

    id: int | None = Field(default=None, sa_type=BigId, primary_key=True)
    runner_id: int = _of_runner()
    origin: str
    record_id: str | None = None
    reason: str
    sha256: str
    size: int
    seen_at: datetime = _moment()


class FindingRow(SQLModel, table=True):
    __tablename__ = "finding"

    runner_id: int = _of_runner(primary_key=True)
    rule: str = Field(primary_key=True)
    day: date = Field(primary_key=True)
    level: int
    value: float
    facts: dict[str, float] = Field(default_factory=dict, sa_type=sa.JSON)


class Letter(SQLModel, table=True):
    """The outbox: a mail that was decided, and what became of it."""

    __table_args__ = (sa.Index("ix_letter_state_due_at", "state", "due_at"),)

    id: int | None = Field(default=None, sa_type=BigId, primary_key=True)
    runner_id: int = _of_runner()
    kind: str
    episode: str = Field(unique=True)  # what it is about: the same thing is never told twice
    recipient: str
    message: bytes
    state: str = "queued"  # queued, sending, sent, failed
    decided_at: datetime = _moment()
    due_at: datetime = _moment()
    attempts: int = 0
    lease_until: datetime | None = _moment(nullable=True)
    sent_at: datetime | None = _moment(nullable=True)
    error: str = ""


class Notice(SQLModel, table=True):
    """A finding that a letter told."""

    runner_id: int = _of_runner(primary_key=True)
    rule: str = Field(primary_key=True)
    day: date = Field(primary_key=True)
    level: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    reason: str
    letter_id: int = Field(sa_type=BigId, foreign_key="letter.id", ondelete="CASCADE")
    decided_at: datetime = _moment()


class JobRun(SQLModel, table=True):
    """A piece of scheduled work and who holds it: unique, so that it is done once whoever asks."""

    __tablename__ = "job_run"

    job: str = Field(primary_key=True)
    subject: str = Field(primary_key=True)  # whom it is for
    slot: str = Field(primary_key=True)  # when it was due
    state: str  # running, waiting, done
    owner: str
    attempt: int = 1
    lease_until: datetime = _moment()
    retry_at: datetime | None = _moment(nullable=True)
    error: str = ""
    finished_at: datetime | None = _moment(nullable=True)


class SourceState(SQLModel, table=True):
    """What is known of a source as a whole: whether all asking must wait, and since when it fails."""

    __tablename__ = "source_state"

    origin: str = Field(primary_key=True)
    failing: list[int] = Field(default_factory=list, sa_type=sa.JSON)  # runners who failed since the last good answer
    down_since: datetime | None = _moment(nullable=True)
    blocked_until: datetime | None = _moment(nullable=True)
    reason: str = ""
