"""From findings to the one word a board shows, and the notes that go with it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta

import numpy as np

from monitor.load.daily import History
from monitor.load.duplicates import Counted
from monitor.load.left_out import LeftOut, count
from monitor.model import Finding, Freshness, Level, Verdict
from monitor.rules.freshness import Ledger, state
from monitor.rules.rule import Kind, Rule

SESSION_DAYS = 7
HOLDING_DAYS = {Kind.SESSION: SESSION_DAYS, Kind.WINDOW: 2, Kind.TOLD: 1}


def verdict(
    now: datetime,
    ledger: Ledger,
    history: History | None,
    runs: Sequence[Counted],
    findings: Iterable[Finding],
    rules: Mapping[str, Rule],
) -> Verdict:
    """What can be said at *now*: the worst finding in force, or that nothing can be said and why."""
    today = ledger.local(now)
    fresh = state(now, ledger, history)
    until = history.last_day if history else None
    if fresh.freshness is not Freshness.OK or history is None or until is None:
        return Verdict(today, None, fresh.reason, fresh.freshness, notes=notes(runs, today), data_until=until)
    holding = in_force(findings, rules, today, min(today, until))
    level = holding[0].level if holding else Level.OK
    unknown = not_judged(history, rules.values(), min(today, until))
    left_out = (f"not judged: {', '.join(unknown).replace('_', ' ')}",) if unknown else ()
    said = notes(runs, today) + left_out
    return Verdict(today, level, "", Freshness.OK, tuple(holding), notes=said, not_judged=unknown, data_until=until)


def in_force(findings: Iterable[Finding], rules: Mapping[str, Rule], today: date, last_known: date) -> list[Finding]:
    """The findings that hold *today*, one a rule, the worst first, and of equal ones in the order of *rules*.

    A session finding holds for 7 days. A window finding holds on its day and, because the day of the verdict is not
    over when the morning's mail goes, until the next day is. What was told holds on its day alone: a new check-in
    takes the place of yesterday's. Context never decides a verdict.
    """
    holding: dict[str, Finding] = {}
    for finding in sorted(findings, key=lambda f: (f.level, f.day)):
        rule = rules.get(finding.rule)
        if rule and not rule.context and _holds(rule, finding.day, today, last_known):
            holding[finding.rule] = finding
    in_order = [holding[name] for name in rules if name in holding]
    return sorted(in_order, key=lambda finding: finding.level, reverse=True)


def _holds(rule: Rule, day: date, today: date, last_known: date) -> bool:
    last = today if rule.kind is Kind.SESSION else last_known
    return timedelta(0) <= last - day < timedelta(days=HOLDING_DAYS[rule.kind])


def not_judged(history: History, rules: Iterable[Rule], day: date) -> tuple[str, ...]:
    """The rules whose measure is unknown on a day of which a finding would still hold on *day*.

    Unknown is never the same as nothing found, and today, on which nobody has run yet, must not hide yesterday.
    """
    end = history.index(day) + 1
    return tuple(
        rule.name
        for rule in rules
        if np.isnan(rule.measure(history)[max(0, end - HOLDING_DAYS[rule.kind]) : end]).any()
    )


def notes(runs: Sequence[Counted], today: date, days: int = 28) -> tuple[str, ...]:
    """What a reader should know of the last 28 days' runs: counted once, uncertain, left out."""
    twice = [each for each in runs if 0 <= (today - each.run.day).days < days and each.copies]
    said = (f"{count(twice)} recorded twice, counted once",) if twice else ()
    return said + LeftOut(tuple(runs)).distances(today, days)
