"""What the rules find in a runner's days, from the earliest that changed to today."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from jobs.context import Context
from monitor.rules import RULES
from monitor.rules.assessing import assessed
from monitor.rules.rule import Rule
from monitor.store.findings import assess_from, mark_assessed, save_findings
from monitor.store.people import Person
from monitor.store.training import training_log


def run(context: Context, person: Person, now: datetime, first: date | None = None, last: date | None = None) -> None:
    """Bring the stored findings up to date; the same days twice give the same rows.

    Findings of days that did not change keep the fast speed that was known when they were made.
    """
    today, version = now.astimezone(person.zone).date(), rules_version(context.rules)
    with context.database.writing() as db:
        log = training_log(db, person.id)
        changed = assess_from(db, person.id, version)
        start = first or min(changed or today, today - timedelta(days=1))
        save_findings(db, person.id, start, last or today, assessed(log, context.rules, start, last or today))
        if first is None and last is None:
            mark_assessed(db, person.id, version)


def rules_version(rules: Sequence[Rule] = RULES) -> str:
    """Names and lines of the rules: findings made with others are out of date."""
    lines = (f"{rule.name}:{rule.watch or 0:g}/{rule.caution or 0:g}/{rule.strong or 0:g}" for rule in rules)
    return " ".join(lines)
