"""How many mails may go to addresses that somebody typed."""

from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from monitor.errors import UserError
from monitor.store.invitation_tables import InvitationMailed
from monitor.store.sealing import digest

COUNTED = timedelta(days=1)
OF_A_SENDER, TO_AN_ADDRESS = 20, 3  # in a day, and of those to one address
TOO_MANY = (
    f"enough was mailed for today: each who invites may send {OF_A_SENDER} invitations a day, "
    f"and {TO_AN_ADDRESS} of them to one address"
)


def count_mail(db: Session, sender: str, address: str, now: datetime) -> None:
    """One more invitation of this *sender* is mailed. Raises `UserError` where that is one too many within a day."""
    if not counted(db, sender, address, now):
        raise UserError(TOO_MANY)


def counted(db: Session, sender: str, address: str, now: datetime) -> bool:
    """Count one more mail of this *sender*; False, and not counted, where that is one too many within a day."""
    whose, to = digest(sender.lower()), digest(address.lower())
    mine = select(InvitationMailed).where(InvitationMailed.sender == whose, col(InvitationMailed.at) > now - COUNTED)
    lately = db.exec(mine).all()
    if len(lately) >= OF_A_SENDER or sum(each.recipient == to for each in lately) >= TO_AN_ADDRESS:
        return False
    db.add(InvitationMailed(sender=whose, recipient=to, at=now))
    return True
