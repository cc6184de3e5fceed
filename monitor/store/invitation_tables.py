"""Who is asked to join a team."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from monitor.store.columns import moment, number, of_runner
from monitor.store.types import BigId


class Invitation(SQLModel, table=True):
    """Somebody is asked to join a team. Until they agree, this is all that is known of them there."""

    __table_args__ = {"sqlite_autoincrement": True}  # an old page must not act on another invitation

    id: int | None = number()
    digest: str = Field(unique=True)  # of what stands in the link
    team_id: int = Field(sa_type=BigId, foreign_key="team.id", index=True)
    runner_id: int | None = of_runner(nullable=True)  # of the operator's runners; None: whoever holds the address
    name: str = ""  # as whoever invites typed it
    address: str = Field(default="", index=True)
    at: datetime = moment()
    ends_at: datetime = moment()


class InvitationMailed(SQLModel, table=True):
    """That something was mailed to an address that somebody typed, for a day: so many and no more."""

    __tablename__ = "invitation_mailed"

    id: int | None = number()
    sender: str = Field(index=True)  # digest of the address of whoever invites, or of whose mails are counted together
    recipient: str  # digest of the address
    at: datetime = moment()
