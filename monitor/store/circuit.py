"""The circuit breaker before the mail server: a fault of the whole of it costs one try a step, not one a letter."""

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session

from monitor.store.backoff import BACKOFF_MIN, wait_after
from monitor.store.delivery_tables import Circuit
from monitor.store.leases import in_force

MAIL = "mail"
LONGEST_TRY = timedelta(seconds=120)
LONGEST_REST = wait_after(len(BACKOFF_MIN))


def circuit(db: Session) -> Circuit | None:
    """Since when the mail server takes nothing from us, and why; None where it does."""
    return db.get(Circuit, MAIL)


def rests(db: Session, now: datetime) -> bool:
    """Whether no mail may be tried now."""
    found, (first, last) = circuit(db), in_force(now, LONGEST_REST)
    return found is not None and first < found.probe_at <= last


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
