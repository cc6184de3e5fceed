"""The tables, in the order in which data flows: people, connections, runs, findings, letters, jobs.

What else each part remembers stands in strava_tables.py, check_in_tables.py, group_tables.py, invitation_tables.py,
mail_tables.py (what is remembered of mails), delivery_tables.py (what sending needs beside a letter), own_tables.py
(what runners correct and set), sign_in_tables.py, heartbeat_tables.py (signs of life) and api_tables.py (keys to the
API).
"""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from monitor.store import delivery_tables  # noqa: F401  (letters refer to channels)
from monitor.store.columns import moment, number, of_runner
from monitor.store.types import BigId


class Team(SQLModel, table=True):
    id: int | None = number()
    name: str = Field(unique=True)


class Runner(SQLModel, table=True):
    __table_args__ = {"sqlite_autoincrement": True}  # an erased runner's number is never given again

    id: int | None = number()
    name: str
    email: str
    timezone: str
    team_id: int | None = Field(default=None, sa_type=BigId, foreign_key="team.id", index=True)
    created_at: datetime = moment()
    assess_from: date | None = None  # the earliest day that changed since the last assessment
    assessed_with: str = ""  # which rules and lines the stored findings were made with
    alert_due: bool = False  # assessed since the last look of the alert job
    locale: str = ""  # a tag of monitor.alerts.locales; empty: as their browser asks, and in mail as we write
    changes: int = 0  # counts what changes how they are shown (`marks.py`)


class Coach(SQLModel, table=True):
    __table_args__ = {
        "sqlite_autoincrement": True
    }  # a removed coach's number, which old mails name, is never given again

    id: int | None = number()
    name: str
    email: str
    team_id: int = Field(sa_type=BigId, foreign_key="team.id", index=True)
    timezone: str = "UTC"
    digest: bool = True  # whether a mail a day is wanted when somebody needs a look
    looked_on: date | None = None  # the day of theirs whose digest was decided
    role: str = "coach"  # Role of visitor.py
    locale: str = ""  # as a runner's


class Connection(SQLModel, table=True):
    """A runner's Strava account, and the ledger of how asking it went."""

    runner_id: int = of_runner(primary_key=True)
    athlete_id: int = Field(sa_type=BigId, unique=True)
    access_sealed: bytes
    refresh_sealed: bytes
    expires_at: datetime = moment()
    scope: str
    claimed_until: datetime | None = moment(nullable=True)  # somebody is refreshing the token
    access: str = "ok"  # Access of monitor.rules.freshness
    access_since: datetime = moment()
    last_complete_at: datetime | None = moment(nullable=True)
    failing_since: datetime | None = moment(nullable=True)
    failure: str = ""
    retry_at: datetime | None = moment(nullable=True)
    delete_at: datetime | None = moment(nullable=True)  # the access is gone: what it brought goes too, from then on


class Coverage(SQLModel, table=True):
    """The days that a source has told completely."""

    runner_id: int = of_runner(primary_key=True)
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

    id: int | None = number()
    runner_id: int = of_runner()
    origin: str
    origin_id: str
    name: str
    sport: str
    start: datetime = moment()
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
    shape: str  # hash of that on which the samples depend: a new title asks for none
    seen_at: datetime = moment()


class ExposureRow(SQLModel, table=True):
    """What the samples of a run contained. *content* is the run's shape then: another one asks for samples anew."""

    __tablename__ = "exposure"

    runner_id: int = of_runner(primary_key=True)
    origin: str = Field(primary_key=True)
    origin_id: str = Field(primary_key=True)
    content: str
    held: dict[str, Any] | None = Field(default=None, sa_type=sa.JSON)  # None: the source has no samples of this run
    read_at: datetime = moment()


class ProfileRow(SQLModel, table=True):
    __tablename__ = "profile"

    runner_id: int = of_runner(primary_key=True)
    fast_mps: float | None = None
    resting_heartrate_bpm: int | None = None
    max_heartrate_bpm: int | None = None
    sex: str | None = None
    first_threshold_bpm: int | None = None
    second_threshold_bpm: int | None = None
    threshold_mps: float | None = None


class InjuryRow(SQLModel, table=True):
    __tablename__ = "injury"

    id: int | None = number()
    runner_id: int = of_runner()
    site: str
    side: str
    onset: date
    ended: date | None = None


class EventRow(SQLModel, table=True):
    __tablename__ = "event"

    id: int | None = number()
    runner_id: int = of_runner()
    kind: str
    first_day: date
    last_day: date


class Quarantine(SQLModel, table=True):
    """A record that could not be used: why, and enough to recognise it, nothing of what it said."""

    __table_args__ = (sa.UniqueConstraint("runner_id", "origin", "sha256"),)

    id: int | None = number()
    runner_id: int = of_runner()
    origin: str
    record_id: str | None = None
    reason: str
    sha256: str
    size: int
    seen_at: datetime = moment()


class FindingRow(SQLModel, table=True):
    __tablename__ = "finding"

    runner_id: int = of_runner(primary_key=True)
    rule: str = Field(primary_key=True)
    day: date = Field(primary_key=True)
    level: int
    value: float
    facts: dict[str, float] = Field(default_factory=dict, sa_type=sa.JSON)
    origins: list[str] = Field(default_factory=list, sa_type=sa.JSON)


class Letter(SQLModel, table=True):
    """The outbox: a mail that was decided, and what became of it."""

    __table_args__ = (sa.Index("ix_letter_state_due_at", "state", "due_at"),)

    id: int | None = number()
    runner_id: int | None = of_runner(nullable=True)  # None: to the operator, or to somebody who has left
    kind: str
    needs: str = ""  # the consent without which it must not leave: a Subject of consents.py
    episode: str = Field(unique=True)  # what it is about: the same thing is never told twice
    recipient: str
    zone: str = ""  # whose quiet hours hold, where the reader is no runner; empty: none
    channel_id: int | None = Field(
        default=None, sa_type=BigId, foreign_key="channel.id", ondelete="CASCADE", index=True
    )  # None: by mail
    message: bytes
    state: str = "queued"  # queued, sending, sent, failed, cancelled, suspended
    decided_at: datetime = moment()
    due_at: datetime = moment()
    attempts: int = 0
    lease_until: datetime | None = moment(nullable=True)
    sent_at: datetime | None = moment(nullable=True)
    error: str = ""


class Notice(SQLModel, table=True):
    """A finding that a letter told."""

    runner_id: int = of_runner(primary_key=True)
    rule: str = Field(primary_key=True)
    day: date = Field(primary_key=True)
    level: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    reason: str
    letter_id: int = Field(sa_type=BigId, foreign_key="letter.id", ondelete="CASCADE")
    decided_at: datetime = moment()


class JobRun(SQLModel, table=True):
    """A piece of scheduled work and who holds it: unique, so that it is done once whoever asks."""

    __tablename__ = "job_run"
    __table_args__ = (sa.Index("ix_job_run_slot", "slot"), sa.Index("ix_job_run_finished_at", "finished_at"))

    job: str = Field(primary_key=True)
    subject: str = Field(primary_key=True)  # whom it is for
    slot: str = Field(primary_key=True)  # when it was due
    state: str  # running, waiting, done, missed
    owner: str
    attempt: int = 1
    lease_until: datetime = moment()
    retry_at: datetime | None = moment(nullable=True)
    error: str = ""
    finished_at: datetime | None = moment(nullable=True)


class SourceState(SQLModel, table=True):
    """What is known of a source as a whole: whether all asking must wait, and since when it fails."""

    __tablename__ = "source_state"

    origin: str = Field(primary_key=True)
    failing: list[int] = Field(default_factory=list, sa_type=sa.JSON)  # runners who failed since the last good answer
    down_since: datetime | None = moment(nullable=True)
    blocked_until: datetime | None = moment(nullable=True)
    reason: str = ""
