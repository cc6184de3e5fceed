"""Time zones: those that somebody can live in, and those that this machine has lost."""

from collections.abc import Set
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from sqlmodel import Session, select

from monitor.errors import UserError
from monitor.store.tables import Coach, Runner


@cache
def known_zones() -> Set[str]:
    """The zones that somebody can live in, as this machine knows them; looked for once, in some hundred files."""
    return available_timezones() - {"localtime"}


def checked_zone(timezone: str) -> str:
    if timezone not in known_zones():
        raise UserError(f"{timezone!r} is no time zone: give one like Europe/Paris")
    return timezone


def zone_if_known(name: str) -> ZoneInfo | None:
    """The time zone of this name; None where this machine does not know it."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return None


def zone_of(name: str) -> ZoneInfo:
    """The time zone of this name; UTC where this machine does not know it (any more), which is told (`lost_zones`)."""
    return zone_if_known(name) or ZoneInfo("UTC")


def lost_zones(db: Session) -> list[str]:
    """The zones of runners and coaches that this machine does not know."""
    used = select(Runner.timezone).union(select(Coach.timezone))
    return sorted(name for name in db.execute(used).scalars() if zone_if_known(name) is None)
