"""What the rules find in a runner's days, from the earliest that changed to today."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from jobs.context import Context
from monitor.load.merging import NEVER
from monitor.rules import RULES
from monitor.rules.assessing import assessed
from monitor.rules.rule import Rule
from monitor.store.findings import assess_from, changes_of, mark_assessed, save_findings, unchanged
from monitor.store.people import Person, person
from monitor.store.training import training_log


def run(context: Context, whose: Person, now: datetime, first: date | None = None, last: date | None = None) -> None:
    """Bring the stored findings up to date; the same days twice give the same rows.

    Findings of days that did not change keep the fast speed that was known when they were made. What changes while
    the rules look at it is looked at again: nobody waits for them to write.
    """
    while not _is_saved(context, whose, now.astimezone(whose.zone).date(), first, last):
        continue


def _is_saved(context: Context, whose: Person, today: date, first: date | None, last: date | None) -> bool:
    """Gather, decide, apply; false where the runner's rows changed before their findings could be written."""
    merge_gap = context.settings.rules.merge_gap
    version = rules_version(context.rules, merge_gap)
    with context.database.reading() as db:
        changes, changed = changes_of(db, whose.id), assess_from(db, whose.id, version)
        log = training_log(db, whose.id, merge_gap=merge_gap)
    start, end = first or min(changed or today, today - timedelta(days=1)), last or today
    found = assessed(log, context.rules, start, end)
    with context.database.writing() as db:
        if not unchanged(db, whose.id, changes):
            return False
        save_findings(db, whose.id, start, end, found)
        if first is None and last is None:
            mark_assessed(db, whose.id, version)
    return True


def again(context: Context, runner_id: int, now: datetime) -> None:
    """The same for a runner of whom something new was read."""
    with context.database.reading() as db:
        found = person(db, runner_id)
    run(context, found, now)


def rules_version(rules: Sequence[Rule] = RULES, merge_gap: timedelta = NEVER) -> str:
    """Names and lines of the rules, and what they merge: findings made with others are out of date."""
    lines = (f"{rule.name}:{rule.watch or 0:g}/{rule.caution or 0:g}/{rule.strong or 0:g}" for rule in rules)
    return " ".join([*lines, f"merge_gap:{merge_gap / timedelta(minutes=1):g}"])
