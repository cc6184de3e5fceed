"""Invitations to a team: each opens once, within seven days, and shows its team nothing before that."""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col, select

from monitor.errors import UserError
from monitor.store.checks import checked_address, checked_name
from monitor.store.consents import Subject, give
from monitor.store.invitation_limit import COUNTED
from monitor.store.invitation_tables import Invitation, InvitationMailed
from monitor.store.membership import enter_team
from monitor.store.people import Person, add_runner, held_by, person
from monitor.store.sealing import digest
from monitor.store.tables import Letter

LIFE = timedelta(days=7)
KEPT = timedelta(days=30)  # after it was sent: so long it can be sent again
BYTES = 16  # of a token: 128 bit
KIND = "invitation"  # of the letter
OVER = "this invitation was used before, was taken back, or is older than seven days: ask for a new one"
NOT_THERE = "there is no such invitation here"


def new_token() -> str:
    """What stands in the link; only its digest is kept."""
    return secrets.token_urlsafe(BYTES)


def invite(db: Session, team_id: int, name: str, address: str, token: str, now: datetime) -> Invitation:
    """Ask whoever holds an *address* to join; the same *name* and address again renews their invitation.

    Whether somebody here has that address is not looked at. Raises `UserError` for a wrong name or address.
    """
    name, address = checked_name(name), checked_address(address)
    asked = (
        Invitation.team_id == team_id,
        Invitation.name == name,
        sa.func.lower(Invitation.address) == address.lower(),
    )
    row = db.exec(select(Invitation).where(*asked)).first()
    return _sent(db, row or Invitation(digest="", team_id=team_id, name=name, address=address), token, now)


def invite_runner(db: Session, runner_id: int, token: str, now: datetime) -> Invitation:
    """Ask a runner whom the operator has added. Raises `UserError` for one who is in no team."""
    whose = person(db, runner_id)
    if whose.team_id is None:
        raise UserError(f"runner {runner_id} is in no team: nobody but you and the runner sees them")
    asked = (Invitation.team_id == whose.team_id, Invitation.runner_id == runner_id)
    row = db.exec(select(Invitation).where(*asked)).first()
    return _sent(db, row or Invitation(digest="", team_id=whose.team_id, runner_id=runner_id), token, now)


def renew(db: Session, team_id: int, number: int, token: str, now: datetime) -> Invitation:
    """The same invitation under a new link; the old one opens nothing any more. Raises `UserError`."""
    return _sent(db, invited(db, team_id, number), token, now)


def take_back(db: Session, team_id: int, number: int) -> None:
    """It opens nothing any more, and nothing is kept of whom it asked. Raises `UserError`."""
    _drop(db, invited(db, team_id, number))


def invited(db: Session, team_id: int, number: int) -> Invitation:
    """A team's invitation that its people sent. Raises `UserError`, alike for none and for another team's."""
    row = db.exec(select(Invitation).where(_by_its_people(team_id), Invitation.id == number)).first()
    if row is None:
        raise UserError(NOT_THERE)
    return row


def invitations(db: Session, team_id: int) -> Sequence[Invitation]:
    """A team's invitations that its people sent, the newest first; those that have ended, too."""
    newest_first = col(Invitation.at).desc(), col(Invitation.id).desc()
    return db.exec(select(Invitation).where(_by_its_people(team_id)).order_by(*newest_first)).all()


def opened(db: Session, token: str, now: datetime) -> Invitation:
    """The invitation of this link. Raises `UserError` for one that is over."""
    row = db.exec(select(Invitation).where(Invitation.digest == digest(token), col(Invitation.ends_at) > now)).first()
    if row is None:
        raise UserError(OVER)
    return row


def guests(db: Session, row: Invitation) -> list[Person]:
    """Who is here already and can answer it: the runner whom it names, or those who have its address."""
    return [person(db, row.runner_id)] if row.runner_id is not None else held_by(db, row.address)


def decline(db: Session, token: str, now: datetime) -> None:
    """Nothing is kept of whom it asked. Raises `UserError` for one that is over."""
    _drop(db, opened(db, token, now))


def accept(db: Session, token: str, guest: int | None, name: str, timezone: str, wording: str, now: datetime) -> Person:
    """The runner *guest* joins, or somebody new called *name* does, and agrees to the text of *wording*; once.

    Raises `UserError` for an invitation that is over, and for a guest whom it does not ask.
    """
    row = opened(db, token, now)
    team_id, address, known = row.team_id, row.address, guests(db, row)
    if _drop(db, row) == 0:
        raise UserError(OVER)
    if guest is None and row.runner_id is None:
        guest = add_runner(db, name, address, timezone, None, now).id
    elif guest not in {each.id for each in known}:
        raise UserError("this invitation is for somebody else")
    enter_team(db, guest or 0, team_id, now)
    give(db, guest or 0, Subject.TEAM, wording, now)
    return person(db, guest)


def drop_old(db: Session, now: datetime) -> None:
    """Take out invitations that were not answered, and mails whose link has ended."""
    for row in db.exec(select(Invitation).where(col(Invitation.at) <= now - KEPT)).all():
        _drop(db, row)
    over = (col(Letter.kind) == KIND, col(Letter.decided_at) <= now - LIFE, col(Letter.state) != "sending")
    db.execute(sa.delete(Letter).where(*over))
    db.execute(sa.delete(InvitationMailed).where(col(InvitationMailed.at) <= now - COUNTED))


def episode(token_digest: str) -> str:
    """What the mail of an invitation is about."""
    return f"{KIND}/{token_digest[:32]}"


def _by_its_people(team_id: int) -> sa.ColumnElement[bool]:
    return sa.and_(col(Invitation.team_id) == team_id, col(Invitation.runner_id).is_(None))


def _sent(db: Session, row: Invitation, token: str, now: datetime) -> Invitation:
    _drop_letter(db, row)
    row.digest, row.at, row.ends_at = digest(token), now, now + LIFE
    db.add(row)
    db.flush()
    return row


def _drop(db: Session, row: Invitation) -> int:
    """Take it out with its mail; how many there were, for somebody else may be faster."""
    _drop_letter(db, row)
    db.expunge(row)
    gone = sa.delete(Invitation).where(col(Invitation.id) == row.id, col(Invitation.digest) == row.digest)
    return int(db.execute(gone).rowcount)  # type: ignore[attr-defined]


def _drop_letter(db: Session, row: Invitation) -> None:
    """A link that opens nothing any more is not mailed; what is on its way cannot be held."""
    if row.digest:
        mailed = (col(Letter.episode) == episode(row.digest), col(Letter.state) != "sending")
        db.execute(sa.delete(Letter).where(*mailed))
