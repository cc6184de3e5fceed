"""What needs several rules at once; run after `RULES`."""

from collections.abc import Sequence
from dataclasses import replace

from monitor.model import Finding, Level

STRICTER_AFTER_A_LAYOFF = frozenset({"single_session_spike"})


def raise_levels(findings: Sequence[Finding]) -> list[Finding]:
    """The findings with levels that other findings of the same day raise.

    In the first 21 days after a layoff the volume rules speak one band earlier (expert opinion).
    """
    returning = {finding.day for finding in findings if finding.rule == "return_after_layoff"}
    return [
        replace(finding, level=Level(min(finding.level + 1, Level.STRONG)))
        if finding.day in returning and finding.rule in STRICTER_AFTER_A_LAYOFF
        else finding
        for finding in findings
    ]
