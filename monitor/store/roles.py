"""What coaches may do: their roles, and that a team with an owner keeps one."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlmodel import Session, col, select

from monitor.errors import UserError
from monitor.store.checks import checked_role
from monitor.store.tables import Coach, Letter
from monitor.store.visitor import Role, forget

LAST = "they are the only owner: give somebody else that role first"


def coach_of(db: Session, coach_id: int, team_id: int | None = None) -> Coach:
    """A coach, of this team where one is named. Raises `UserError`, alike for nobody and for another team's."""
    row = db.get(Coach, coach_id)
    if row is None or team_id not in (None, row.team_id):
        raise UserError(f"no coach {coach_id}: `hamwatch coach list` shows them all")
    return row


def set_role(db: Session, coach: Coach, role: str) -> None:
    """Another role from the next request on. Raises `UserError` for no role, and for the last owner."""
    wanted = checked_role(role)
    if wanted is not Role.OWNER:
        _keep_an_owner(db, coach)
    coach.role = wanted.value
    db.add(coach)


def remove_coach(db: Session, coach: Coach, operator: str = "") -> None:
    """They see nothing from the next request on, and their mails go. Raises `UserError` for the last owner.

    What is kept for their address goes too, where nobody else has it, and it is not the plain one of the *operator*.
    """
    _keep_an_owner(db, coach)
    mine = col(Letter.episode).startswith(f"coach/{coach.id}/", autoescape=True)
    db.execute(sa.delete(Letter).where(mine, col(Letter.state) != "sending"))
    db.delete(coach)
    db.flush()
    if coach.email.lower() != operator:
        forget(db, coach.email)


def _keep_an_owner(db: Session, coach: Coach) -> None:
    """The owners' rows are held: of two who go at once, the second one stays."""
    owners = select(Coach).where(Coach.team_id == coach.team_id, Coach.role == Role.OWNER.value)
    rows: Sequence[Coach] = db.exec(owners.order_by(col(Coach.id)).with_for_update()).all()
    if [each.id for each in rows] == [coach.id]:
        raise UserError(LAST)
