"""What findings say: each with its rule, and days in a row as one."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from monitor.alerts.answers import Answer
from monitor.model import Finding, Level, Origin
from monitor.rules.rule import Rule
from monitor.store.view import Judged

Rules = Mapping[str, Rule]


@dataclass(frozen=True, slots=True)
class Told:
    """A finding with the rule that made it, and why it stands one band above its line, where it does."""

    finding: Finding
    rule: Rule
    raised: tuple[str, ...] = ()

    @property
    def level(self) -> Level:
        return self.finding.level

    @property
    def day(self) -> date:
        return self.finding.day

    @property
    def sentence(self) -> str:
        return self.rule.say(self.finding)


@dataclass(frozen=True, slots=True)
class Episode:
    """The same rule on days in a row: *worst* stands for all of them."""

    worst: Told
    first: date
    last: date


def told(
    findings: Iterable[Finding], rules: Rules, raised: Callable[[Finding], tuple[str, ...]] = lambda _: ()
) -> list[Told]:
    """The findings whose rule is still there, each with why it was *raised*."""
    return [Told(finding, rules[finding.rule], raised(finding)) for finding in findings if finding.rule in rules]


def episodes(findings: Iterable[Told]) -> list[Episode]:
    """Findings of one rule on consecutive days as one, the newest first."""
    running: dict[str, Episode] = {}
    done: list[Episode] = []
    for each in sorted(findings, key=lambda one: one.day):
        before = running.get(each.rule.name)
        if before and each.day - before.last <= timedelta(days=1):
            worst = max(before.worst, each, key=lambda one: one.level)
            running[each.rule.name] = Episode(worst, before.first, each.day)
        else:
            done += [before] if before else []
            running[each.rule.name] = Episode(each, each.day, each.day)
    return sorted([*done, *running.values()], key=lambda one: one.last, reverse=True)


def worst_by_day(findings: Iterable[Told]) -> dict[date, Told]:
    """The worst finding of each day that has any; of two that are equal the later one."""
    return {each.day: each for each in sorted(findings, key=lambda one: one.level)}


def answered(answers: Iterable[Answer], rule: str, first: date, last: date) -> list[Answer]:
    """What the runner answered to findings of this *rule* on these days, oldest first."""
    return [each for each in answers if each.rule == rule and first <= each.day <= last]


def from_strava(judged: Judged) -> bool:
    """Whether something that Strava's API told is shown: then its name must be."""
    return any(run.origin is Origin.STRAVA for counted in judged.runs for run in (counted.run, *counted.copies))
