"""What needs several rules at once, or what the runner told; run after `RULES`."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from monitor.load.daily import History
from monitor.load.returning import returning
from monitor.model import Finding, Injury, Level, Site

STRICTER_AFTER_A_LAYOFF = frozenset(
    {
        "single_session_spike",
        "chained_records",
        "duration_spike",
        "fast_running_spike",
        "first_fast_running",
        "sprint_jump",
        "fast_uphill",
        "climb_spike",
    }
)
NOT_ABOUT_LOAD = frozenset(
    {
        "return_after_layoff",
        "unexplained_drop",
        "cadence_drift",
        "fade_in_long_run",
        "weekly_jump",
        "acwr_panel",
        "symptom_gate",
    }
)
SUSPENDED_ON_THE_WAY_BACK = frozenset({"weekly_jump", "acwr_panel", "monotonous_week"})
RACE_DAYS = 8
MATTERS_FOR = {Site.HAMSTRING: timedelta(days=365), Site.HIGH_HAMSTRING: timedelta(days=182)}


@dataclass(frozen=True, slots=True)
class Context:
    """What a runner told that makes the lines stricter."""

    injuries: Sequence[Injury] = ()


NOTHING_TOLD = Context()


class Reason(StrEnum):
    """Why a finding stands one band above its line. The text is what a person reads."""

    BACK = "in the first three weeks back after a break"
    RACED = "within eight days of a race"
    INJURED = "with a hamstring injury not long ago"


def taken_together(findings: Sequence[Finding], history: History, context: Context = NOTHING_TOLD) -> list[Finding]:
    """The *findings* of one runner's *history*: without ratios on the way back, and levels raised."""
    return raise_levels(without_ratios(findings, history, context), context)


def without_ratios(findings: Sequence[Finding], history: History, context: Context = NOTHING_TOLD) -> list[Finding]:
    """The findings but for those of a ratio on a day of the way back (`returning`): then every week is a jump.

    The rules of single runs and of doses stay, and are stricter then (`raise_levels`).
    """
    days = {finding.day for finding in findings if finding.rule in SUSPENDED_ON_THE_WAY_BACK}
    back = {day for day in days if returning(history, context.injuries, day)}
    return [each for each in findings if each.rule not in SUSPENDED_ON_THE_WAY_BACK or each.day not in back]


def raise_levels(findings: Sequence[Finding], context: Context = NOTHING_TOLD) -> list[Finding]:
    """The findings, each one band higher where there is a reason (`reasons`); two reasons raise no further than one."""
    days_back = {finding.day for finding in findings if finding.rule == "return_after_layoff"}
    return [
        replace(finding, level=Level(min(finding.level + 1, Level.STRONG)))
        if reasons(finding, days_back, context)
        else finding
        for finding in findings
    ]


def reasons(finding: Finding, returning: Collection[date], context: Context = NOTHING_TOLD) -> tuple[Reason, ...]:
    """Why a finding counts one band more. *returning* are the days of `return_after_layoff`.

    A comeback makes the rules of volume and intensity stricter (expert opinion), a race less than 8 days before that
    of hard sessions (Higashihara et al. 2020, doi:10.1371/journal.pone.0234401), a recent hamstring injury all that
    speak of load: one that was open, or ended less than 12 months before the day for a strain (Green et al. 2020,
    doi:10.1136/bjsports-2019-100983), 6 months for a high hamstring tendon (expert opinion).
    """
    found = {
        Reason.BACK: finding.rule in STRICTER_AFTER_A_LAYOFF and finding.day in returning,
        Reason.RACED: finding.rule == "hard_day_spacing"
        and finding.facts.get("days_since_race", RACE_DAYS) < RACE_DAYS,
        Reason.INJURED: finding.rule not in NOT_ABOUT_LOAD
        and any(_matters(injury, finding.day) for injury in context.injuries),
    }
    return tuple(reason for reason, holds in found.items() if holds)


def _matters(injury: Injury, day: date) -> bool:
    """Whether it was open on *day*, or not long over; what happened after *day* was not known then."""
    if injury.site not in MATTERS_FOR or injury.onset > day:
        return False
    return injury.ended is None or day - injury.ended < MATTERS_FOR[injury.site]
