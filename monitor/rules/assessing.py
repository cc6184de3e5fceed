"""All rules over one training log."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from monitor.load.training import Log
from monitor.model import Finding
from monitor.rules import together
from monitor.rules.rule import Rule, findings


def assessed(log: Log, rules: Sequence[Rule], first: date, last: date) -> list[Finding]:
    """All findings of *first* … *last*, each with the origins that it rests on."""
    if log.history is None:
        return []
    found = [finding for rule in rules for finding in findings(rule, log.history, first, last)]
    raised = together.raise_levels(found, together.Context(log.injuries))
    return [replace(finding, origins=log.rests_on(finding.day)) for finding in raised]
