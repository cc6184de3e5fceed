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
    found = [each for rule in rules for each in findings(rule, log.read_by(merges=rule.merges), first, last)]
    own = {rule.name: frozenset({rule.origin}) for rule in rules if rule.origin}
    said = together.taken_together(found, log.history, together.Context(log.injuries))
    return [replace(finding, origins=own.get(finding.rule) or log.rests_on(finding.day)) for finding in said]
