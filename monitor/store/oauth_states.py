"""Ways to Strava that were begun: each answer is taken once, and only while it is fresh."""

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col

from monitor.store.sealing import digest
from monitor.store.strava_tables import OauthState

LIFE = timedelta(minutes=10)


def begin(db: Session, runner_id: int, nonce: str, now: datetime) -> None:
    """Remember that this runner was sent to Strava; what nobody came back for goes."""
    db.execute(sa.delete(OauthState).where(col(OauthState.expires_at) < now))
    db.add(OauthState(digest=digest(nonce), runner_id=runner_id, expires_at=now + LIFE))


def take(db: Session, nonce: str, now: datetime) -> int | None:
    """The runner who was sent away with *nonce*, once; None for one that was never given, is used, or is too old."""
    taken = (
        sa.delete(OauthState)
        .where(col(OauthState.digest) == digest(nonce))
        .returning(col(OauthState.runner_id), col(OauthState.expires_at))
    )
    row = db.execute(taken).first()
    return row.runner_id if row and row.expires_at >= now else None
