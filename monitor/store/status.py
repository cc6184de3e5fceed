"""How the product stands: jobs, sources, runners, letters, and what needs a person."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col, select

from monitor.rules.freshness import Access
from monitor.sources.strava_plan import capacity
from monitor.store.activities import ALIKE
from monitor.store.brake import brake
from monitor.store.budget import budget
from monitor.store.circuit import circuit
from monitor.store.claims import last_finished, unfinished
from monitor.store.events import with_news
from monitor.store.exposures import runs_without_samples
from monitor.store.heartbeats import beats, signs
from monitor.store.outbox import letters_by_state
from monitor.store.source_state import strava_state
from monitor.store.subscription import subscription, tells
from monitor.store.suspensions import suspended
from monitor.store.tables import Connection, Letter, Quarantine
from monitor.store.zones import lost_zones
from monitor.watch import Late, clock_is_wrong, late

DEAD_AFTER = timedelta(seconds=45)
ALIKE_FOR = timedelta(hours=50)  # a runner of whom nothing is told is listed every two days
LETTER_LATE = timedelta(hours=2)
ZONE_LOST = (
    "zone {zone} is not known here; times of whoever lives there are UTC. Remedy: update the package tzdata and start"
    " again, or choose another zone on the runner's settings page"
)


@dataclass(frozen=True, slots=True)
class Status:
    """Facts and figures; *needs_a_person* is empty where all is well."""

    last_pass_at: datetime | None
    unfinished_passes: tuple[str, ...]
    strava: str
    strava_budget: Mapping[str, int]  # requests used and left, and how many runners they can keep fresh
    strava_events: str  # whether Strava tells of changes
    strava_queue: Mapping[str, int]  # what waits to be asked for
    connections: dict[str, int]  # how many by their access
    letters: dict[str, int]  # how many by their state
    heartbeats: Mapping[str, datetime]  # the last sign of life of each part that has run
    late: tuple[Late, ...]
    needs_a_person: tuple[str, ...]


def status(db: Session, now: datetime, dead_after: timedelta = DEAD_AFTER) -> Status:
    """The state of everything at *now*; a half is late when it gave no sign for longer than *dead_after*."""
    held = db.exec(select(Connection)).all()
    waiting = tuple(f"runner {row.subject}, {row.slot}: {row.error or 'interrupted'}" for row in unfinished(db, now))
    lost = [row for row in held if row.access == Access.NEEDS_REAUTH]
    source, is_late, events = strava_state(db), late(signs(db, now), dead_after, now), subscription(db)
    mail_down, refused, by_state = circuit(db), len(suspended(db)), letters_by_state(db)
    trouble = [
        (clock_is_wrong(now), f"the clock says {now:%Y-%m-%d}, which cannot be: no job runs until it is set"),
        *((True, each.says) for each in is_late),
        (bool(source.down_since), f"Strava does not answer as it should: {source.reason}"),
        (
            mail_down is not None and mail_down.failures > 1,
            f"the mail server takes nothing from us: {mail_down.error if mail_down else ''}",
        ),
        (bool(refused), f"mail to {refused} addresses was refused for good: hamwatch mail suspended"),
        (bool(wait_long := _late(db, now)), f"{wait_long} letters wait for more than 2 hours"),
        (
            len(held) > (most := capacity(budget(db, now).day_limit, tells=tells(db))) > 0,
            f"{len(held)} runners are connected, and Strava's limit keeps about {most} of them fresh",
        ),
        (bool(lost), f"the Strava access of {len(lost)} runners does not open: was HAMWATCH_SECRET_KEY changed?"),
        (
            brake(db) is not None,
            "many Strava permissions ended at once, so deletions are held back: hamwatch strava release",
        ),
        (
            bool(events and events.lost_at),
            "Strava has dropped the subscription to changes: hamwatch strava subscribe",
        ),
        *((True, f"runner {number}: {ALIKE}") for number in _looping(db, now)),
        *((True, ZONE_LOST.format(zone=zone)) for zone in lost_zones(db)),
        (bool(given_up := by_state.get("failed", 0)), f"{given_up} letters could not be delivered"),
    ]
    return Status(
        last_finished(db),
        waiting,
        source.reason or "answers",
        _budget(db, now),
        _events(db),
        {"runners with news": len(with_news(db, now)), "runs without samples": runs_without_samples(db)},
        dict(Counter(row.access for row in held)),
        by_state,
        beats(db),
        is_late,
        tuple(text for is_so, text in trouble if is_so),
    )


def _budget(db: Session, now: datetime) -> dict[str, int]:
    held = budget(db, now)
    return {
        "used this quarter of an hour": held.quarter_used,
        "allowed in it": held.quarter_limit,
        "used today": held.day_used,
        "allowed a day": held.day_limit,
        "runners kept fresh by that at most": capacity(held.day_limit, tells=tells(db)),
    }


def _events(db: Session) -> str:
    held = subscription(db)
    if held is None:
        return "none: everybody is listed daily"
    if held.lost_at:
        return f"subscription {held.id} is gone at Strava since {held.lost_at:%Y-%m-%d}: everybody is listed daily"
    last = f"last event {held.last_event_at:%Y-%m-%d %H:%M} UTC" if held.last_event_at else "no event yet"
    return f"subscription {held.id}, {last}" if tells(db) else f"subscription {held.id} missed a run: listed daily"


def _looping(db: Session, now: datetime) -> list[int]:
    """The runners whose last list held one run over and over."""
    seen = select(Quarantine.runner_id).where(Quarantine.reason == ALIKE, Quarantine.seen_at > now - ALIKE_FOR)
    return sorted(set(db.exec(seen).all()))


def _late(db: Session, now: datetime) -> int:
    # A retry moves the moment it is due; before the first try that moment may lie behind quiet hours.
    since = sa.case((col(Letter.attempts) > 1, col(Letter.decided_at)), else_=col(Letter.due_at))
    waits = col(Letter.state).in_(("queued", "sending"))
    return db.exec(select(sa.func.count()).select_from(Letter).where(waits, since < now - LETTER_LATE)).one()
