"""A rule: one number per runner and day (larger = worse), the lines it must not cross, its evidence, its advice."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from math import isnan

import numpy as np

from monitor.load.daily import History
from monitor.load.windows import Array
from monitor.model import Evidence, Finding, Level, Origin

Measure = Callable[[History], Array]


class Kind(StrEnum):
    """A session finding is about one run and stays in force for days; a window finding is about its day.

    What was told holds until something else is told: its measure carries it from day to day.
    """

    SESSION = "session"
    WINDOW = "window"
    TOLD = "told"


class Mails(StrEnum):
    """Whether a rule may cause an alert mail."""

    ALONE = "alone"
    WITH_ANOTHER = "together with another rule"
    NEVER = "never: pages and digest only"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """*measure* is 0 where the rule does not apply and NaN only where an input is unknown. Lines are strict (>).

    At least one line is drawn; a rule whose findings are never mild draws no *watch*.
    *facts* name the numbers that *sentence*, a format string, tells a person; {value} is the measure itself.
    A finding leaves out a fact that cannot be computed on its day, so *sentence* uses only those that always can.
    """

    name: str
    title: str
    measure: Measure
    watch: float | None = None
    caution: float | None = None
    strong: float | None = None
    kind: Kind
    mails: Mails
    merges: bool = False  # measured of `Log.merged`: where a club wants it, runs close after one another are one
    context: bool = False  # shown with its evidence, never the verdict
    origin: Origin | None = None  # where its input is told, if it is not the runs
    facts: Mapping[str, Measure] = field(default_factory=dict)
    sentence: str
    unknown: str = "not enough days are known"  # why nothing can be said where the measure is NaN
    evidence: Evidence
    advice: str

    @property
    def lines(self) -> dict[Level, float]:
        """The lines that are drawn, mildest first."""
        drawn = {Level.WATCH: self.watch, Level.CAUTION: self.caution, Level.STRONG: self.strong}
        return {level: line for level, line in drawn.items() if line is not None}

    @property
    def mildest_line(self) -> float:
        """Beyond it a day is a finding."""
        return min(self.lines.values())

    def level(self, value: float) -> Level:
        return max((level for level, line in self.lines.items() if value > line), default=Level.OK)

    def say(self, finding: Finding) -> str:
        return self.sentence.format(value=finding.value, **finding.facts)


def findings(rule: Rule, history: History, first: date, last: date) -> list[Finding]:
    """The days of *first* … *last* on which the rule's measure is beyond a line, for the history of one runner."""
    measure = rule.measure(history)
    begin, end = max(0, history.index(first)), min(len(measure), history.index(last) + 1)
    if begin >= end:
        return []
    beyond = begin + np.flatnonzero(measure[begin:end] > rule.mildest_line)
    facts = {name: fact(history)[beyond].tolist() for name, fact in rule.facts.items()} if len(beyond) else {}
    return [
        Finding(
            rule=rule.name,
            day=history.first_day + timedelta(days=day),
            level=rule.level(value),
            value=value,
            facts={name: values[n] for name, values in facts.items() if not isnan(values[n])},
        )
        for n, (day, value) in enumerate(zip(beyond.tolist(), measure[beyond].tolist(), strict=True))
    ]


def known(history: History) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    """The days that a source has told."""
    return ~np.isnan(history.distance_m)


def where_applies(measure: Array, applies: np.ndarray[tuple[int, ...], np.dtype[np.bool_]], history: History) -> Array:
    """The measure where the rule *applies*, 0 on other known days, NaN on unknown days."""
    return np.where(known(history), np.where(applies, measure, 0.0), np.nan)
