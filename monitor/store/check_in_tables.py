"""What runners tell of how it feels."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from monitor.store.columns import moment, of_runner


class CheckInRow(SQLModel, table=True):
    """The answers of a day; a second check-in of the day takes the place of the first."""

    __tablename__ = "check_in"

    runner_id: int = of_runner(primary_key=True)
    day: date = Field(primary_key=True)
    at: datetime = moment()
    instrument: str  # whose wording the four questions had
    participation: int  # option 1 to 4, of this and the next three
    modification: int | None = None
    performance: int | None = None
    symptoms: int | None = None
    there: bool
    pain: int | None = None  # 0 to 10
    morning: str | None = None
    lasting: bool
    flags: list[str] = Field(default_factory=list, sa_type=sa.JSON)
    traits: list[str] = Field(default_factory=list, sa_type=sa.JSON)
    sleep_h: float | None = None  # this and the next three may stay blank
    stress: int | None = None  # 0 to 10
    fuelling_concern: bool | None = None
    strength_sessions: int | None = None
