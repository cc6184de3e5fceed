"""Groups of a team: any number a runner, and each as long as somebody is in it."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from functools import cache

import sqlalchemy as sa
from sqlmodel import Session, col, select

from monitor.errors import UserError
from monitor.store.audience import OWN, Audience
from monitor.store.checks import checked_name
from monitor.store.group_tables import GroupMember
from monitor.store.people import people, still_here
from monitor.store.tables import Runner, Team
from monitor.store.within import Condition, of_team, within


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


def set_group(db: Session, team_id: int, name: str, members: Collection[int], audience: Audience = OWN) -> None:
    """Of the runners whom the *audience* may know of, these are in the group and no others; a new one is made.

    Raises `UserError` for nobody in a group that is not there, and for a member who is not there.
    """
    name, known = checked_name(name), {each.id for each in people(db, team_id, audience)}
    held = {runner_id for runner_id, names in groups_of(db, team_id, audience).items() if name in names}
    if not known.issuperset(members):
        raise UserError("somebody whom you chose is not in this team")
    if not members and not held:
        raise UserError(f"the group {name!r} would be empty: choose at least one runner")
    for runner_id in sorted(held.difference(members)):
        leave_group(db, runner_id, name)
    for runner_id in sorted(members):
        join_group(db, runner_id, name)


def rename_group(db: Session, team_id: int, name: str, new: str) -> None:
    """Call a group of a team otherwise; one that is called so already takes its runners in. Raises `UserError`."""
    for row in _members(db, team_id, name):
        db.delete(row)
        db.flush()
        join_group(db, row.runner_id, new)


def drop_group(db: Session, team_id: int, name: str) -> None:
    """Nobody of the team is in the group any more. Raises `UserError` where nobody was."""
    for row in _members(db, team_id, name):
        db.delete(row)


def groups_of(db: Session, team_id: int | None = None, audience: Audience = OWN) -> dict[int, tuple[str, ...]]:
    """The groups of each runner, of all or of a team, as far as the *audience* may know of them."""
    whose = within(team_id)
    found: dict[int, tuple[str, ...]] = defaultdict(tuple)
    for runner_id, name in db.execute(_groups(whose.condition, audience), whose.values):
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


@cache
def _groups(of: Condition, audience: Audience) -> sa.Select[int, str]:
    query = sa.select(col(GroupMember.runner_id), col(GroupMember.name)).join(Runner)
    return query.where(audience.admits(), of(GroupMember.runner_id)).order_by(col(GroupMember.name))


def _members(db: Session, team_id: int, name: str) -> Sequence[GroupMember]:
    query = select(GroupMember).where(GroupMember.name == name.strip(), of_team(GroupMember.runner_id))
    rows = db.exec(query.order_by(col(GroupMember.runner_id)), params={"team_id": team_id}).all()
    if not rows:
        raise UserError(f"there is no group {name!r}: `hamwatch group list` shows them all")
    return rows
