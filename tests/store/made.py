"""What the tests of the store begin with: a moment, keys, a connection."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlmodel import Session

from monitor.store.connections import connect
from monitor.store.sealing import keyring

NOW = datetime(2026, 11, 22, 7, tzinfo=UTC)  # a Sunday
TOMORROW = NOW + timedelta(days=1)
KEYS = keyring(["a secret of more than thirty-two characters"])


def connected(db: Session, runner_id: int, **given: Any) -> None:
    """The runner has connected Strava; *given* goes to `connect`."""
    tokens: dict[str, Any] = {"access": "an-access-token", "refresh": "a-refresh-token"}
    account = {"athlete_id": 7_000 + runner_id, "scope": "read,activity:read"}
    connect(db, KEYS, runner_id, **tokens | account | {"expires_at": NOW + timedelta(hours=6), "now": NOW} | given)
