"""From findings to one word."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from monitor.load.duplicates import Counted
from monitor.model import Finding, Flag, Freshness, Level
from monitor.rules import RULES
from monitor.rules.freshness import Access, Ledger
from monitor.rules.verdict import in_force, not_judged, notes, verdict
from tests.builders import activity, history

TODAY = date(2026, 4, 12)
NOW = datetime(2026, 4, 12, 7, tzinfo=UTC)
BY_NAME = {rule.name: rule for rule in RULES}
FRESH = Ledger(ZoneInfo("UTC"), access=Access.OK, last_complete_at=NOW)
SIX_WEEKS = history("8 - 8 - 8 - 12 " * 6, date(2026, 3, 2))  # to 12 April


def found(rule: str, days_ago: int, level: Level = Level.WATCH) -> Finding:
    return Finding(rule, TODAY - timedelta(days=days_ago), level, 1.2)


def held(*findings: Finding, last_known: date = TODAY) -> list[str]:
    return [f.rule for f in in_force(findings, BY_NAME, TODAY, last_known)]


def test_the_worst_finding_in_force_is_the_verdict() -> None:
    findings = [found("no_rest_day", 0), found("single_session_spike", 1, Level.CAUTION)]
    judged = verdict(NOW, FRESH, SIX_WEEKS, (), findings, BY_NAME)
    assert judged.word == "CAUTION"
    assert [f.rule for f in judged.findings] == ["single_session_spike", "no_rest_day"]


def test_without_findings_it_is_ok() -> None:
    assert verdict(NOW, FRESH, SIX_WEEKS, (), [], BY_NAME).word == "OK"


def test_what_is_unknown_is_told_as_not_judged() -> None:
    days = len(SIX_WEEKS.days)
    without_samples = replace(SIX_WEEKS, fast_m=np.full(days, np.nan))
    judged = verdict(NOW, FRESH, without_samples, (), [], BY_NAME)
    assert "first_fast_running" in judged.not_judged
    assert "single_session_spike" not in judged.not_judged
    assert judged.notes[-1].startswith("not judged: ")
    assert "first fast running" in judged.notes[-1]


def test_no_data_is_never_ok() -> None:
    judged = verdict(NOW, FRESH, None, (), [], BY_NAME)
    assert judged.word == "CANNOT SAY"
    assert judged.freshness is Freshness.INSUFFICIENT_HISTORY


def test_findings_of_a_stale_runner_do_not_make_a_verdict() -> None:
    stale = Ledger(ZoneInfo("UTC"), access=Access.OK, last_complete_at=NOW - timedelta(days=3))
    judged = verdict(NOW, stale, SIX_WEEKS, (), [found("single_session_spike", 1, Level.STRONG)], BY_NAME)
    assert (judged.word, judged.reason) == ("CANNOT SAY", "stale since 9 Apr")


def test_a_session_finding_holds_for_seven_days() -> None:
    assert held(found("single_session_spike", 6)) == ["single_session_spike"]
    assert held(found("single_session_spike", 7)) == []


def test_a_window_finding_holds_on_its_day_and_until_the_next_is_over() -> None:
    assert held(found("no_rest_day", 0)) == ["no_rest_day"]
    assert held(found("no_rest_day", 1)) == ["no_rest_day"]
    assert held(found("no_rest_day", 2)) == []


def test_the_last_known_day_counts_for_window_findings_of_a_runner_with_files() -> None:
    assert held(found("no_rest_day", 4), last_known=TODAY - timedelta(days=4)) == ["no_rest_day"]


@pytest.mark.parametrize("rule", ["weekly_jump", "acwr_panel"])
def test_context_is_never_a_verdict(rule: str) -> None:
    assert held(found(rule, 0, Level.STRONG)) == []


def test_of_a_rule_the_worst_finding_is_told_once() -> None:
    findings = [found("single_session_spike", 1), found("single_session_spike", 3, Level.STRONG)]
    assert [f.day for f in in_force(findings, BY_NAME, TODAY, TODAY)] == [TODAY - timedelta(days=3)]


def test_runs_counted_once_uncertain_or_left_out_are_noted() -> None:
    watch, phone = activity("2026-04-10 07:00"), activity("2026-04-10 07:00:30")
    treadmill = activity("2026-04-09 07:00", flags=frozenset({Flag.TREADMILL}))
    rocket = activity("2026-04-08 07:00", flags=frozenset({Flag.TOO_FAST}))
    old = activity("2026-01-08 07:00", flags=frozenset({Flag.TREADMILL}))
    runs = [Counted(watch, (phone,)), *(Counted(run, ()) for run in (treadmill, rocket, old))]
    assert notes(runs, TODAY) == (
        "1 run recorded twice, counted once",
        "1 run on a treadmill: distance uncertain",
        "1 run left out: faster than anybody runs: distance not used",
    )


def test_an_unknown_of_yesterday_is_not_hidden_by_an_empty_today() -> None:
    days = history("8 - 8 - 8 - 12 " * 5 + "8 - 8 - 8 12 -", date(2026, 3, 2))
    fast_m = np.zeros(len(days.days))
    fast_m[-2] = np.nan  # yesterday's run came without samples
    assert "hard_day_spacing" in not_judged(replace(days, fast_m=fast_m), RULES, days.last_day)
