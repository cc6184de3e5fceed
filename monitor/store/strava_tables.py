"""What connecting Strava, asking it and leaving it need to remember."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from monitor.store.columns import moment, number, of_runner
from monitor.store.types import BigId


class Consent(SQLModel, table=True):
    """A runner agreed to something, or withdrew it. Rows are only ever added: the latest one of a subject holds."""

    id: int | None = number()
    runner_id: int = of_runner()
    subject: str  # Subject of consents.py
    given: bool
    wording: str  # which text was agreed to
    at: datetime = moment()


class OauthState(SQLModel, table=True):
    """A way to Strava that was begun: its answer is taken once."""

    __tablename__ = "oauth_state"

    digest: str = Field(primary_key=True)  # of the nonce that only the browser holds
    runner_id: int = of_runner()
    expires_at: datetime = moment()


class Unconfirmed(SQLModel, table=True):
    """A Strava account that came back for a runner, until they say whether it is theirs."""

    digest: str = Field(primary_key=True)  # of the nonce that only the browser holds
    runner_id: int = of_runner()
    athlete_id: int = Field(sa_type=BigId)
    athlete_name: str | None = None
    access_sealed: bytes
    refresh_sealed: bytes
    expires_at: datetime = moment()
    scope: str
    kept_until: datetime = moment()


class FormerRun(SQLModel, table=True):
    """How a run was before it was edited: kept for a few days, so that a correction can be told."""

    __tablename__ = "former_run"

    id: int | None = number()
    runner_id: int = of_runner()
    origin: str
    origin_id: str
    replaced_at: datetime = moment()
    was: dict[str, Any] = Field(sa_type=sa.JSON)


class StravaEvent(SQLModel, table=True):
    """A hint that something changed at Strava; it goes when a complete list has answered it."""

    __tablename__ = "strava_event"
    __table_args__ = (sa.UniqueConstraint("runner_id", "aspect", "object_id", "event_time"),)

    id: int | None = number()
    runner_id: int = of_runner()
    aspect: str  # create, update, delete, deauthorize
    object_id: int = Field(sa_type=BigId)
    event_time: int = Field(sa_type=BigId)  # [s since 1970] by Strava's clock
    received_at: datetime = moment()
    due_at: datetime = moment()
    attempts: int = 0


class Subscription(SQLModel, table=True):
    """Strava's promise to tell of changes, and whether it was kept lately."""

    id: int = Field(sa_type=BigId, primary_key=True, sa_column_kwargs={"autoincrement": False})  # Strava's number
    callback_url: str
    since: datetime = moment()
    last_event_at: datetime | None = moment(nullable=True)
    missed_at: datetime | None = moment(nullable=True)  # a list showed what no event had told
    checked_at: datetime | None = moment(nullable=True)
    lost_at: datetime | None = moment(nullable=True)  # Strava said that there is no such subscription any more


class Budget(SQLModel, table=True):
    """How many requests this quarter of an hour and this UTC day have seen, whoever made them."""

    origin: str = Field(primary_key=True)
    quarter: datetime = moment()  # when it began
    early: int = 0  # made after its end by our clock
    quarter_used: int = 0
    quarter_limit: int
    day_used: int = 0
    day_limit: int


class Deferral(SQLModel, table=True):
    """A run whose samples Strava keeps failing to give: it is asked for again later, and the others are not held up."""

    runner_id: int = of_runner(primary_key=True)
    origin: str = Field(primary_key=True)
    origin_id: str = Field(primary_key=True)
    attempts: int
    retry_at: datetime = moment()


class Revocation(SQLModel, table=True):
    """A permission that we give back: its tokens are kept until Strava has heard of it."""

    id: int | None = number()
    access_sealed: bytes
    refresh_sealed: bytes
    attempts: int = 0
    due_at: datetime = moment()


class Tombstone(SQLModel, table=True):
    """A runner who left: nothing is written for them any more, and what is still there goes."""

    runner_id: int = Field(sa_type=BigId, primary_key=True, sa_column_kwargs={"autoincrement": False})
    at: datetime = moment()


class Brake(SQLModel, table=True):
    """So many permissions ended at once that the fault is more likely ours: nothing is deleted until a person looks."""

    origin: str = Field(primary_key=True)
    since: datetime = moment()
    lifted_at: datetime | None = moment(nullable=True)
