"""What runners say of their runs, and how they want their pages and mails."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from monitor.store.columns import moment, of_runner


class AmendmentRow(SQLModel, table=True):
    """A run as its runner corrects it, a row for each thing that they say of it. The row of the run is not touched."""

    __tablename__ = "amendment"

    runner_id: int = of_runner(primary_key=True)
    origin: str = Field(primary_key=True)
    origin_id: str = Field(primary_key=True)
    change: str = Field(primary_key=True)  # Change of monitor.model
    at: datetime = moment()
    value: float | None = None
    into_origin: str | None = None  # the run of which it is a part …
    into_id: str | None = None
    reason: str = ""


class OwnSettings(SQLModel, table=True):
    """What a runner set for themselves; without a row, what holds for everybody."""

    __tablename__ = "own_settings"

    runner_id: int = of_runner(primary_key=True)
    quiet_from: int | None = None  # local hours; None: those of mail.quiet_from and mail.quiet_until
    quiet_until: int | None = None
    units: str = "km"  # Units of monitor.alerts.units
