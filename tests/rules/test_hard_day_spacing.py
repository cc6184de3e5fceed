"""R4: hard sessions close together, or too many in a week."""

from collections.abc import Sequence

import numpy as np
import pytest

from monitor.load.daily import History
from monitor.model import Level
from monitor.rules.hard_day_spacing import RULE
from monitor.rules.rule import findings
from tests.builders import history

NAN = np.nan
EASY_FORTNIGHT = [0.0] * 14


def hard_on(*marks: float, **given: Sequence[float]) -> History:
    """Two easy weeks, then a day a mark: 1 is hard."""
    fast_m = [*EASY_FORTNIGHT, *(900 * mark for mark in marks)]
    given = {name: [*EASY_FORTNIGHT, *values] for name, values in given.items()}
    return history("8 " * len(fast_m), fast_m=fast_m, **given)


def level(days: History) -> Level:
    return RULE.level(RULE.measure(days)[-1])


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        pytest.param((1, 1), Level.WATCH, id="two days running"),
        pytest.param((1, 0, 1), Level.OK, id="48 hours apart"),
        pytest.param((1, 0, 1, 0, 1, 0, 1), Level.WATCH, id="four in seven days"),
        pytest.param((1, 0, 1, 0, 1), Level.OK, id="three in seven days"),
        pytest.param((1, 0, 0, 1, 0, 1, 0, 1), Level.OK, id="four in eight days"),
        pytest.param((1, 1, 0), Level.OK, id="the easy day after is not the trouble"),
        pytest.param((0, 1), Level.OK, id="one alone"),
    ],
)
def test_hard_days_need_48_hours_between_them_and_three_a_week_are_enough(marks, expected):
    assert level(hard_on(*marks)) is expected


@pytest.mark.parametrize(
    ("start_h", "expected"),
    [
        pytest.param((18, 7, 7), Level.WATCH, id="37 hours"),
        pytest.param((18, 7, 17), Level.WATCH, id="47 hours"),
        pytest.param((18.1, 7, 17.9), Level.OK, id="48 hours to the nearest hour"),
        pytest.param((18, 7, NAN), Level.OK, id="an unknown hour counts whole days"),
    ],
)
def test_the_hours_run_from_start_to_start(start_h, expected):
    assert level(hard_on(1, 0, 1, start_h=start_h)) is expected


def test_a_marked_race_the_day_after_a_workout_needs_no_samples():
    days = history("8 " * 14, fast_m=[NAN] * 14, hard_marked=[*[0] * 12, 1, 1])
    assert level(days) is Level.WATCH


def test_a_day_without_samples_leaves_it_open():
    assert np.isnan(RULE.measure(hard_on(0, NAN))[-1])
    assert np.isnan(RULE.measure(hard_on(0, NAN, 1))[-1])
    assert RULE.measure(hard_on(1, NAN, 0))[-1] == 0


def test_what_is_crowded_by_what_is_known_is_crowded():
    assert level(hard_on(NAN, 0, 1, 1)) is Level.WATCH


def test_the_sentence_tells_how_many_and_how_far_apart():
    days = hard_on(1, 0, 1, 0, 0, 1, start_h=[18, 7, 7, 7, 7, 7])
    found = findings(RULE, days, days.first_day, days.last_day)
    assert [RULE.say(finding) for finding in found] == ["2 hard sessions in 7 days, the last two 37 hours apart"]


def test_a_race_of_the_last_days_is_a_fact_of_the_finding():
    days = hard_on(0, 1, 1, 0, 0, 0, 0, 0, 1, 1, race=[0, 1, 0, 0, 0, 0, 0, 0, 0, 0])
    since = [finding.facts["days_since_race"] for finding in findings(RULE, days, days.first_day, days.last_day)]
    assert since == [1, 8]


def test_without_a_race_there_is_no_such_fact():
    days = hard_on(1, 1)
    assert set(findings(RULE, days, days.first_day, days.last_day)[0].facts) == {"hours_apart"}
