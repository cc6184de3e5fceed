"""Who is signed in, and what it takes to be. No right stands here: what somebody may see is asked at every request."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from monitor.store.columns import moment, number, of_runner
from monitor.store.types import BigId


class SignInBegun(SQLModel, table=True):
    """A sign-in that was begun. What was sent out completes it once, in the browser that asked for it."""

    __tablename__ = "sign_in_begun"

    digest: str = Field(primary_key=True)  # of what was sent out
    browser: str  # digest of the nonce that only the browser holds
    way: str  # Way of sign_ins.py
    address: str = Field(default="", index=True)  # to which it was sent; empty for other ways than mail
    caller: str = Field(default="", index=True)  # digest of the network that asked, for its limit
    leads_to: str = "/"
    at: datetime = moment()
    used_at: datetime | None = moment(nullable=True)


class SignedIn(SQLModel, table=True):
    """A browser that is signed in, as whoever holds an address, or as the runner whom Strava named."""

    __tablename__ = "signed_in"

    id: int | None = number()
    digest: str = Field(unique=True)  # of the token in its cookie
    address: str = Field(default="", index=True)
    runner_id: int | None = of_runner(nullable=True)
    via: str
    agent: str = ""  # what the browser calls itself, so that its owner knows it
    at: datetime = moment()
    seen_at: datetime = moment()


class Passkey(SQLModel, table=True):
    """What proves that somebody holds their passkey; of the passkey itself only its public half is here."""

    id: int | None = number()
    credential: str = Field(unique=True)  # its number, in base64url
    public_key: str  # in base64url
    uses: int = Field(sa_type=BigId)  # as the passkey counts them, where it does
    address: str = Field(default="", index=True)
    runner_id: int | None = of_runner(nullable=True)
    agent: str = ""  # of the browser in which it was made
    at: datetime = moment()
    used_at: datetime | None = moment(nullable=True)
