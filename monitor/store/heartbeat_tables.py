"""What the halves of Hamwatch tell of themselves, and what the operator was told of them."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from monitor.store.columns import moment


class Heartbeat(SQLModel, table=True):
    """The last sign of life of a part, or when its work ended well."""

    part: str = Field(primary_key=True)  # Part of monitor.watch
    owner: str  # the process that leads, of a part that one process does at a time; else empty
    since: datetime = moment()  # from when on there was no long silence
    at: datetime = moment()


class Outage(SQLModel, table=True):
    """Something late that the operator is told of; it goes when nothing is late any more."""

    part: str = Field(primary_key=True)
    since: datetime = moment()
    times: int  # how often it was told, or begun to be
    tell_at: datetime = moment()  # when it is told again
