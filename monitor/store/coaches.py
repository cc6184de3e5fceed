"""Coaches: who they are, and the team that each belongs to."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlmodel import Session, col, select

from monitor.errors import UserError
from monitor.store.checks import checked, checked_locale, checked_role
from monitor.store.people import find_or_add_team
from monitor.store.tables import Coach
from monitor.store.visitor import Role


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
