"""What sending needs to remember: addresses that bounce, a way out that is closed, other channels."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from monitor.store.columns import moment, number, of_runner
from monitor.store.types import BigId


class Suspension(SQLModel, table=True):
    """An address that a mail server refused for good: nothing is tried there until a person lifts it."""

    address: str = Field(primary_key=True)  # in lower case, without a name
    since: datetime = moment()
    reason: str


class Circuit(SQLModel, table=True):
    """The mail server as a whole does not take mail from us: letters wait, and one of them tries now and then."""

    way: str = Field(primary_key=True)
    since: datetime = moment()
    failures: int
    probe_at: datetime = moment()
    error: str


class Channel(SQLModel, table=True):
    """Another way to reach a person beside mail. Its URL is a secret; *scheme* and *label* are what is shown."""

    id: int | None = number()
    runner_id: int | None = of_runner(nullable=True)
    coach_id: int | None = Field(default=None, sa_type=BigId, foreign_key="coach.id", ondelete="CASCADE", index=True)
    scheme: str
    label: str
    url_sealed: bytes
    created_at: datetime = moment()
