"""How long may the next run be?"""

from datetime import date, timedelta

import numpy as np
import pytest

from monitor.load.headroom import ceiling_m, planned_coupled, planned_ewma, planned_uncoupled
from monitor.load.spikes import session_spike
from monitor.load.workload import acwr_coupled, acwr_ewma, acwr_uncoupled
from tests.builders import FIRST_DAY, history

A_HABIT = "10 - 8 - 8 - 8 - - - "  # four runs, the longest more than a week ago


def ceiling_tomorrow(log: str) -> int | None:
    days = history(log)
    return ceiling_m(days, days.last_day + timedelta(days=1))


def test_the_ceiling_is_a_tenth_above_the_longest_run():
    assert ceiling_tomorrow(A_HABIT) == 11_000


def test_the_ceiling_is_rounded_down_and_is_itself_no_spike():
    assert ceiling_tomorrow(A_HABIT.replace("10", "10.009")) == 11_009
    assert session_spike(history(A_HABIT.replace("10", "10.009") + "11.009"))[-1] <= 1.10
    assert session_spike(history(A_HABIT.replace("10", "10.009") + "11.010"))[-1] > 1.10


@pytest.mark.parametrize(
    ("log", "ceiling"),
    [
        pytest.param(A_HABIT + "11", 11_000, id="a record yesterday is not built upon"),
        pytest.param(A_HABIT + "11 - - - - - -", 11_000, id="nor one of 7 days ago"),
        pytest.param(A_HABIT + "11 - - - - - - -", 12_100, id="one of 8 days ago is"),
        pytest.param(A_HABIT + "10", 11_000, id="as long as before is no record"),
        pytest.param("20 " + "- 8 - " * 10, 8_800, id="31 days ago is forgotten"),
    ],
)
def test_a_fresh_record_is_not_built_upon(log, ceiling):
    assert ceiling_tomorrow(log) == ceiling


@pytest.mark.parametrize(
    "log",
    [
        pytest.param("", id="no history"),
        pytest.param("8 - 8 - 8", id="three runs"),
        pytest.param("8 8 8 8 " + "- " * 40, id="a layoff"),
        pytest.param("8 8 8 " + "? " * 10, id="unknown days"),
    ],
)
def test_without_a_habit_there_is_no_ceiling(log):
    assert ceiling_tomorrow(log) is None


def test_the_ceiling_of_a_day_knows_nothing_of_that_day():
    assert ceiling_m(history(A_HABIT + "30 30"), FIRST_DAY + timedelta(days=10)) == 11_000


def test_the_ceiling_holds_while_the_next_days_are_not_told_yet():
    assert ceiling_m(history(A_HABIT), FIRST_DAY + timedelta(days=20)) == 11_000


def test_before_the_history_there_is_no_ceiling():
    assert ceiling_m(history(A_HABIT), date(2020, 1, 1)) is None


@pytest.mark.parametrize(
    ("planned", "target", "load"),
    [
        (planned_coupled, 1.3, 123.333),
        (planned_uncoupled, 1.5, 135.0),
        (planned_ewma, 1.3, 86.129),
        (planned_ewma, 1.5, 132.353),
    ],
)
def test_the_next_load_after_a_constant_one(planned, target, load):
    assert planned(np.full(60, 30.0), target)[-1] == pytest.approx(load, abs=5e-4)


@pytest.mark.parametrize(
    ("planned", "acwr"),
    [(planned_coupled, acwr_coupled), (planned_uncoupled, acwr_uncoupled), (planned_ewma, acwr_ewma)],
)
def test_running_just_the_planned_load_reaches_just_the_target(planned, acwr):
    daily = history("8 - 10 - 6+4 - 15 " * 9).distance_m
    assert acwr(np.append(daily, planned(daily, 1.4)[-1]))[-1] == pytest.approx(1.4)


@pytest.mark.parametrize("planned", [planned_coupled, planned_uncoupled, planned_ewma])
def test_after_too_much_only_rest_is_left(planned):
    assert planned(np.array([5_000.0] * 40 + [42_195.0] * 6), 1.3)[-1] == 0


@pytest.mark.parametrize(("planned", "days"), [(planned_coupled, 27), (planned_uncoupled, 27), (planned_ewma, 41)])
def test_a_plan_waits_for_the_days_its_ratio_needs(planned, days):
    assert np.flatnonzero(~np.isnan(planned(np.full(60, 30.0), 1.3)))[0] == days - 1
