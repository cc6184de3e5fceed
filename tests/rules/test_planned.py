"""What the rules would say of a planned run."""

from datetime import timedelta

import numpy as np
import pytest

from monitor.load.training import Log
from monitor.model import Injury, Level, Site
from monitor.rules import RULES
from monitor.rules.planned import SUSPENDED, Planned, with_run, would_say
from monitor.rules.rule import findings
from monitor.rules.together import Context
from tests.builders import FIRST_DAY, history

DAY = timedelta(days=1)
HABIT = "10 - 8 - 8 - - " * 6


def answers(log, run, day=None, context=None):
    days = history(log)
    day = day or days.last_day + DAY
    told = would_say(Log(history=days, merged=days, injuries=context.injuries if context else ()), day, run, RULES)
    return {answer.rule.name: answer for answer in told}


def test_every_rule_answers_in_the_order_of_the_catalogue():
    assert list(answers(HABIT, Planned(8_000))) == [rule.name for rule in RULES]


def test_a_run_as_long_as_usual_crosses_no_line():
    assert answers(HABIT, Planned(10_000))["single_session_spike"].level is Level.OK


@pytest.mark.parametrize(
    ("distance_m", "level"),
    [(11_000, Level.OK), (11_001, Level.WATCH), (13_001, Level.CAUTION), (20_001, Level.STRONG)],
)
def test_a_longer_run_is_what_it_would_be_found_to_be(distance_m, level):
    assert answers(HABIT, Planned(distance_m))["single_session_spike"].level is level


def test_the_answer_is_that_of_the_day_once_it_was_run():
    planned = answers(HABIT, Planned(14_000))["single_session_spike"].finding
    run = history(HABIT + "14")
    rule = next(rule for rule in RULES if rule.name == "single_session_spike")
    assert [planned] == findings(rule, run, run.last_day, run.last_day)


def test_the_sentence_tells_the_numbers():
    assert answers(HABIT, Planned(14_000))["single_session_spike"].sentence.startswith("14.0 km was 40 % beyond")


def test_what_cannot_be_said_comes_with_its_reason():
    answer = answers("8 - 8", Planned(8_000))["acwr_panel"]
    assert answer.level is None
    assert answer.sentence == answer.rule.unknown != ""


def test_fast_running_after_weeks_without_is_told():
    told = answers(HABIT, Planned(8_000, fast_m=1_000))
    assert told["first_fast_running"].level is Level.CAUTION
    assert answers(HABIT, Planned(8_000))["first_fast_running"].level is Level.OK


def test_much_more_climb_than_usual_is_told():
    assert answers(HABIT, Planned(8_000, climb_m=400))["climb_spike"].level is not Level.OK


def test_a_recent_hamstring_strain_makes_the_answer_stricter():
    strain = Injury(Site.HAMSTRING, "left", FIRST_DAY - 60 * DAY, FIRST_DAY - 30 * DAY)
    told = answers(HABIT, Planned(12_000), context=Context((strain,)))
    assert told["single_session_spike"].level is Level.CAUTION


def test_what_the_history_holds_after_the_day_changes_nothing():
    day = FIRST_DAY + 41 * DAY
    later = answers(HABIT + "42 42 42", Planned(14_000), day)
    assert later["single_session_spike"].finding == answers(HABIT, Planned(14_000), day)["single_session_spike"].finding


def test_the_run_comes_on_top_of_what_the_day_already_holds():
    day = with_run(history("8 - 6"), FIRST_DAY + 2 * DAY, Planned(10_000, 500, 80))
    assert (day.distance_m[-1], day.runs[-1], day.longest_m[-1]) == (16_000, 2, 10_000)
    assert (day.fast_m[-1], day.climb_m[-1]) == (500, 80)


def test_it_goes_at_the_runners_own_pace():
    assert with_run(history("8 - 6"), FIRST_DAY + 3 * DAY, Planned(10_000)).longest_s[-1] == 3600


def test_days_not_told_before_it_stay_unknown():
    planned = with_run(history("8"), FIRST_DAY + 3 * DAY, Planned(10_000))
    assert planned.distance_m == pytest.approx([8_000, np.nan, np.nan, 10_000], nan_ok=True)


@pytest.mark.parametrize("day", [FIRST_DAY - DAY, FIRST_DAY])
def test_without_a_history_the_run_stands_alone(day):
    planned = with_run(history(""), day, Planned(10_000))
    assert (planned.days, planned.distance_m.tolist()) == ([day], [10_000])


def test_nothing_is_changed_in_the_history():
    days = history("8 - 6")
    with_run(days, days.last_day, Planned(10_000))
    assert days.distance_m.tolist() == [8_000, 0, 6_000]


def test_on_the_way_back_a_ratio_says_nothing():
    told = answers(HABIT + "- " * 10 + "5 -", Planned(8_000))["weekly_jump"]
    assert (told.level, told.finding, told.sentence) == (None, None, SUSPENDED)


def test_a_rule_that_merges_runs_compares_a_plan_with_what_it_took_for_one_run():
    """Warm-up, race and cool-down of 20 km in all: to the rules of the longest run that is 20 km, and to no other."""
    parts, as_one = (history(f"{HABIT}{day} - - -") for day in ("5+12+3", "20"))
    day = parts.last_day + DAY
    apart, merged = (
        {each.rule.name: each.level for each in would_say(Log(history=parts, merged=read), day, Planned(20_000), RULES)}
        for read in (parts, as_one)
    )
    assert (apart["single_session_spike"], merged["single_session_spike"]) == (Level.CAUTION, Level.OK)
    assert apart["climb_spike"] == merged["climb_spike"]
