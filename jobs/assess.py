"""What the rules find in a runner's days, from the earliest that changed to today."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from jobs.context import Context
from monitor.load.daily import History
from monitor.model import Finding
from monitor.rules import RULES
from monitor.rules.rule import Rule, findings
from monitor.rules.together import raise_levels
from monitor.store.activities import training_log
from monitor.store.findings import assess_from, mark_assessed, save_findings
from monitor.store.people import Person


def run(context: Context, person: Person, now: datetime, first: date | None = None, last: date | None = None) -> None:
    """Bring the stored findings up to date; the same days twice give the same rows."""
    today, version = now.astimezone(person.zone).date(), rules_version(context.rules)
    with context.database.writing() as db:
        history = training_log(db, person.id).history
        changed = assess_from(db, person.id, version)
        start = first or min(changed or today, today - timedelta(days=1))
        save_findings(db, person.id, start, last or today, assessed(history, context.rules, start, last or today))
        if first is None:
            mark_assessed(db, person.id, version)


def assessed(history: History | None, rules: Sequence[Rule], first: date, last: date) -> list[Finding]:
    """All findings of *first* … *last*."""
    if history is None:
        return []
    return raise_levels([found for rule in rules for found in findings(rule, history, first, last)])


def rules_version(rules: Sequence[Rule] = RULES) -> str:
    """Names and lines of the rules: findings made with others are out of date."""
    lines = (f"{rule.name}:{rule.watch:g}/{rule.caution or 0:g}/{rule.strong or 0:g}" for rule in rules)
    return " ".join(lines)
