"""How long may the next run be?"""

from datetime import date, timedelta

import numpy as np
import pytest

from monitor.load.headroom import (
    acwr_limits_m,
    ceiling_m,
    headroom,
    planned_coupled,
    planned_ewma,
    planned_uncoupled,
)
from monitor.load.spikes import session_spike
from monitor.load.workload import acwr_coupled, acwr_ewma, acwr_uncoupled
from monitor.model import Injury, Site
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


def test_headroom_says_that_a_fresh_record_is_not_built_upon():
    days = history(A_HABIT + "11")
    asked = headroom(days, days.last_day + timedelta(days=1))
    assert (asked.easy_ceiling_m, asked.longest_30d_m, asked.builds_on_record) == (11_000, 11_000, True)


def test_on_the_way_back_the_ladder_stands_in_place_of_every_number():
    days = history(A_HABIT * 3)
    hurt = Injury(Site.OTHER, "left", days.last_day)
    asked = headroom(days, days.last_day + timedelta(days=1), [hurt])
    assert asked.returning.injury == hurt
    assert (asked.easy_ceiling_m, asked.fast_left_m, asked.climb_m, asked.hard_from) == (None, None, None, None)


def test_a_history_without_a_day_has_no_headroom():
    asked = headroom(history(""), FIRST_DAY)
    assert (asked.easy_ceiling_m, asked.fast_left_m, asked.climb_m, asked.hard_from) == (None, None, None, None)


def test_how_far_each_contested_ratio_would_let_one_go():
    days = history("3 " * 60)  # 19.8: (1.5 × 81 − 4 × 18) / 2.5 [km]
    limits = acwr_limits_m(days, days.last_day + timedelta(days=1), 1.5)
    assert limits == {"coupled": 19_800, "uncoupled": 13_500, "ewma": 13_235}


@pytest.mark.parametrize(
    "log", [pytest.param("3 " * 26, id="too few days"), pytest.param("3 " * 60 + "? ", id="yesterday is not known")]
)
def test_a_ratio_that_cannot_be_computed_has_no_limit(log):
    days = history(log)
    assert set(acwr_limits_m(days, days.last_day + timedelta(days=1), 1.5).values()) == {None}


def test_a_ratio_has_no_limit_for_a_day_after_days_not_told_yet():
    days = history("3 " * 60)
    assert set(acwr_limits_m(days, days.last_day + timedelta(days=2), 1.5).values()) == {None}
