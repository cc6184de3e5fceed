"""A club's own lines, from the settings, in place of the published ones."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from monitor.errors import ConfigError
from monitor.rules.rule import Rule

LINES = ("watch", "caution", "strong")


def with_lines(rules: Sequence[Rule], changed: Mapping[str, Mapping[str, float]]) -> tuple[Rule, ...]:
    """The rules with their lines moved. Raises `ConfigError` for an unknown rule or line, or lines out of order."""
    names = [rule.name for rule in rules]
    for name, lines in changed.items():
        if name not in names:
            raise ConfigError(f"rules.{name}: there is no such rule; there are {', '.join(names)}")
        for line in lines:
            if line not in LINES:
                raise ConfigError(f"rules.{name}.{line}: there is no such line; there are {', '.join(LINES)}")
    return tuple(_moved(rule, changed.get(rule.name, {})) for rule in rules)


def _moved(rule: Rule, lines: Mapping[str, float]) -> Rule:
    moved = replace(rule, **dict(lines))  # type: ignore[arg-type]
    drawn = list(moved.lines.values())
    if not all(milder < stricter for milder, stricter in pairwise([float("-inf"), *drawn, float("inf")])):  # nor NaN
        raise ConfigError(f"rules.{rule.name}: lines must rise from watch to strong, and are {drawn}")
    return moved
