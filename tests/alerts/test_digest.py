"""The weekly letter: what it says of the week, what comes next, and why something stayed quiet."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from monitor.alerts.digest import HOW_ARE_YOU, NEITHER, corrected, digest_week, weekly_letter
from monitor.alerts.given import without_marks
from monitor.alerts.headroom import NO_PROMISE
from monitor.alerts.policy import Reason
from monitor.load.week import Week, week
from monitor.model import Finding, Freshness, Level, Verdict
from tests.alerts.letters import BY_NAME, FOUR_WEEKS, FRIDAY, ROOM, THURSDAY, no_rest, spike
from tests.builders import FIRST_DAY, history

STEADY = Verdict(FRIDAY, Level.OK)
CALM = Week(THURSDAY, 7, 42_300, 4, 16_000, fast_m=1_200, usual_m=38_000)


def letter(past=CALM, verdict=STEADY, in_force=(), quiet=(), room=ROOM, **given):
    return weekly_letter(
        "Ada", past, verdict, in_force, quiet, headroom=room, page_url="https://hamwatch.example.org/runners/7", **given
    )


def test_the_subject_is_the_week() -> None:
    assert letter().subject == "Your week: 42.3 km in 4 runs"
    assert letter(replace(CALM, runs=1)).subject == "Your week: 42.3 km in 1 run"
    assert letter(replace(CALM, runs=0, distance_m=0, longest_m=None)).subject == "Your week: no runs"


def test_the_week_stands_beside_what_is_usual() -> None:
    assert letter().happened == (
        "In the 7 days up to Thursday 19 November you ran 42.3 km, the longest 16.0 km. 1200 m of it were fast.",
        "The four weeks before held 38.0 km each, on average.",
        "No rule that could be judged found a sudden change.",
    )


def test_days_that_are_not_known_are_counted_and_no_mean_is_made_of_them() -> None:
    said = " ".join(letter(replace(CALM, known_days=5, usual_m=None)).happened)
    assert "2 of these 7 days are not known." in said
    assert "on average" not in said


def test_whoever_cannot_be_judged_reads_why_and_that_it_means_nothing() -> None:
    silent = Verdict(FRIDAY, None, "no new data since Monday 2 November", Freshness.STALE)
    told = letter(verdict=silent)
    assert told.subject == "Your week: we cannot judge it"
    assert told.happened[-2:] == ("We cannot judge your training: no new data since Monday 2 November.", NEITHER)
    assert not any("up to" in step for step in told.next_steps)


def test_a_runner_of_whom_nothing_is_known_gets_no_figures() -> None:
    new = Verdict(FRIDAY, None, "no run is known", Freshness.INSUFFICIENT_HISTORY)
    assert letter(None, new, room=None).happened == ("We cannot judge your training: no run is known.", NEITHER)


def test_a_calm_week_is_followed_by_what_the_day_can_hold_and_no_promise() -> None:
    steps = letter(hours_until_hard=0.0).next_steps
    assert [step.split(":")[0] for step in steps[:-1]] == ["Easy run", "Fast running", "Climb", "Hard session"]
    assert steps[-1] == NO_PROMISE


def test_what_is_in_force_gives_its_advice_first() -> None:
    verdict = Verdict(FRIDAY, Level.CAUTION, findings=(spike()[1],))
    steps = letter(verdict=verdict, in_force=[spike()]).next_steps
    assert steps[0] == spike()[0].advice
    assert "16.0 km was your longest" in steps[1]


def test_where_it_hurts_nothing_is_said_of_what_a_run_can_hold() -> None:
    gate = BY_NAME["symptom_gate"]
    pain = Finding("symptom_gate", THURSDAY, Level.STRONG, 3.0)
    verdict = Verdict(FRIDAY, Level.STRONG, findings=(pain, spike()[1]))
    assert letter(verdict=verdict, in_force=[(gate, pain), spike()]).next_steps == (gate.advice, spike()[0].advice)


@pytest.mark.parametrize("why", [Reason.ONLY_SHOWN, Reason.ALONE, Reason.ANSWERED, Reason.SNOOZED, Reason.BUDGET])
def test_what_stayed_quiet_is_told_with_its_grade_and_why(why: Reason) -> None:
    rule, finding = no_rest()
    ((heading, (line,)), _) = letter(quiet=[(rule, finding, why)]).also
    assert heading == "Found, and not mailed"
    assert f"grade {rule.evidence.grade}" in line
    assert line.endswith(f"Not mailed: {why.value}.")


def test_a_run_that_was_corrected_is_told_as_it_is_and_as_it_was() -> None:
    line = corrected("Morning Run", THURSDAY, ("Run", 22_700), ("Run", 12_700))
    assert without_marks(line) == "Morning Run, Thursday 19 November: Run, 12.7 km; it was Run, 22.7 km."
    assert dict(letter(corrections=[line]).also)["Corrected since the last mail"] == [line]


def test_the_check_in_is_one_press_away_where_there_is_one() -> None:
    assert letter(check_in_url="https://x/check-in").answers == ((HOW_ARE_YOU, "https://x/check-in"),)
    assert letter().answers == ()


def test_it_says_on_what_day_it_comes() -> None:
    assert letter().why == "You get this mail every Friday because Hamwatch watches your training load."


def test_a_week_counts_whole_metres_of_its_known_days() -> None:
    found = week(FOUR_WEEKS, THURSDAY)  # it ends with "10 - 8 - 16" and, after a day of rest, 22.7
    assert (found.distance_m, found.runs, found.longest_m, found.known_days) == (56_700, 4, 22_700, 7)


def test_a_week_with_unknown_days_says_how_many_are_known() -> None:
    found = week(history("10 " * 28 + "? ? 5 - - - -"), FIRST_DAY + timedelta(days=34))
    assert (found.known_days, found.distance_m, found.fast_m, found.usual_m) == (5, 5_000, None, 70_000)


@pytest.mark.parametrize(
    ("today", "weekday", "day"),
    [
        pytest.param("2026-11-23", 0, "2026-11-23", id="on the day itself"),
        pytest.param("2026-11-25", 0, "2026-11-23", id="two days after it"),
        pytest.param("2026-11-22", 0, "2026-11-16", id="a day before the next"),
        pytest.param("2026-11-22", 6, "2026-11-22", id="on Sundays"),
    ],
)
def test_a_weekly_letter_belongs_to_the_latest_day_of_its_kind(today: str, weekday: int, day: str) -> None:
    assert digest_week(date.fromisoformat(today), weekday) == date.fromisoformat(day)
