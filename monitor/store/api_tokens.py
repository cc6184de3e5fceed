"""Keys to the API: one person's each, or the operator's. Shown once; only a digest is kept."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from monitor.errors import UserError
from monitor.store.api_tables import ApiToken
from monitor.store.people import still_here
from monitor.store.sealing import digest
from monitor.store.tables import Coach

PREFIX = "hamwatch_"  # by which scanners for leaked secrets know one


@dataclass(frozen=True, slots=True)
class Holder:
    """Whoever shows a token: a runner, a coach and their team, or with neither the operator."""

    token_id: int
    runner_id: int | None = None
    coach_id: int | None = None
    team_id: int | None = None
    read_only: bool = False

    @property
    def is_operator(self) -> bool:
        return self.runner_id is None and self.coach_id is None

    def speaks_for(self, runner_id: int) -> bool:
        """Whether this is the runner or the operator, who know all of them and tell what they tell."""
        return self.is_operator or self.runner_id == runner_id


def add_token(
    db: Session,
    now: datetime,
    *,
    runner_id: int | None = None,
    coach_id: int | None = None,
    read_only: bool = False,
    label: str = "",
) -> tuple[ApiToken, str]:
    """A new token of a runner, a coach, or with neither the operator: its row, and what its holder must keep.

    Raises `Gone` or `UserError` where they are not there.
    """
    if runner_id is not None:
        still_here(db, runner_id)
    elif coach_id is not None and db.get(Coach, coach_id) is None:
        raise UserError(f"no coach {coach_id}: `hamwatch coach list` shows them all")
    token = PREFIX + secrets.token_urlsafe(32)
    row = ApiToken(
        digest=digest(token), runner_id=runner_id, coach_id=coach_id, read_only=read_only, label=label, created_at=now
    )
    db.add(row)
    db.flush()
    return row, token


def tokens(db: Session) -> Sequence[ApiToken]:
    """All that are valid, in the order in which they were made."""
    return db.exec(select(ApiToken).order_by(col(ApiToken.id))).all()


def revoke_token(db: Session, token_id: int) -> None:
    """End a token. Raises `UserError` where there is none."""
    row = db.get(ApiToken, token_id)
    if row is None:
        raise UserError(f"no token {token_id}: `hamwatch token list` shows them all")
    db.delete(row)


def holder(db: Session, token: str) -> Holder | None:
    """Whose token it is now; None for one that was never given, or was revoked."""
    query = select(ApiToken, Coach.team_id).outerjoin(Coach, col(Coach.id) == ApiToken.coach_id)
    found = db.exec(query.where(ApiToken.digest == digest(token))).first()
    if found is None:
        return None
    row, team_id = found
    return Holder(row.id or 0, row.runner_id, row.coach_id, team_id, row.read_only)
