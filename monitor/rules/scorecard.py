"""What the rules would have said of a runner, morning by morning, and how that met the injuries that followed."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

import numpy as np

from monitor.model import Finding, Freshness, Injury, Level, Verdict
from monitor.rules.foresight import Foresight, foresight
from monitor.rules.rule import Rule

DAYS_A_MONTH = 365.25 / 12
Name = TypeVar("Name")


@dataclass(frozen=True, slots=True)
class Morning:
    """What would have been said on a morning that knew everything up to the evening before, and nothing later."""

    verdict: Verdict
    found: tuple[Finding, ...] = ()  # on the day before
    mailed: tuple[Finding, ...] = ()  # what an alert mail would have told, the worst first; none without a mail

    @property
    def day(self) -> date:
        return self.verdict.day


@dataclass(frozen=True, slots=True)
class Scorecard:
    """Counts of one runner's mornings; of no use for saying how good the rules are for anybody else."""

    first: date
    last: date
    mornings: int
    mails: Mapping[str, int]  # by the rule that leads the mail
    findings: Mapping[str, Mapping[Level, int]]  # days, by rule
    cannot_say: Mapping[Freshness, int]  # mornings, by reason
    not_judged: Mapping[str, int]  # of the other mornings, how many could not judge a rule
    injuries: int  # onsets that the mornings could have foretold, by days
    unscored: int  # onsets of which nothing could be said
    by_mail: Foresight | None  # None without an injury that counts
    by_finding: Foresight | None

    @property
    def months(self) -> float:
        return self.mornings / DAYS_A_MONTH


def scorecard(mornings: Sequence[Morning], injuries: Iterable[Injury], rules: Sequence[Rule]) -> Scorecard:
    """The score of *mornings*, one a day without a gap and at least one, against the onsets of *injuries*.

    A hit is an onset with a mail, or a finding, on one of the 14 mornings before it; not on its own, when it may
    have hurt already. Context rules are counted and foretell nothing.
    """
    context = {rule.name for rule in rules if rule.context}
    said = [each for each in mornings if each.verdict.level is not None]
    onsets = {injury.onset for injury in injuries}
    mailed = np.array([bool(each.mailed) for each in mornings])
    found = np.array([any(finding.rule not in context for finding in each.found) for each in mornings])
    here = np.array([each.day in onsets for each in mornings])
    judged = np.array([each.verdict.level is not None for each in mornings])
    by_mail, by_finding = (foresight(signals & judged, here, judged) for signals in (mailed, found))
    scored = by_mail.hits + by_mail.misses
    return Scorecard(
        first=mornings[0].day,
        last=mornings[-1].day,
        mornings=len(mornings),
        mails=_counts(each.mailed[0].rule for each in mornings if each.mailed),
        findings=_by_rule(mornings, rules),
        cannot_say=_counts(each.verdict.freshness for each in mornings if each.verdict.level is None),
        not_judged=_counts(name for each in said for name in each.verdict.not_judged),
        injuries=scored,
        unscored=len(onsets) - scored,
        by_mail=by_mail if scored else None,
        by_finding=by_finding if scored else None,
    )


def _by_rule(mornings: Iterable[Morning], rules: Iterable[Rule]) -> dict[str, dict[Level, int]]:
    found = [finding for morning in mornings for finding in morning.found]
    levels = {rule.name: _counts(finding.level for finding in found if finding.rule == rule.name) for rule in rules}
    return {name: counts for name, counts in levels.items() if counts}


def _counts(values: Iterable[Name]) -> dict[Name, int]:
    """How often each is there, most often first."""
    return dict(Counter(values).most_common())
