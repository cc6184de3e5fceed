"""Which days were hard, and the hours and days since."""

from dataclasses import replace

import numpy as np
import pytest

from monitor.load.hard_days import among_hardest, days_since_race, hard_days, hours_since_hard
from monitor.load.windows import Array
from tests.builders import history

FLAT = "8 8 8 8"
NAN = np.nan


def shown(measure: Array) -> str:
    return " ".join("?" if np.isnan(value) else f"{value:.0f}" for value in measure)


def test_an_easy_run_and_a_day_of_rest_are_not_hard():
    assert shown(hard_days(history("8 8 - 8"))) == "0 0 0 0"


def test_a_race_or_a_workout_is_hard():
    assert shown(hard_days(history(FLAT, hard_marked=[0, 1, 0, 0]))) == "0 1 0 0"


def test_800_fast_metres_are_hard():
    assert shown(hard_days(history(FLAT, fast_m=[0, 799, 800, 0]))) == "0 0 1 0"


def test_a_run_beyond_1_3_times_the_longest_of_a_month_is_hard():
    assert shown(hard_days(history("8 8 10.4 13.521"))) == "0 0 0 1"


def test_a_run_without_samples_is_unknown_unless_something_else_made_it_hard():
    assert shown(hard_days(history(FLAT, fast_m=[NAN, NAN, 0, 0], hard_marked=[0, 1, 0, 0]))) == "? 1 0 0"


def test_an_unknown_day_is_unknown():
    assert shown(hard_days(history("8 ? 8"))) == "0 ? 0"


def test_a_missing_heart_rate_makes_nothing_unknown():
    assert shown(hard_days(history(FLAT, internal_load=[NAN] * 4))) == "0 0 0 0"


def test_who_runs_fast_on_most_days_has_no_hard_days_by_that():
    """A fast speed learned on hills alone is so low that every run downhill would count."""
    assert hard_days(history("8 " * 40, fast_m=[900] * 40))[-1] == 0
    every_second = hard_days(history("8 " * 40, fast_m=[0, 900] * 20))
    assert every_second[-1] == 1


def test_an_internal_load_in_the_upper_fifth_of_90_days_is_hard():
    loads = [*range(1, 21), 17, 16]  # 4 of 20 were as large as 17, then 6 of 21 as large as 16
    assert hard_days(history("8 " * 22, internal_load=loads))[-2:].tolist() == [1, 0]


def test_the_upper_fifth_needs_15_loads_before_it():
    assert not among_hardest(np.array([100.0] * 14 + [900]))[-1]
    assert among_hardest(np.array([100.0] * 15 + [900]))[-1]


def test_equal_loads_are_none_of_them_hard():
    assert not among_hardest(np.full(60, 250.0)).any()


def test_rest_and_unknown_loads_are_not_compared_with():
    rested = np.tile([100.0, 0.0, NAN], 15)
    assert among_hardest(np.append(rested, 101))[-1]
    assert not among_hardest(np.append(rested, 0))[-1]
    assert not among_hardest(np.append(rested[:-3], 101))[-1]


def test_loads_of_more_than_90_days_ago_are_forgotten():
    old, recent = [900.0] * 20, [100.0] * 89
    assert among_hardest(np.array([*old, *recent, 200.0]))[-1]
    assert not among_hardest(np.array([*old, *recent[:-18], 200.0]))[-1]


def test_the_share_is_that_of_counting():
    any_ = np.random.default_rng(7).integers(0, 30, 300).astype(float)
    for day in (15, 16, 89, 90, 91, 200, 299):
        earlier = [load for load in any_[max(0, day - 89) : day] if load]
        as_large = sum(load >= any_[day] for load in earlier)
        expected = any_[day] > 0 and len(earlier) >= 15 and 5 * as_large <= len(earlier)
        assert among_hardest(any_)[day] == expected


@pytest.mark.parametrize(
    ("start_h", "hours"),
    [
        pytest.param((18, 7, 7), 37, id="Tuesday evening to Thursday morning"),
        pytest.param((7, 7, 18), 59, id="Tuesday morning to Thursday evening"),
        pytest.param((18.1, 7, 17.9), 48, id="to the nearest hour"),
        pytest.param((NAN, 7, 18), 48, id="whole days where an hour is hidden"),
    ],
)
def test_hours_run_from_start_to_start(start_h, hours):
    days = history("8 8 8", fast_m=[900, 0, 0], start_h=start_h)
    assert hours_since_hard(days)[-1] == hours


def test_there_are_no_hours_since_nothing():
    assert np.isnan(hours_since_hard(history("8 8", fast_m=[0, 900]))).all()


def test_the_last_hard_day_counts():
    days = history("8 8 8 8 8", fast_m=[900, 0, 900, 0, 0])
    assert shown(hours_since_hard(days)) == "? 24 48 24 48"


def test_days_since_a_race_are_counted_from_the_day_after_it():
    days = history("8 8 ? 8 8")
    raced = replace(days, race=np.array([0, 1, NAN, 0, 1.0]))
    assert shown(days_since_race(raced)) == "? ? 1 2 3"
