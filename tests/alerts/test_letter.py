"""The words of a mail: what is said first, how a day is called, and what is never said."""

import re
from dataclasses import replace
from datetime import date, datetime

import pytest

from monitor.alerts.digest import weekly_letter
from monitor.alerts.headroom import NO_PROMISE
from monitor.alerts.letter import (
    Letter,
    Told,
    alert_letter,
    day_word,
    headline,
    in_a_sentence,
    reconnect_letter,
    stale_letter,
)
from monitor.alerts.policy import Reason
from monitor.load.headroom import Headroom
from monitor.load.ladder import EASY_LADDER, SYMPTOMS
from monitor.load.returning import Return
from monitor.load.week import Week
from monitor.model import Finding, Freshness, Injury, Level, Site, Verdict
from monitor.rules import RULES
from monitor.rules.rule import Mails
from tests.alerts.letters import BY_NAME, FRIDAY, ROOM, THURSDAY, no_rest, spike

NOON = datetime.fromisoformat("2026-11-20 12:00")
NOTHING_KNOWN = Headroom(FRIDAY)
WEEK = Week(THURSDAY, 7, 42_300, 4, 16_000, fast_m=1_200, usual_m=38_000)
STEADY = Verdict(FRIDAY, Level.OK)
PAGE = "https://hamwatch.example.org/runners/7"


def letter(*told: Told, room: Headroom = NOTHING_KNOWN) -> Letter:
    return alert_letter("Ada", told, FRIDAY, headroom=room, hours_until_hard=room.hours_until_hard(NOON), page_url=PAGE)


def test_the_subject_says_the_thing() -> None:
    assert letter(spike()).subject == "Yesterday's 22.7 km was 42 % beyond your longest in 30 days"


def test_a_window_is_named_by_its_title_and_has_no_day() -> None:
    assert headline(*no_rest(), FRIDAY) == "Two weeks without a day of rest"
    assert in_a_sentence(*no_rest()) == "As of Thursday 19 November: 15 days of running in a row without a day of rest."


def test_what_a_runner_told_of_their_body_stands_in_no_subject() -> None:
    pain = Finding("symptom_gate", THURSDAY, Level.STRONG, 6.0)
    assert headline(BY_NAME["symptom_gate"], pain, FRIDAY) == "About your last check-in"


def test_a_run_without_a_distance_is_named_by_its_day_and_title() -> None:
    climb = Finding("climb_spike", THURSDAY, Level.WATCH, 1.6, {"climb_m": 320.0, "most_climb_30d_m": 200.0})
    title = "Yesterday: much more climb in one run than in the last 30 days"
    assert headline(BY_NAME["climb_spike"], climb, FRIDAY) == title


@pytest.mark.parametrize(
    ("day", "word"),
    [
        pytest.param(FRIDAY, "Today", id="the same day"),
        pytest.param(THURSDAY, "Yesterday", id="one day ago"),
        pytest.param(date(2026, 11, 14), "Saturday", id="six days ago"),
        pytest.param(date(2026, 11, 13), "13 November", id="a week ago the weekday would mean today"),
        pytest.param(date(2026, 11, 21), "21 November", id="a day to come"),
    ],
)
def test_a_day_is_called_as_people_call_it(day: date, word: str) -> None:
    assert day_word(day, FRIDAY) == word


def test_what_happened_is_one_sentence_with_its_numbers() -> None:
    assert letter(spike()).happened == (
        "Thursday 19 November: 22.7 km was 42 % beyond the longest run of the 30 days before (16.0 km).",
    )


def test_the_worst_finding_comes_first_and_is_the_subject() -> None:
    both = letter(no_rest(level=Level.WATCH), spike(level=Level.STRONG))
    assert "22.7 km" in both.subject
    assert [rule.name for rule in both.evidence] == ["single_session_spike", "no_rest_day"]


def test_a_rule_found_twice_is_explained_once() -> None:
    twice = letter(spike(date(2026, 11, 17)), spike())
    assert len(twice.happened) == 2
    assert len(twice.evidence) == len(twice.next_steps) == 1


def test_whoever_told_of_pain_is_told_nothing_of_what_a_run_can_hold() -> None:
    pain = BY_NAME["symptom_gate"], Finding("symptom_gate", THURSDAY, Level.STRONG, 7)
    both = letter(spike(), pain, room=ROOM)
    assert both.subject == "About your last check-in"
    assert both.ahead == ("", ())
    assert len(both.next_steps) == 2
    assert letter(spike(), room=ROOM).ahead != ("", ())


def test_the_ceiling_is_never_rounded_up() -> None:
    assert "10.9 km is a tenth beyond" in letter(no_rest(), room=Headroom(FRIDAY, 10_999, 9_999)).next_steps[-1]


def test_the_ceiling_is_what_a_study_compared_with_and_no_limit() -> None:
    assert letter(no_rest(), room=Headroom(FRIDAY, 11_000, 10_000)).next_steps[-1] == (
        "If you run today, keep it easy. 11.0 km is a tenth beyond your longest of 30 days: as far as the comparison"
        " group of a study of 5205 runners went beyond theirs. It is no promise."
    )


def test_a_run_that_was_too_long_does_not_raise_the_ceiling() -> None:
    step = letter(spike(), room=ROOM).next_steps[-1]
    assert step.endswith("Before the long run 16.0 km was your longest: stay within it for now.")


def test_a_longest_run_of_this_week_is_not_built_upon() -> None:
    step = letter(no_rest(), room=ROOM).next_steps[-1]
    assert step.endswith("22.7 km, is too new to build upon: shorter is the calmer choice.")


def test_without_a_ceiling_no_distance_is_named() -> None:
    assert letter(no_rest()).next_steps == (no_rest()[0].advice,)


def test_the_foot_tells_what_is_known_beside_the_easy_run() -> None:
    heading, lines = letter(spike(), room=ROOM).ahead
    assert heading == "Your own usual range, for when you plan more than an easy run:"
    assert [line.partition(".")[0] for line in lines[:-1]] == [
        "Fast running: 1200 m more",
        "Climb: up to 240 m",
        "Hard session: 21 h to go",
    ]
    assert lines[-1] == NO_PROMISE


def test_the_foot_leaves_out_what_is_not_known() -> None:
    _, lines = letter(spike(), room=replace(NOTHING_KNOWN, climb_m=240.0)).ahead
    assert [line.partition(":")[0] for line in lines[:-1]] == ["Climb"]
    assert not letter(spike()).ahead[1]


def test_on_the_way_back_the_foot_tells_the_step_and_no_figure() -> None:
    hurt = Injury(Site.HAMSTRING, "left", date(2026, 11, 3))
    back = Return(date(2026, 11, 3), hurt, True, 32_000.0, 4_000.0, EASY_LADDER, 0)
    heading, lines = letter(spike(), room=Headroom(FRIDAY, returning=back)).ahead
    assert heading == "The way back:"
    assert lines == [f"Step 1 of 5: {EASY_LADDER[0].text}", SYMPTOMS]
    assert "hamstring" not in " ".join(lines)  # an injury is no matter for a mail


def test_no_data_is_told_as_not_knowing() -> None:
    stale = stale_letter("Ada", THURSDAY, FRIDAY, source="Strava", reason="too many requests.", page_url=PAGE)
    assert stale.subject == "No new runs have reached us since Thursday 19 November"
    assert stale.happened[0] == "The last attempt: too many requests."
    assert "neither good news nor bad" in stale.happened[1]


def test_a_runner_who_left_on_purpose_learns_that_the_data_goes() -> None:
    left = reconnect_letter("Ada", source="Strava", lost=Freshness.REVOKED, connect_url=PAGE, removal=FRIDAY)
    assert "what came from Strava is removed here on Friday 20 November" in left.next_steps[-1]


def test_a_key_of_ours_that_is_lost_is_not_blamed_on_the_source() -> None:
    lost = reconnect_letter("Ada", source="Strava", lost=Freshness.NEEDS_REAUTH, connect_url=PAGE)
    assert lost.happened[0].startswith("We can no longer open")


def test_a_missing_permission_threatens_no_deletion() -> None:
    asked = reconnect_letter("Ada", source="Strava", lost=Freshness.NEEDS_SCOPE, connect_url=PAGE)
    assert "removed" not in " ".join(asked.next_steps)
    assert "box" in asked.next_steps[0]


FORBIDDEN = re.compile(
    r"risk %|% risk|at risk|will get injured|\bsafe|sweet spot|danger|prevent|validated|detected|warning|diagnos",
    re.IGNORECASE,
)


def letters() -> list[Letter]:
    return [
        *(letter((rule, example(rule.name)), room=ROOM) for rule in RULES if rule.mails is not Mails.NEVER),
        stale_letter("Ada", THURSDAY, FRIDAY, source="Strava", reason="no answer", page_url=PAGE),
        reconnect_letter("Ada", source="Strava", lost=Freshness.REVOKED, connect_url=PAGE, removal=FRIDAY),
        reconnect_letter("Ada", source="Strava", lost=Freshness.NEEDS_SCOPE, connect_url=PAGE),
        weekly_letter("Ada", WEEK, STEADY, [], [(*no_rest(), Reason.FIRST)], headroom=ROOM, page_url=PAGE),
        weekly_letter("Ada", WEEK, replace(STEADY, level=None, reason="no data"), [], [], headroom=None, page_url=PAGE),
    ]


def example(rule: str) -> Finding:
    facts = next(each.facts for each in RULES if each.name == rule)
    return (
        spike()[1]
        if rule == "single_session_spike"
        else Finding(rule, THURSDAY, Level.WATCH, 15.0, dict.fromkeys(facts, 15.0))
    )


@pytest.mark.parametrize("written", letters(), ids=lambda written: written.subject)
def test_a_letter_promises_nothing_and_frightens_nobody(written: Letter) -> None:
    studies = [f"{rule.title} {rule.evidence.says}" for rule in written.evidence]
    words = " ".join(
        [
            *(written.subject, *written.happened, *written.next_steps, *studies, *written.ahead[1]),
            *(line for _, lines in written.also for line in lines),
            *(written.closing, written.why, written.care),
        ]
    )
    assert FORBIDDEN.findall(words.replace("not a diagnosis", "")) == []
    assert "not a medical device, and this is not a diagnosis" in words
