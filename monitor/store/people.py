"""Teams, runners, coaches."""

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

import sqlalchemy as sa
from sqlmodel import Session, col, select

from monitor.alerts.locales import Locale, locale_named
from monitor.errors import Gone, UserError
from monitor.store.audience import OWN, Audience
from monitor.store.tables import Coach, Runner, Team
from monitor.store.upsert import columns
from monitor.store.visitor import Role

# Exactly one plain address: no comment, no list, no literal host (the header parser accepts all three).
_ATOM, _LABEL = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+", r"[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?"
ADDRESS = re.compile(rf"{_ATOM}(\.{_ATOM})*@{_LABEL}(\.{_LABEL})*")


@dataclass(frozen=True, slots=True)
class Person:
    """A runner as pages and mails know them."""

    id: int
    name: str
    email: str
    timezone: str
    team_id: int | None
    team: str
    locale: str = ""

    @property
    def zone(self) -> ZoneInfo:
        return zone_of(self.timezone)

    @property
    def reads(self) -> Locale:
        """How dates and numbers are written to them."""
        return locale_named(self.locale)

    @property
    def zone_is_known(self) -> bool:
        return _known_zone(self.timezone) is not None


def zone_of(name: str) -> ZoneInfo:
    """The time zone of this name; UTC where this machine does not know it (any more), which is told (`lost_zones`)."""
    return _known_zone(name) or ZoneInfo("UTC")


def lost_zones(db: Session) -> list[str]:
    """The zones of runners and coaches that this machine does not know."""
    used = select(Runner.timezone).union(select(Coach.timezone))
    return sorted(name for name in db.execute(used).scalars() if _known_zone(name) is None)


def add_runner(
    db: Session, name: str, email: str, timezone: str, team: str | None, now: datetime, *, locale: str = ""
) -> Person:
    """A new runner, and the team where it is new. Raises `UserError` for a wrong address, zone, locale or name."""
    name, email, timezone = checked(name, email, timezone)
    locale, team_id = checked_locale(locale), find_or_add_team(db, team) if team else None
    runner = Runner(name=name, email=email, timezone=timezone, team_id=team_id, created_at=now, locale=locale)
    db.add(runner)
    db.flush()
    return person(db, runner.id)


def person(db: Session, runner_id: int | None) -> Person:
    """The runner with this id. Raises `UserError` where there is none."""
    found = _people(db, col(Runner.id) == runner_id) if runner_id is not None else []
    if not found:
        raise UserError(f"no runner {runner_id}: `hamwatch runner list` shows them all")
    return found[0]


def still_here(db: Session, runner_id: int) -> Runner:
    """The runner's row, held until the transaction ends: who writes for them asks first. Raises `Gone`."""
    row = db.get(Runner, runner_id, with_for_update={"read": True, "key_share": True})
    if row is None:
        raise Gone(f"runner {runner_id} has left")
    return row


def count_change(db: Session, runner_id: int) -> None:
    """Something changed that decides how the runner is shown. The database counts, so that no change gets lost."""
    db.execute(sa.update(Runner).where(col(Runner.id) == runner_id).values(changes=Runner.changes + 1))


def people(db: Session, team_id: int | None = None, audience: Audience = OWN) -> list[Person]:
    """All runners, or those of a team, as far as the *audience* may know of them; by id."""
    query = _everybody(audience) if team_id is None else _of_team(audience)
    return [Person(*row) for row in db.execute(query, {"team_id": team_id})]


def member(db: Session, team_id: int, runner_id: int, audience: Audience) -> Person | None:
    """The runner of this team; None alike for nobody, for one of another team, and for one who has not agreed."""
    found = _people(db, col(Runner.id) == runner_id, col(Runner.team_id) == team_id, audience.admits())
    return found[0] if found else None


def held_by(db: Session, address: str) -> list[Person]:
    """The runners who have this address; by id."""
    return _people(db, sa.func.lower(Runner.email) == address.lower())


def teams(db: Session) -> list[tuple[int, str, int]]:
    """Every team: id, name, number of runners."""
    size = sa.func.count(col(Runner.id))
    query = select(Team.id, Team.name, size).join(Runner, isouter=True).group_by(col(Team.id)).order_by(Team.name)
    return [(team_id or 0, name, runners) for team_id, name, runners in db.exec(query).all()]


def team_name(db: Session, team_id: int) -> str | None:
    """What the team is called; None where there is none."""
    return db.exec(select(Team.name).where(Team.id == team_id)).first()


def how_many(db: Session, team_id: int, audience: Audience = OWN) -> int:
    """How many runners of a team the *audience* may know of."""
    found: int = db.execute(_number(audience), {"team_id": team_id}).scalar_one()
    return found


def known_team(db: Session, name: str) -> int:
    """The team of this name. Raises `UserError` where there is none."""
    found = db.exec(select(Team.id).where(Team.name == name.strip())).first()
    if found is None:
        raise UserError(f"no team {name!r}: `hamwatch team list` shows them all")
    return found


def find_or_add_team(db: Session, name: str) -> int:
    team = db.exec(select(Team).where(Team.name == checked_name(name))).first() or Team(name=checked_name(name))
    db.add(team)
    db.flush()
    return team.id or 0


def add_coach(
    db: Session,
    name: str,
    email: str,
    team: str,
    timezone: str = "UTC",
    role: str = Role.COACH.value,
    *,
    locale: str = "",
) -> Coach:
    """A new coach, and the team where it is new. Raises `UserError` for a wrong name, address, zone, locale or role.

    Also for an address that coaches the team already.
    """
    name, email, timezone = checked(name, email, timezone)
    team_id, held = find_or_add_team(db, team), checked_role(role)
    same = select(Coach.id).where(Coach.team_id == team_id, sa.func.lower(Coach.email) == email.lower())
    if db.exec(same).first() is not None:
        raise UserError(f"the address {email} coaches this team already: change their role instead")
    coach = Coach(name=name, email=email, team_id=team_id, timezone=timezone, role=held.value)
    coach.locale = checked_locale(locale)
    db.add(coach)
    db.flush()
    return coach


def set_coach_locale(db: Session, coach_id: int, locale: str) -> str:
    """The locale as it is kept for this coach. Raises `UserError` for no such coach or locale."""
    coach = db.get(Coach, coach_id)
    if coach is None:
        raise UserError(f"no coach {coach_id}: `hamwatch coach list` shows them all")
    coach.locale = checked_locale(locale)
    return coach.locale


def coaches(db: Session, team_id: int | None = None) -> Sequence[Coach]:
    """All coaches, or those of a team."""
    query = select(Coach).order_by(col(Coach.id))
    return db.exec(query.where(Coach.team_id == team_id) if team_id is not None else query).all()


def checked(name: str, email: str, timezone: str) -> tuple[str, str, str]:
    """What a runner is called, their address and their zone; `UserError` names what is wrong."""
    return checked_name(name), checked_address(email), checked_zone(timezone)


def checked_name(name: str) -> str:
    if not name.strip() or len(name) > 200 or not name.isprintable():
        raise UserError(f"{name[:40]!r} is no name: give 1 to 200 printable characters")
    return name.strip()


def checked_address(email: str) -> str:
    if not ADDRESS.fullmatch(email) or len(email) > 254:
        raise UserError(f"{email!r} is no e-mail address: give exactly one, like name@example.org")
    return email


def checked_role(role: str) -> Role:
    if role not in list(Role):
        raise UserError(f"{role!r} is no role: give one of {', '.join(Role)}")
    return Role(role)


@cache
def known_zones() -> Set[str]:
    """The zones that somebody can live in, as this machine knows them; looked for once, in some hundred files."""
    return available_timezones() - {"localtime"}


def checked_zone(timezone: str) -> str:
    if timezone not in known_zones():
        raise UserError(f"{timezone!r} is no time zone: give one like Europe/Paris")
    return timezone


def checked_locale(tag: str) -> str:
    """The tag as it is kept; empty stays empty."""
    found = locale_named(tag).tag
    if tag and not found:
        raise UserError(f"{tag!r} is no locale with a country: give one like de-DE or en-US")
    return found


def _known_zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return None


_ASKED = col(Runner.team_id) == sa.bindparam("team_id", type_=sa.BigInteger)


def _people(db: Session, *such: sa.ColumnElement[bool]) -> list[Person]:
    return [Person(*row) for row in db.execute(_select(*such))]


@cache
def _everybody(audience: Audience) -> sa.Select[Any]:
    return _select(audience.admits())


@cache
def _of_team(audience: Audience) -> sa.Select[Any]:
    return _select(audience.admits(), _ASKED)


@cache
def _number(audience: Audience) -> sa.Select[int]:
    return sa.select(sa.func.count(col(Runner.id))).where(audience.admits(), _ASKED)


def _select(*such: sa.ColumnElement[bool]) -> sa.Select[Any]:
    """Columns and no objects: a board asks for hundreds."""
    runner, team = columns(Runner).c, sa.func.coalesce(columns(Team).c.name, "")
    named = (runner.id, runner.name, runner.email, runner.timezone, runner.team_id, team, runner.locale)
    query = sa.select(*named).select_from(columns(Runner).outerjoin(columns(Team)))
    return query.where(*such).order_by(col(Runner.id))
