"""What the rules would say of a run that is only planned: the run is put into the history, and they are asked."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from monitor.load.daily import NOTHING, SERIES, History
from monitor.load.gathering import OF_THE_LONGEST
from monitor.load.returning import returning
from monitor.load.training import Log
from monitor.model import Finding, Level
from monitor.rules.rule import Rule, findings
from monitor.rules.together import SUSPENDED_ON_THE_WAY_BACK, Context, taken_together

SUSPENDED = "on the way back a ratio says nothing"


@dataclass(frozen=True, slots=True)
class Planned:
    """A run to come; on the road, and without sprints and fast uphill running."""

    distance_m: int
    fast_m: int = 0
    climb_m: int = 0


@dataclass(frozen=True, slots=True)
class WouldSay:
    """One rule's answer."""

    rule: Rule
    finding: Finding | None  # None where no line would be crossed, or where that cannot be said
    unknown: str = ""  # why it cannot be said

    @property
    def level(self) -> Level | None:
        """None where nothing can be said."""
        return self.finding.level if self.finding else None if self.unknown else Level.OK

    @property
    def sentence(self) -> str:
        return self.rule.say(self.finding) if self.finding else self.unknown or "no line crossed"


def would_say(log: Log, day: date, run: Planned, rules: Sequence[Rule]) -> list[WouldSay]:
    """What each of *rules* would say at the end of *day* after *run*, in their order, of the days as it reads them.

    The run counts by itself, however close it comes after another: its hour is not known.
    """
    context = Context(log.injuries)
    planned, merged = (with_run(log.read_by(merges=each), day, run) for each in (False, True))
    read = {rule.name: merged if rule.merges else planned for rule in rules}
    found = [found for rule in rules for found in findings(rule, read[rule.name], day, day)]
    by_rule = {finding.rule: finding for finding in taken_together(found, planned, context)}
    suspended = SUSPENDED_ON_THE_WAY_BACK if returning(planned, context.injuries, day) else frozenset()
    return [
        WouldSay(rule, None, SUSPENDED)
        if rule.name in suspended
        else _answer(rule, read[rule.name], by_rule.get(rule.name))
        for rule in rules
    ]


def with_run(history: History, day: date, run: Planned) -> History:
    """The history up to the end of *day*, as it would read with *run* on top of what the day already holds.

    Days that no source has told stay unknown. The run goes at the runner's own mean pace; its hour is not known.
    """
    past = _up_to(history, day)
    with np.errstate(invalid="ignore"):
        pace = np.nansum(past.moving_s) / np.nansum(past.distance_m)
    moving_s = round(run.distance_m * pace) if np.isfinite(pace) else np.nan
    series = {name: getattr(past, name).copy() for name in SERIES}
    if run.distance_m > series["longest_m"][-1]:
        for name in OF_THE_LONGEST:
            series[name][-1] = np.nan
    for name, added in (("distance_m", run.distance_m), ("moving_s", moving_s), ("runs", 1), ("fast_m", run.fast_m)):
        series[name][-1] += added
    for name, size in (("longest_m", run.distance_m), ("longest_s", moving_s), ("climb_m", run.climb_m)):
        series[name][-1] = np.maximum(series[name][-1], size)
    return History(past.first_day, **series)


def _up_to(history: History, day: date) -> History:
    """The history with *day* as its last day, which is one of rest where it was not told yet."""
    past = history.until(day)
    if not len(past.distance_m):
        past = replace(NOTHING, first_day=day)
    missing = np.full((day - past.last_day).days, np.nan)
    series = {name: np.append(getattr(past, name), missing) for name in SERIES}
    if np.isnan(series["distance_m"][-1]):
        for name in set(SERIES) - set(OF_THE_LONGEST):
            series[name][-1] = 0.0
    return History(past.first_day, **series)


def _answer(rule: Rule, planned: History, finding: Finding | None) -> WouldSay:
    if finding is None and np.isnan(rule.measure(planned)[-1]):
        return WouldSay(rule, None, rule.unknown)
    return WouldSay(rule, finding)
