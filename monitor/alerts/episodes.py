"""Findings that belong together: a rule that flaps around its line is one episode, told once."""

from collections.abc import Iterable
from datetime import date, timedelta

from monitor.model import Finding

OVER_AFTER = timedelta(days=7)  # so long without a finding ends an episode: a day below the line does not


def began(finding: Finding, found: Iterable[Finding]) -> date:
    """The first day of the episode to which *finding* belongs, among all that was *found* for this runner."""
    first = finding.day
    for day in sorted((each.day for each in found if each.rule == finding.rule and each.day < first), reverse=True):
        if first - day > OVER_AFTER:
            break
        first = day
    return first
