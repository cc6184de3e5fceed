"""What the rules find in a runner's days, from the earliest that changed to today."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from jobs.context import Context
from monitor.load.merging import NEVER
from monitor.load.training import Log
from monitor.model import Finding
from monitor.rules import RULES, together
from monitor.rules.rule import Rule, findings
from monitor.store.findings import assess_from, mark_assessed, save_findings
from monitor.store.people import Person
from monitor.store.training import training_log


def run(context: Context, person: Person, now: datetime, first: date | None = None, last: date | None = None) -> None:
    """Bring the stored findings up to date; the same days twice give the same rows.

    Findings of days that did not change keep the fast speed that was known when they were made.
    """
    merge_gap = context.settings.rules.merge_gap
    today, version = now.astimezone(person.zone).date(), rules_version(context.rules, merge_gap)
    with context.database.writing() as db:
        log = training_log(db, person.id, merge_gap)
        changed = assess_from(db, person.id, version)
        start = first or min(changed or today, today - timedelta(days=1))
        save_findings(db, person.id, start, last or today, assessed(log, context.rules, start, last or today))
        if first is None and last is None:
            mark_assessed(db, person.id, version)


def assessed(log: Log, rules: Sequence[Rule], first: date, last: date) -> list[Finding]:
    """All findings of *first* … *last*."""
    if log.history is None or log.merged is None:
        return []
    read = {True: log.merged, False: log.history}
    found = [finding for rule in rules for finding in findings(rule, read[rule.merges], first, last)]
    return together.taken_together(found, log.history, together.Context(log.injuries))


def rules_version(rules: Sequence[Rule] = RULES, merge_gap: timedelta = NEVER) -> str:
    """Names and lines of the rules, and what they merge: findings made with others are out of date."""
    lines = (f"{rule.name}:{rule.watch or 0:g}/{rule.caution or 0:g}/{rule.strong or 0:g}" for rule in rules)
    return " ".join([*lines, f"merge_gap:{merge_gap / timedelta(minutes=1):g}"])
