"""The circuit breaker before the mail server: a fault of the whole of it costs one try a step, not one a letter."""

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session

from monitor.store.delivery_tables import Circuit

MAIL = "mail"
LONGEST_TRY = timedelta(seconds=120)
BACKOFF_MIN = (1, 5, 15, 30, 60)


def wait_after(tries: int, jitter: float) -> timedelta:
    """How long to wait after so many tries in vain: 1, 5, 15, 30, 60 minutes, then hourly, times *jitter*."""
    return timedelta(minutes=jitter * BACKOFF_MIN[min(max(tries, 1), len(BACKOFF_MIN)) - 1])


def circuit(db: Session) -> Circuit | None:
    """Since when the mail server takes nothing from us, and why; None where it does."""
    return db.get(Circuit, MAIL)


def rests(db: Session, now: datetime) -> bool:
    """Whether no mail may be tried now."""
    found = circuit(db)
    return found is not None and now < found.probe_at


def claim_probe(db: Session, now: datetime) -> bool:
    """Whether this try is a probe: whoever tries while the circuit is open tries for all."""
    if found := circuit(db):
        found.probe_at = now + LONGEST_TRY
    return found is not None


def note_down(db: Session, error: str, now: datetime, jitter: float, *, probe: bool) -> None:
    """The mail server took nothing. Who failed beside the first one, and not as a *probe*, has nothing to add."""
    found = circuit(db)
    if found and not probe:
        return
    found = found or Circuit(way=MAIL, since=now, failures=0, probe_at=now, error=error)
    found.failures, found.error = found.failures + 1, error
    found.probe_at = now + wait_after(found.failures, jitter)
    db.add(found)


def note_up(db: Session) -> None:
    """The mail server answered about a letter, so it is there."""
    db.execute(sa.delete(Circuit))
