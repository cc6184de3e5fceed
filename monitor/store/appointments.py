"""Mails about who coaches a team: how many may go, and how long they are kept."""

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col

from monitor.store.invitation_limit import counted
from monitor.store.tables import Letter

KIND = "appointment"  # of the letter
KEPT = timedelta(days=7)  # whoever was removed is no longer known here


def may_be_told(db: Session, team_id: int, address: str, now: datetime) -> bool:
    """Count one more mail to this *address*; False where the team has had enough mailed, to it or at all, in a day.

    Whoever of the team decides it: an address that is added and removed again and again is not flooded.
    """
    return counted(db, f"coaches of team {team_id}", address, now)


def drop_old(db: Session, now: datetime) -> None:
    """Take out what was told long ago."""
    over = (col(Letter.kind) == KIND, col(Letter.decided_at) <= now - KEPT, col(Letter.state) != "sending")
    db.execute(sa.delete(Letter).where(*over))
