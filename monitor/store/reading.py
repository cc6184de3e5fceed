"""All that a verdict rests on, read for many runners by a few queries. What follows from it needs no database."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session

from monitor.load.training import Known
from monitor.model import Finding
from monitor.rules.freshness import Ledger
from monitor.rules.hidden import Hidden
from monitor.store.audience import Audience
from monitor.store.exposures import given_up
from monitor.store.findings import findings_of
from monitor.store.ledgers import ledgers
from monitor.store.people import Person
from monitor.store.training import hidden, known_of
from monitor.store.within import among

AT_ONCE = 50  # runners: what is read of them is held at once


@dataclass(frozen=True, slots=True)
class Read:
    """One runner, as far as an audience may see them."""

    person: Person
    today: date
    first: date  # from when on findings are shown
    ledger: Ledger
    known: Known
    findings: tuple[Finding, ...] | None  # oldest first; None where those that are stored rest on rows not seen
    hidden: Hidden
    missing: tuple[date, ...]  # days of runs whose samples Strava failed to give


def read(
    db: Session, audiences: Mapping[Person, Audience], now: datetime, files_stale_after_days: int, days: int
) -> Iterator[Read]:
    """Each of these runners for an audience of their own, in the same order, with the findings of so many days."""
    everybody = list(audiences)
    for begin in range(0, len(everybody), AT_ONCE):
        block = everybody[begin : begin + AT_ONCE]
        alike: dict[Audience, list[Person]] = defaultdict(list)
        for of in block:
            alike[audiences[of]].append(of)
        found = {
            each.person: each
            for audience, people in alike.items()
            for each in _read(db, people, audience, now, files_stale_after_days, days)
        }
        yield from (found[of] for of in block)


def _read(
    db: Session, people: Sequence[Person], audience: Audience, now: datetime, files_stale_after_days: int, days: int
) -> Iterator[Read]:
    todays = {of.id: now.astimezone(of.zone).date() for of in people}
    firsts = {runner_id: today - timedelta(days=days) for runner_id, today in todays.items()}
    ledger = ledgers(db, dict.fromkeys(people, audience), files_stale_after_days, among(todays))
    known, unseen = known_of(db, todays, audience), hidden(db, todays, audience)
    missing = given_up(db, todays, audience)
    found = None if audience.hidden else findings_of(db, todays, min(firsts.values()), max(todays.values()), audience)
    for of in people:
        first, today = firsts[of.id], todays[of.id]
        yield Read(
            person=of,
            today=today,
            first=first,
            ledger=ledger[of.id],
            known=known[of.id],
            findings=tuple(each for each in found[of.id] if first <= each.day <= today) if found else None,
            hidden=unseen[of.id],
            missing=tuple(missing[of.id]),
        )
