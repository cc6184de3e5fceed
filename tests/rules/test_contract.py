"""What holds for every rule."""

import re
import string
from importlib import import_module
from pkgutil import iter_modules

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import monitor.rules
from monitor.model import Level
from monitor.rules import RULES
from monitor.rules.rule import Kind, Mails, findings
from tests.builders import block, history
from tests.load.strategies import HISTORY, prefix, same

every_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
a_few = settings(deadline=None, max_examples=30)


def test_the_rules_are_the_files_of_the_folder():
    modules = [import_module(f"monitor.rules.{file.name}") for file in iter_modules(monitor.rules.__path__)]
    found = {module.__name__.rpartition(".")[2]: module.RULE for module in modules if hasattr(module, "RULE")}
    assert {rule.name: rule for rule in RULES} == found
    assert len(RULES) == len(found)


@every_rule
def test_a_rule_cites_a_source_and_says_what_it_found(rule):
    assert re.fullmatch(r"10\.\d{4,}/\S+", rule.evidence.doi)
    assert re.search(r"[A-Z]\w+.* (19|20)\d\d", rule.evidence.source)
    for text in (rule.title, rule.evidence.says, rule.advice):
        assert text == text.strip() != ""


@every_rule
def test_a_rule_claims_no_more_than_the_evidence(rule):
    told = " ".join((rule.title, rule.sentence, rule.evidence.says, rule.advice)).lower()
    for claim in ("at risk", "risk of", "safe", "sweet spot", "prevent", "validated", "danger", "will get injured"):
        assert claim not in told


@every_rule
def test_the_lines_of_a_rule_rise(rule):
    lines = list(rule.lines.values())
    assert lines == sorted(set(lines))
    assert lines


@every_rule
def test_the_level_never_falls_as_the_value_rises(rule):
    levels = [rule.level(value) for value in np.linspace(0, 2 * max(rule.lines.values()), 6001)]
    assert levels == sorted(levels)
    assert levels[0] is Level.OK
    assert levels[-1] is max(rule.lines)


@every_rule
def test_a_line_itself_is_not_yet_beyond_it(rule):
    assert rule.level(rule.mildest_line) is Level.OK
    assert rule.level(np.nextafter(rule.mildest_line, np.inf)) is min(rule.lines)


@every_rule
def test_a_rule_that_decides_nothing_never_mails(rule):
    assert rule.mails is Mails.NEVER or not rule.context
    assert rule.kind in Kind


@every_rule
@pytest.mark.parametrize("log", ["", "10", "-", "?"], ids=["no day", "one run", "rest", "unknown"])
def test_a_rule_is_silent_on_one_day_of_data(rule, log):
    days = history(log)
    assert findings(rule, days, days.first_day, days.first_day) == []


@every_rule
@given(days=HISTORY)
@a_few
def test_an_unknown_day_has_no_measure(rule, days):
    assert np.isnan(rule.measure(days)[np.isnan(days.distance_m)]).all()


@every_rule
@given(days=HISTORY)
@a_few
def test_a_measure_is_finite_and_changes_nothing(rule, days):
    before = [days.distance_m.copy(), days.longest_m.copy(), days.runs.copy(), days.unusable_s.copy()]
    assert not np.isinf(rule.measure(days)).any()
    for series, copy in zip((days.distance_m, days.longest_m, days.runs, days.unusable_s), before, strict=True):
        same(series, copy)


@every_rule
@given(days=HISTORY, cut=st.integers(0, 100))
@a_few
def test_no_rule_looks_ahead(rule, days, cut):
    for measure in (rule.measure, *rule.facts.values()):
        same(measure(prefix(days, cut)), measure(days)[:cut])


@every_rule
@given(runner=HISTORY, other=HISTORY)
@a_few
def test_a_runner_alone_is_the_same_as_in_a_block(rule, runner, other):
    length = min(len(runner.runs), len(other.runs))
    rows = block([prefix(other, length), prefix(runner, length)])
    for measure in (rule.measure, *rule.facts.values()):
        same(measure(rows)[1], measure(prefix(runner, length)))


@every_rule
@given(days=HISTORY)
@a_few
def test_every_finding_can_be_said_and_stored(rule, days):
    for finding in findings(rule, days, days.first_day, days.last_day):
        assert "nan" not in rule.say(finding)
        assert np.isfinite([finding.value, *finding.facts.values()]).all()


@every_rule
def test_a_sentence_uses_only_facts_of_its_rule(rule):
    used = {name for _, name, _, _ in string.Formatter().parse(rule.sentence) if name}
    assert used <= {"value", *rule.facts}
