"""Who is told what, and why: the table of sentences."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from monitor.alerts.answers import Answer, Say
from monitor.alerts.policy import Decision, Memory, Reason, Told, reason_to_notify, standing, why_not_mailed
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


def fast(*days_ago: int, level: Level = Level.CAUTION) -> list[Finding]:
    """Days on which fast running stood beyond its line."""
    return [Finding("fast_running_spike", TODAY - timedelta(days=n), level, 2.1) for n in days_ago]


def of(finding: Finding, days_ago: float, level: Level | None = None) -> Told:
    """A letter that told this finding so many days ago."""
    return Told(finding.rule, finding.day, level or finding.level, NOW - timedelta(days=days_ago))


def answer(say: Say, finding: Finding, days_ago: float = 0, level: Level | None = None) -> Answer:
    return Answer(say, finding.rule, finding.day, level or finding.level, NOW - timedelta(days=days_ago))


def decided(
    *findings: Finding,
    told: tuple[Told, ...] = (),
    answers: tuple[Answer, ...] = (),
    before: Sequence[Finding] = (),
    wanted: bool = True,
) -> Decision:
    memory = Memory(told, answers, [*findings, *before], wanted)
    return reason_to_notify(findings, memory, BY_NAME, NOW, UTC_ZONE)


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
    assert decided(spike(), told=(told,)).reason is Reason.STILL_TRUE


def test_a_run_that_became_worse_after_an_edit_is_told_again() -> None:
    told = Told("single_session_spike", spike().day, Level.WATCH, NOW - timedelta(hours=20))
    assert decided(spike(level=Level.STRONG), told=(told,)).reason is Reason.WORSE


def test_one_alert_in_seven_days_unless_the_level_rises() -> None:
    assert decided(spike(level=Level.WATCH), told=(mailed(6.9),)).reason is Reason.TOO_SOON
    assert decided(spike(level=Level.CAUTION), told=(mailed(6.9),)).reason is Reason.WORSE
    assert decided(spike(level=Level.WATCH), told=(mailed(7),)).reason is Reason.FIRST


def test_a_rule_is_not_told_twice_in_ten_days_unless_its_level_rises() -> None:
    spike_told = mailed(9.9, rule="single_session_spike")
    assert decided(spike(level=Level.WATCH), told=(spike_told,)).reason is Reason.TOO_SOON
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
    ("finding", "memory", "why"),
    [
        pytest.param(other("weekly_jump"), Memory(), Reason.ONLY_SHOWN, id="contested rules never mail"),
        pytest.param(other("no_rest_day"), Memory(), Reason.ALONE, id="a plausible rule needs another"),
        pytest.param(spike(runs_30d=3), Memory(), Reason.FEW_RUNS, id="too few runs to compare with"),
        pytest.param(spike(5), Memory(), Reason.OLD, id="found late, and no news any more"),
        pytest.param(spike(), Memory(wanted=False), Reason.SWITCHED_OFF, id="alerts were switched off"),
        pytest.param(
            spike(),
            Memory(answers=[answer(Say.SNOOZE, other("no_rest_day", 9), 9)]),
            Reason.SNOOZED,
            id="quiet asked for",
        ),
        pytest.param(spike(), Memory([mailed(9), mailed(20)]), Reason.BUDGET, id="two letters in thirty days"),
        pytest.param(spike(), Memory([mailed(2, Level.STRONG)]), Reason.TOO_SOON, id="a letter two days ago"),
        pytest.param(spike(), Memory(answers=[answer(Say.FINE, spike(), 1)]), Reason.ANSWERED, id="it was answered"),
        pytest.param(
            Finding("symptom_gate", TODAY, Level.STRONG, 6.0),
            Memory(wanted=False),
            Reason.SWITCHED_OFF,
            id="and of pain",
        ),
    ],
)
def test_why_a_finding_was_not_mailed_is_told_as_it_was(finding: Finding, memory: Memory, why: Reason) -> None:
    assert why_not_mailed(finding, memory, BY_NAME[finding.rule], NOW, UTC_ZONE) is why


# One rule beside it that is always new, so that the two may mail together.
PARTNER = other("no_rest_day")


@pytest.mark.parametrize(
    ("before", "told", "reason"),
    [
        pytest.param((), (), Reason.FIRST, id="a week of fast running that nobody was told of is new"),
        pytest.param((1, 2), ((2, 8),), Reason.STILL_TRUE, id="one told in its first days is still true"),
        pytest.param((2, 4, 6), ((6, 8),), Reason.STILL_TRUE, id="one that flaps around its line is still the same"),
        pytest.param((7, 11), ((11, 11),), Reason.REMINDER, id="one told ten days ago that still holds is reminded of"),
        pytest.param((8,), ((8, 9),), Reason.TOO_SOON, id="another one within ten days is too soon"),
        pytest.param((8, 20), ((20, 20),), Reason.FIRST, id="more than seven days below the line end it: it is new"),
    ],
)
def test_what_flaps_around_its_line_is_one_episode_and_is_told_once(
    before: tuple[int, ...], told: tuple[tuple[int, float], ...], reason: Reason
) -> None:
    """M11: a rule flaps around its limit. *before*: days ago above the line; *told*: of which day, and when."""
    now = fast(0)[0]
    memory = Memory(told=[of(fast(day)[0], when) for day, when in told], found=[now, *fast(*before)])
    assert standing(now, memory, BY_NAME[now.rule], NOW) is reason


def test_a_run_is_never_worth_a_reminder() -> None:
    memory = Memory(told=[of(spike(6), 11)], found=[spike(6)])
    assert standing(spike(6), memory, BY_NAME["single_session_spike"], NOW) is Reason.STILL_TRUE


def test_a_reminder_goes_where_two_rules_still_hold_and_nobody_answered() -> None:
    told = (of(fast(11)[0], 11), of(PARTNER, 11))
    before = fast(5, 11)
    assert decided(fast(0)[0], PARTNER, told=told, before=before).reason is Reason.REMINDER
    said = (answer(Say.FINE, fast(11)[0], 10),)
    assert decided(fast(0)[0], PARTNER, told=told, before=before, answers=said).reason is Reason.ANSWERED


def test_a_level_that_goes_up_and_down_is_told_when_it_rises_and_not_again() -> None:
    yesterday, now = fast(1, level=Level.CAUTION)[0], fast(0, level=Level.STRONG)[0]
    told = (of(yesterday, 1),)
    assert decided(now, PARTNER, told=told, before=[yesterday]).reason is Reason.WORSE
    told_too = (*told, of(now, 0.5))
    back = fast(0, level=Level.CAUTION)[0]
    assert decided(back, told=told_too, before=[yesterday]).reason is Reason.STILL_TRUE


def test_a_reminder_counts_among_the_two_letters_of_a_month() -> None:
    begun = fast(*range(1, 25))
    told = (of(begun[-1], 24), of(begun[-12], 12), of(PARTNER, 24))
    assert decided(fast(0)[0], PARTNER, told=told, before=begun).reason is Reason.BUDGET


@pytest.mark.parametrize("say", [Say.PLANNED, Say.FINE, Say.SORE, Say.WRONG])
def test_what_was_answered_stays_quiet(say: Say) -> None:
    given = answer(say, spike(), 1)
    assert decided(spike(), answers=(given,)).reason is Reason.ANSWERED


@pytest.mark.parametrize(
    ("say", "reason"),
    [
        pytest.param(Say.PLANNED, Reason.ANSWERED, id="what was planned was planned however much it is"),
        pytest.param(Say.WRONG, Reason.ANSWERED, id="wrong data stays wrong however much it says"),
        pytest.param(Say.FINE, Reason.WORSE, id="what felt fine is told again when it becomes more"),
        pytest.param(Say.SORE, Reason.WORSE, id="and so is what left somebody sore"),
    ],
)
def test_an_answer_to_less_holds_for_more_where_the_runner_knew(say: Say, reason: Reason) -> None:
    told, given = of(spike(), 1, Level.WATCH), answer(say, spike(), 1, Level.WATCH)
    assert decided(spike(level=Level.STRONG), told=(told,), answers=(given,)).reason is reason


def test_an_answer_is_about_its_episode_and_not_about_the_next_one() -> None:
    earlier = spike(12)
    given = answer(Say.PLANNED, earlier, 11)
    assert decided(spike(), told=(of(earlier, 12),), answers=(given,), before=[earlier]).reason is Reason.FIRST


def test_what_was_answered_is_no_second_rule_for_another() -> None:
    given = answer(Say.PLANNED, PARTNER, 1)
    assert decided(fast(0)[0], PARTNER, answers=(given,)).reason is Reason.ANSWERED


def test_two_weeks_of_quiet_hold_for_every_rule_and_end_by_themselves() -> None:
    asked = answer(Say.SNOOZE, other("no_rest_day", 13), 13.9)
    assert decided(spike(level=Level.STRONG), answers=(asked,)).reason is Reason.SNOOZED
    over = answer(Say.SNOOZE, other("no_rest_day", 14), 14)
    assert decided(spike(), answers=(over,)).reason is Reason.FIRST


def test_whoever_switched_alerts_off_gets_none() -> None:
    assert decided(spike(level=Level.STRONG), wanted=False).reason is Reason.SWITCHED_OFF
