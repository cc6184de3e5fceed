"""Who runs in which team: a runner enters by their own word, and leaves by theirs or the team's."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col

from monitor.errors import UserError
from monitor.store.coach_digests import recall
from monitor.store.consents import Subject, withdraw
from monitor.store.group_tables import GroupMember
from monitor.store.people import count_change, still_here


def enter_team(db: Session, runner_id: int, team_id: int, now: datetime) -> None:
    """The runner is of this team; from another one they go first, so that no word given there holds here."""
    row = still_here(db, runner_id)
    if row.team_id == team_id:
        return
    if row.team_id is not None:
        leave_team(db, runner_id, now)
    row.team_id = team_id
    db.add(row)
    db.flush()


def leave_team(db: Session, runner_id: int, now: datetime) -> None:
    """The runner is of no team: what they agreed to there ends, and nothing of their own changes. Raises `UserError`.

    What is still to be written to its coaches of them is taken back.
    """
    row = still_here(db, runner_id)
    if row.team_id is None:
        raise UserError(f"runner {runner_id} is in no team")
    recall(db, runner_id)
    for subject in (Subject.TEAM, Subject.SYMPTOMS):
        withdraw(db, runner_id, subject, now)
    db.execute(sa.delete(GroupMember).where(col(GroupMember.runner_id) == runner_id))
    row.team_id = None
    db.add(row)
    count_change(db, runner_id)
