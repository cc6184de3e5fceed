"""A runner's past, replayed morning by morning with only what was known then."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from monitor.alerts.policy import Memory, Told, reason_to_notify, recent
from monitor.load.merging import NEVER
from monitor.load.training import Known, training
from monitor.model import Finding
from monitor.rules.assessing import assessed
from monitor.rules.freshness import Ledger
from monitor.rules.rule import Rule
from monitor.rules.scorecard import Morning, Scorecard, scorecard
from monitor.rules.verdict import verdict
from monitor.store.people import Person
from monitor.store.training import known_training

DAY = timedelta(days=1)
REMEMBERED_DAYS = 60  # as many as the product looks back for the beginning of an episode
LOOKED_AT = time(7)  # after each night


def run(db: Session, person: Person, rules: Sequence[Rule], merge_gap: timedelta = NEVER) -> Scorecard | None:
    """The scorecard of all known days of a runner; None where no day is known."""
    known = known_training(db, person.id)
    history = training(known).history
    if history is None:
        return None
    mornings = list(replay(known, rules, person.zone, history.first_day, history.last_day, merge_gap))
    return scorecard(mornings, known.injuries, rules)


def replay(
    known: Known, rules: Sequence[Rule], zone: ZoneInfo, first: date, last: date, merge_gap: timedelta = NEVER
) -> Iterator[Morning]:
    """The mornings after *first* … *last*: what the product would have said, and mailed, on each of them.

    Each knows the runs, events and injuries up to the evening before, and reads them anew: fast speed, copies, findings
    and verdict are those of that time, and so is what earlier mornings found and mailed. A run stands as it is stored
    today, the profile too, and an event counts as told on its first day: when they were written or changed is not kept.
    Each morning has the list of the day before complete: a source that was never stale.
    """
    by_name = {rule.name: rule for rule in rules}
    found: list[Finding] = []
    told: list[Told] = []
    for n in range((last - first).days + 1):
        day = first + n * DAY
        now = datetime.combine(day + DAY, LOOKED_AT, zone)
        log = training(known.until(day), merge_gap)
        new = assessed(log, rules, day, day)
        found = [finding for finding in found if (day - finding.day).days < REMEMBERED_DAYS] + new
        judgement = verdict(now, Ledger(zone), log.history, log.runs, found, by_name)
        findings = recent(found, judgement.findings, by_name, judgement.day)
        memory = Memory(told, found=found)
        decision = reason_to_notify(findings if judgement.level is not None else (), memory, by_name, now, zone)
        mailed = decision.findings if decision.reason.mails else ()
        told += [Told(finding.rule, finding.day, finding.level, now) for finding in mailed]
        yield Morning(judgement, tuple(new), mailed)
