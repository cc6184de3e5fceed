"""Groups of a team: any number a runner, and each as long as somebody is in it."""

from collections import defaultdict

from sqlmodel import Session, col, select

from monitor.errors import UserError
from monitor.store.audience import OWN, Audience
from monitor.store.group_tables import GroupMember
from monitor.store.people import checked_name, still_here
from monitor.store.tables import Runner, Team


def join_group(db: Session, runner_id: int, name: str) -> None:
    """Put a runner into a group of their team. Raises `UserError` for a runner without a team, `Gone`."""
    if still_here(db, runner_id).team_id is None:
        raise UserError(f"runner {runner_id} is in no team: a group is a part of one")
    db.merge(GroupMember(runner_id=runner_id, name=checked_name(name)))


def leave_group(db: Session, runner_id: int, name: str) -> None:
    """Take a runner out of a group. Raises `UserError` where they are not in it."""
    row = db.get(GroupMember, (runner_id, name.strip()))
    if row is None:
        raise UserError(f"runner {runner_id} is not in the group {name!r}: `hamwatch group list` shows them all")
    db.delete(row)


def groups_of(db: Session, team_id: int | None = None, audience: Audience = OWN) -> dict[int, tuple[str, ...]]:
    """The groups of each runner, of all or of a team, as far as the *audience* may know of them."""
    query = select(GroupMember.runner_id, GroupMember.name).join(Runner).where(audience.admits())
    found: dict[int, tuple[str, ...]] = defaultdict(tuple)
    for runner_id, name in db.exec(
        (query.where(Runner.team_id == team_id) if team_id is not None else query).order_by(col(GroupMember.name))
    ).all():
        found[runner_id] += (name,)
    return dict(found)


def groups(db: Session) -> list[tuple[str, str, int, str]]:
    """Who is in which group: team, group, number and name of the runner."""
    query = (
        select(Team.name, GroupMember.name, Runner.id, Runner.name)
        .join(Runner, col(Runner.id) == GroupMember.runner_id)
        .join(Team, col(Team.id) == Runner.team_id)
        .order_by(col(Team.name), col(GroupMember.name), col(Runner.id))
    )
    return [(team, group, runner_id or 0, name) for team, group, runner_id, name in db.exec(query).all()]
