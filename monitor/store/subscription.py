"""Whether Strava tells of changes, and can be relied upon to."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, select

from monitor.store.strava_tables import Subscription
from monitor.store.tables import Connection

LATEST = timedelta(hours=12)
CHECKED_EVERY = timedelta(days=1)


def subscription(db: Session) -> Subscription | None:
    """The app's one subscription; None where there is none."""
    return db.exec(select(Subscription)).first()


def keep_subscription(db: Session, subscription_id: int, callback_url: str, now: datetime) -> None:
    """The subscription that Strava has confirmed, in place of any other."""
    forget_subscription(db)
    db.add(Subscription(id=subscription_id, callback_url=callback_url, since=now, checked_at=now))


def forget_subscription(db: Session) -> None:
    db.execute(sa.delete(Subscription))


def note_heard(db: Session, now: datetime) -> None:
    """An event arrived."""
    if held := subscription(db):
        held.last_event_at = now


def note_unannounced(db: Session, runner_id: int, new_starts: Iterable[datetime], now: datetime) -> None:
    """A list showed runs of which no event had told; until the next event, lists are not left to events.

    An event may come half a day late, and none told of runs from before the subscription or the consent.
    """
    held, account = subscription(db), db.get(Connection, runner_id)
    if held is None or account is None or account.last_complete_at is None:
        return
    since = max(held.since, account.access_since, account.last_complete_at)
    if any(since < start < now - LATEST for start in new_starts):
        held.missed_at = now


def begin_check(db: Session, now: datetime) -> bool:
    """Whether it is time to ask whether the subscription is still there; nobody else asks for the next day."""
    held = subscription(db)
    if held is None or (held.checked_at and now - held.checked_at < CHECKED_EVERY):
        return False
    held.checked_at = now
    return True


def end_check(db: Session, known: Collection[int], now: datetime) -> int | None:
    """Strava named the subscriptions it knows of; the number of ours where it is not among them any more."""
    held = subscription(db)
    if held is None:
        return None
    held.lost_at = None if held.id in known else held.lost_at or now
    return held.id if held.lost_at else None


def tells(db: Session) -> bool:
    """Whether a runner of whom no event told can be taken to have changed nothing."""
    held = subscription(db)
    if held is None or held.lost_at:
        return False
    return held.missed_at is None or (held.last_event_at is not None and held.last_event_at > held.missed_at)
