"""Other ways to reach a person beside mail. Their URLs are secrets: sealed here, and never shown again."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from monitor.errors import Gone, UserError
from monitor.store.delivery_tables import Channel
from monitor.store.people import still_here
from monitor.store.sealing import Keyring
from monitor.store.tables import Coach


def add_channel(
    db: Session,
    keys: Keyring,
    url: str,
    label: str,
    now: datetime,
    *,
    runner_id: int | None = None,
    coach_id: int | None = None,
) -> Channel:
    """A new channel of one runner or one coach. Raises `Gone` or `UserError` where they are not there."""
    if runner_id is not None:
        still_here(db, runner_id)
    elif coach_id is None or db.get(Coach, coach_id) is None:
        raise UserError(f"no coach {coach_id}: `hamwatch coach list` shows them all")
    scheme = url.partition("://")[0].lower()
    row = Channel(runner_id=runner_id, coach_id=coach_id, scheme=scheme, label=label, url_sealed=b"", created_at=now)
    db.add(row)
    db.flush()
    row.url_sealed = keys.seal(url, "channel", row.id, "url")
    return row


def channels(db: Session, *, runner_id: int | None = None, coach_id: int | None = None) -> Sequence[Channel]:
    """The channels of a runner or a coach, in the order in which they were added; all without either."""
    query = select(Channel).order_by(col(Channel.id))
    if runner_id is not None:
        query = query.where(Channel.runner_id == runner_id)
    elif coach_id is not None:
        query = query.where(Channel.coach_id == coach_id)
    return db.exec(query).all()


def channel_url(db: Session, keys: Keyring, channel_id: int) -> str:
    """The secret URL. Raises `Gone` where the channel was removed, `CannotOpen` where no key opens it."""
    row = db.get(Channel, channel_id)
    if row is None:
        raise Gone(f"channel {channel_id} was removed")
    return keys.open(row.url_sealed, "channel", channel_id, "url")


def remove_channel(db: Session, channel_id: int) -> None:
    """Take out a channel, and what waited for it. Raises `UserError` where there is none."""
    db.delete(known_channel(db, channel_id))


def known_channel(db: Session, channel_id: int) -> Channel:
    """The channel with this id. Raises `UserError` where there is none."""
    row = db.get(Channel, channel_id)
    if row is None:
        raise UserError(f"no channel {channel_id}: `hamwatch channel list` shows them all")
    return row
