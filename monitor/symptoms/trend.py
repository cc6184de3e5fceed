"""How it has felt, week by week; a week without a check-in is not a week without problems."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from monitor.symptoms.check_in import CheckIn
from monitor.symptoms.circumstances import Circumstances, latest
from monitor.symptoms.scoring import DETECTABLE_CHANGE, is_substantial, severity

WEEKS = 12
WEEK = timedelta(days=7)
WHAT_A_CHANGE_MEANS = (
    f"For one person a change of fewer than about {DETECTABLE_CHANGE} points says little, and no score is a line beyond"
    " which something is wrong."
)


@dataclass(frozen=True, slots=True)
class Week:
    """The worst check-in of a calendar week, and what else was told last; *severity* is None where there was none."""

    monday: date
    severity: int | None = None
    substantial: bool = False
    circumstances: Circumstances = field(default_factory=Circumstances)


def weeks(check_ins: Iterable[CheckIn], today: date, count: int = WEEKS) -> list[Week]:
    """The last *count* calendar weeks, that of *today* last."""
    told = list(check_ins)
    this = today - timedelta(days=today.weekday())
    return [_week(told, this - n * WEEK) for n in reversed(range(count))]


def change_said(check_ins: Sequence[CheckIn]) -> str:
    """The last score beside the one before it; empty without two."""
    if len(check_ins) < 2:
        return ""
    before, now = (severity(each) for each in check_ins[-2:])
    if abs(now - before) < DETECTABLE_CHANGE:
        return f"From {before} to {now} since the check-in before: too little to tell better from worse."
    return f"From {before} to {now} since the check-in before: {'worse' if now > before else 'better'} by that measure."


def _week(check_ins: Iterable[CheckIn], monday: date) -> Week:
    told = [each for each in check_ins if monday <= each.day < monday + WEEK]
    worst = max(map(severity, told), default=None)
    return Week(monday, worst, any(map(is_substantial, told)), latest(told))
