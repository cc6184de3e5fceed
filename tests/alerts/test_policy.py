"""Who is told what, and why: the table of sentences."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from monitor.alerts.policy import Decision, Reason, Told, not_before, reason_to_notify
from monitor.model import Finding, Level
from monitor.rules import RULES

NOW = datetime(2026, 4, 12, 7, tzinfo=UTC)
TODAY = date(2026, 4, 12)
UTC_ZONE = ZoneInfo("UTC")
BY_NAME = {rule.name: rule for rule in RULES}


def spike(days_ago: int = 1, level: Level = Level.CAUTION, runs_30d: int = 12) -> Finding:
    return Finding("single_session_spike", TODAY - timedelta(days=days_ago), level, 1.42, {"runs_30d": runs_30d})


def other(rule: str, days_ago: int = 0) -> Finding:
    return Finding(rule, TODAY - timedelta(days=days_ago), Level.WATCH, 16)


def mailed(days_ago: float, level: Level = Level.WATCH, rule: str = "no_rest_day") -> Told:
    return Told(rule, date(2026, 3, 1), level, NOW - timedelta(days=days_ago))


def decided(*findings: Finding, told: tuple[Told, ...] = ()) -> Decision:
    return reason_to_notify(findings, told, BY_NAME, NOW, UTC_ZONE)


def test_a_spike_mails_alone_at_any_level() -> None:
    for level in (Level.WATCH, Level.CAUTION, Level.STRONG):
        assert decided(spike(level=level)).reason is Reason.FIRST


def test_a_spike_after_fewer_than_four_runs_in_30_days_does_not_mail() -> None:
    assert decided(spike(runs_30d=3)).reason is Reason.NOTHING_NEW
    assert decided(spike(runs_30d=4)).reason is Reason.FIRST


def test_pain_that_was_told_mails_alone_however_few_runs_there_were() -> None:
    pain = Finding("symptom_gate", TODAY, Level.CAUTION, 5)
    assert decided(pain) == Decision(Reason.FIRST, (pain,))


def test_a_spike_of_three_days_ago_is_news_and_an_older_one_is_history() -> None:
    assert decided(spike(3)).reason is Reason.FIRST
    assert decided(spike(4)).reason is Reason.NOTHING_NEW


def test_the_same_run_is_never_told_twice() -> None:
    told = Told("single_session_spike", spike().day, Level.CAUTION, NOW - timedelta(days=20))
    assert decided(spike(), told=(told,)).reason is Reason.NOTHING_NEW


def test_a_run_that_became_worse_after_an_edit_is_told_again() -> None:
    told = Told("single_session_spike", spike().day, Level.WATCH, NOW - timedelta(hours=20))
    assert decided(spike(level=Level.STRONG), told=(told,)).reason is Reason.WORSE


def test_one_alert_in_seven_days_unless_the_level_rises() -> None:
    assert decided(spike(level=Level.WATCH), told=(mailed(6.9),)).reason is Reason.TOO_SOON
    assert decided(spike(level=Level.CAUTION), told=(mailed(6.9),)).reason is Reason.WORSE
    assert decided(spike(level=Level.WATCH), told=(mailed(7),)).reason is Reason.FIRST


def test_a_rule_is_not_told_twice_in_ten_days_unless_its_level_rises() -> None:
    spike_told = mailed(9.9, rule="single_session_spike")
    assert decided(spike(level=Level.WATCH), told=(spike_told,)).reason is Reason.NOTHING_NEW
    assert decided(spike(level=Level.CAUTION), told=(spike_told,)).reason is Reason.FIRST
    assert decided(spike(level=Level.WATCH), told=(mailed(10, rule="single_session_spike"),)).reason is Reason.FIRST


def test_two_alerts_in_thirty_days_are_enough_however_bad_the_third_is() -> None:
    assert decided(spike(level=Level.STRONG), told=(mailed(1), mailed(29))).reason is Reason.BUDGET
    assert decided(spike(), told=(mailed(10), mailed(29))).reason is Reason.BUDGET
    assert decided(spike(), told=(mailed(10), mailed(30))).reason is Reason.FIRST


def test_one_letter_that_told_two_findings_counts_once() -> None:
    both = (mailed(10), Told("no_rest_day", TODAY - timedelta(days=11), Level.WATCH, NOW - timedelta(days=10)))
    assert decided(spike(), told=both).reason is Reason.FIRST


@pytest.mark.parametrize("rule", ["no_rest_day", "monotonous_week", "return_after_layoff", "weekly_jump", "acwr_panel"])
def test_no_other_rule_mails_alone(rule: str) -> None:
    assert decided(other(rule)).reason is Reason.NOTHING_NEW


def test_contested_rules_and_expert_opinion_do_not_mail_together_either() -> None:
    everything_else = [other(name) for name in ("return_after_layoff", "weekly_jump", "acwr_panel", "monotonous_week")]
    assert decided(*everything_else).reason is Reason.NOTHING_NEW


def test_two_runs_of_one_rule_are_not_two_rules() -> None:
    twice = [Finding("duration_spike", TODAY - timedelta(days=n), Level.WATCH, 1.2) for n in (1, 3)]
    assert decided(*twice).reason is Reason.NOTHING_NEW


def test_two_rules_of_plausible_evidence_mail_together() -> None:
    assert decided(other("no_rest_day"), other("first_fast_running")).reason is Reason.FIRST


def test_a_letter_tells_the_worst_first_and_leaves_out_what_never_mails() -> None:
    decision = decided(other("no_rest_day"), other("acwr_panel"), spike())
    assert [f.rule for f in decision.findings] == ["single_session_spike", "no_rest_day"]


def test_without_findings_there_is_nothing_to_tell() -> None:
    assert decided().reason is Reason.NOTHING_NEW


@pytest.mark.parametrize(
    ("now", "due"),
    [
        pytest.param("2026-04-12T07:00", "2026-04-12T07:00", id="at seven it may go"),
        pytest.param("2026-04-12T06:59", "2026-04-12T07:00", id="before seven it waits for seven"),
        pytest.param("2026-04-12T20:59", "2026-04-12T20:59", id="before nine in the evening it may go"),
        pytest.param("2026-04-12T21:00", "2026-04-13T07:00", id="later it waits for the morning"),
        pytest.param("2026-03-28T23:00", "2026-03-29T07:00", id="over the night in which summer time begins"),
    ],
)
def test_nobody_is_mailed_at_night_in_their_own_zone(now: str, due: str) -> None:
    paris = ZoneInfo("Europe/Paris")
    moment = datetime.fromisoformat(now).replace(tzinfo=paris).astimezone(UTC)
    assert not_before(moment, paris, 21, 7).astimezone(paris) == datetime.fromisoformat(due).replace(tzinfo=paris)


def test_quiet_hours_can_be_switched_off() -> None:
    night = datetime(2026, 4, 12, 3, tzinfo=UTC)
    assert not_before(night, UTC_ZONE, 0, 0) == night
