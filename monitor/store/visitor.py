"""Who asks, and what that lets them see: read anew for every request, so that what ends has ended at the next one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import sqlalchemy as sa
from sqlmodel import Session, col, select

from monitor.store.appointments import KIND as APPOINTMENT
from monitor.store.invitation_tables import Invitation
from monitor.store.sign_in_tables import Passkey, SignedIn, SignInBegun
from monitor.store.sign_ins import KIND
from monitor.store.tables import Coach, Letter, Runner


class Role(StrEnum):
    """What somebody may do in a team, least first: look, coach, decide who else does."""

    VIEWER = "viewer"
    COACH = "coach"
    OWNER = "owner"

    def reaches(self, least: "Role") -> bool:
        ranks = tuple(Role)
        return ranks.index(self) >= ranks.index(least)


@dataclass(frozen=True, slots=True)
class Visitor:
    """Whose pages these are: their own runners, the teams that they coach, and whether the whole place is theirs."""

    runner_ids: frozenset[int] = frozenset()
    teams: Mapping[int, Role] = field(default_factory=dict)
    is_operator: bool = False
    via: str = ""  # how they came in; empty for nobody
    address: str = field(default="", repr=False)  # with which they did; empty for whoever came without
    session_id: int | None = None

    @property
    def is_anonymous(self) -> bool:
        return not self.via


def visitor(db: Session, session: SignedIn, operator: str, *, operator_needs: str = "") -> Visitor:
    """The rights of now of whoever holds this *session*.

    *operator* is the plain address of the operator; where *operator_needs* names a way to sign in, no other way makes
    anybody the operator.
    """
    came_as_needed = operator_needs in ("", session.via)
    return Visitor(
        runner_ids=frozenset(_runners(db, session)),
        teams=_teams(db, session.address) if session.address else {},
        is_operator=bool(session.address) and session.address == operator and came_as_needed,
        via=session.via,
        address=session.address,
        session_id=session.id,
    )


def known_as(db: Session, address: str) -> str | None:
    """How a runner or a coach with this plain *address* wrote it; None where nobody has it."""
    for email, table in ((Runner.email, Runner), (Coach.email, Coach)):
        if found := db.exec(select(email).select_from(table).where(_has(email, address))).first():
            return found
    return None


def forget(db: Session, address: str) -> None:
    """Take out what is kept for an *address* that nobody here has any more."""
    if known_as(db, address.lower()) is None:
        for table in (Passkey, SignedIn, SignInBegun):
            db.execute(sa.delete(table).where(col(table.address) == address.lower()))
        db.execute(sa.delete(Invitation).where(_has(Invitation.address, address.lower())))
        to_whom_it_may_be = col(Letter.kind).in_((KIND, "invitation", APPOINTMENT))
        db.execute(sa.delete(Letter).where(to_whom_it_may_be, _has(Letter.recipient, address.lower())))


def _runners(db: Session, session: SignedIn) -> Iterable[int]:
    mine = _has(Runner.email, session.address) if session.address else col(Runner.id) == session.runner_id
    return (number for number in db.exec(select(Runner.id).where(mine)).all() if number is not None)


def _teams(db: Session, address: str) -> dict[int, Role]:
    """Of two roles in one team, the one that may do more."""
    held: dict[int, Role] = {}
    for team_id, written in db.exec(select(Coach.team_id, Coach.role).where(_has(Coach.email, address))).all():
        role = Role(written)
        if role.reaches(held.get(team_id, Role.VIEWER)):
            held[team_id] = role
    return held


def _has(email: str, address: str) -> sa.ColumnElement[bool]:
    return sa.func.lower(email) == address
