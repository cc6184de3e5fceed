"""When a lease is over: somebody holds a thing until a moment, and nobody else may touch it meanwhile."""

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import col


def in_force(now: datetime, length: timedelta) -> tuple[datetime, datetime]:
    """The first and the last end that a lease of this *length* can have, where it is in force at *now*.

    One that ends later was given by a clock that ran ahead and was set back since: it is none, or what a killed
    process held would stay held for as long as that. Twice the length, because whoever had to wait for the database
    looks by a moment that is past at a lease that was given after it.
    """
    return now, now + 2 * length


def lapsed(until: Any, now: datetime, length: timedelta) -> sa.ColumnElement[bool]:
    """Whether the lease that ends at the column *until* holds nobody off any more."""
    return sa.not_(col(until).between(*in_force(now, length)))
