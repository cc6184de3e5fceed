"""A club's own lines in place of the published ones."""

import pytest

from monitor.errors import ConfigError
from monitor.model import Level
from monitor.rules import RULES
from monitor.rules.lines import with_lines

SPIKE = "single_session_spike"


def lines(**moved: float) -> dict[Level, float]:
    """The lines of the single-session spike after some of them were moved."""
    rules = {rule.name: rule for rule in with_lines(RULES, {SPIKE: moved})}
    return rules[SPIKE].lines


def test_without_a_setting_the_published_lines_hold() -> None:
    assert with_lines(RULES, {}) == RULES


def test_one_line_can_be_moved_and_the_others_stay() -> None:
    assert lines(watch=1.2) == {Level.WATCH: 1.2, Level.CAUTION: 1.3, Level.STRONG: 2.0}


def test_every_other_rule_stays_as_it_is() -> None:
    moved = with_lines(RULES, {SPIKE: {"watch": 1.2}})
    assert [rule.name for rule in moved] == [rule.name for rule in RULES]
    assert [rule for rule in moved if rule.name != SPIKE] == [rule for rule in RULES if rule.name != SPIKE]


def test_a_moved_line_decides_the_level() -> None:
    [rule] = (rule for rule in with_lines(RULES, {SPIKE: {"caution": 1.5}}) if rule.name == SPIKE)
    assert (rule.level(1.42), rule.level(1.5), rule.level(1.51)) == (Level.WATCH, Level.WATCH, Level.CAUTION)


@pytest.mark.parametrize(
    "moved",
    [
        pytest.param({"watch": 1.4}, id="watch above caution"),
        pytest.param({"strong": 1.3}, id="strong at caution"),
        pytest.param({"watch": 3.0, "caution": 2.0, "strong": 1.0}, id="all upside down"),
    ],
)
def test_lines_that_do_not_rise_are_refused_naming_the_rule(moved: dict[str, float]) -> None:
    with pytest.raises(ConfigError, match=rf"rules\.{SPIKE}: lines must rise"):
        lines(**moved)


def test_an_unknown_rule_is_named_beside_those_that_there_are() -> None:
    with pytest.raises(
        ConfigError, match=r"rules\.long_run: there is no such rule; there are symptom_gate, single_session_spike"
    ):
        with_lines(RULES, {"long_run": {"watch": 1.2}})


def test_an_unknown_line_is_named_beside_those_that_there_are() -> None:
    with pytest.raises(ConfigError, match=rf"rules\.{SPIKE}\.warning: .* watch, caution, strong"):
        lines(warning=1.2)
