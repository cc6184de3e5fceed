"""Teams and runners."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlmodel import Session, col, select

from monitor.alerts.locales import Locale, locale_named
from monitor.errors import Gone, UserError
from monitor.store.audience import OWN, Audience
from monitor.store.checks import checked, checked_locale, checked_name
from monitor.store.tables import Runner, Team
from monitor.store.upsert import columns
from monitor.store.zones import zone_if_known, zone_of


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
        return zone_if_known(self.timezone) is not None


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
