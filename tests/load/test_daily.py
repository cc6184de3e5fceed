"""Runs become days."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from monitor.load.daily import History, known_spans, remembered
from monitor.load.gathering import history
from monitor.load.spikes import session_spike
from monitor.model import Flag
from tests.builders import FIRST_DAY, activities, activity
from tests.builders import history as log
from tests.load.strategies import same


def day(number: int) -> date:
    """The calendar day of a log's *number*th word, from 1."""
    return FIRST_DAY + timedelta(days=number - 1)


def test_rest_is_zero_and_two_runs_add_up():
    days = history(activities("8 - 5+3"), [(day(1), day(3))])
    assert days is not None
    assert days.distance_m.tolist() == [8_000, 0, 8_000]
    assert days.longest_m.tolist() == [8_000, 0, 5_000]
    assert days.runs.tolist() == [1, 0, 2]
    assert days.moving_s.tolist() == [2_880, 0, 2_880]


def test_days_between_two_known_stretches_are_unknown_in_every_series():
    days = history(activities("8 9 10 11 12"), [(day(1), day(2)), (day(5), day(5))])
    assert days is not None
    written = log("8 9 ? ? 12")
    for series in ("distance_m", "longest_m", "moving_s", "runs", "unusable_s"):
        same(getattr(days, series), getattr(written, series))


def test_the_order_of_runs_changes_nothing():
    runs, known = activities("8 - 5+3 21.1"), [(day(1), day(4))]
    forwards, backwards = history(runs, known), history(runs[::-1], known)
    assert forwards is not None
    assert backwards is not None
    same(forwards.distance_m, backwards.distance_m)
    same(forwards.longest_m, backwards.longest_m)


def test_a_run_with_an_unusable_distance_counts_only_its_time():
    runs = [activity(distance_m=99_000, moving_s=1_800, flags=frozenset({Flag.TOO_FAST}))]
    days = history(runs, [(day(1), day(1))])
    assert days is not None
    assert (days.distance_m[0], days.runs[0], days.unusable_s[0]) == (0, 0, 1_800)


def test_nothing_known_is_no_history():
    assert history([], []) is None


def test_a_run_belongs_to_the_local_day_on_which_it_began():
    """Bad input 53."""
    runs = [activity("2026-03-02 23:50", 10_000)]
    days = history(runs, [(day(1), day(2))])
    assert days is not None
    assert days.distance_m.tolist() == [10_000, 0]


def test_the_first_known_day_is_that_of_the_first_recorded_run():
    assert known_spans(activities("- - 8 - 8"), [(day(1), day(5))]) == [(day(3), day(5))]


def test_a_run_entered_by_hand_long_ago_starts_no_series():
    by_hand = activity("1991-05-01 10:00", flags=frozenset({Flag.MANUAL}))
    told = [(date(1991, 5, 1), day(5))]
    assert known_spans([by_hand, *activities("- - 8 - 8")], told) == [(day(3), day(5))]
    assert known_spans([by_hand], told) == told


def test_without_runs_nothing_is_known():
    assert known_spans([], [(day(1), day(5))]) == []


def test_what_was_known_at_the_end_of_a_day():
    days = log("8 - 10 -")
    assert days.until(day(3)).distance_m.tolist() == [8_000, 0, 10_000]
    assert days.until(day(9)).last_day == day(4)
    assert days.until(day(0)).distance_m.size == 0


@pytest.mark.parametrize(("number", "index"), [(1, 0), (4, 3), (0, -1), (6, 5)])
def test_a_day_has_a_place_on_the_last_axis(number, index):
    assert log("8 - 10 -").index(day(number)) == index


def test_the_log_of_a_test_says_what_it_looks_like():
    days = log("8 5+3 - ? 10.5")
    np.testing.assert_array_equal(days.distance_m, [8_000, 8_000, 0, np.nan, 10_500])
    assert days.days[-1] == day(5)


def test_a_remembered_measure_is_computed_once_of_each_history_and_cannot_be_written():
    asked = []

    @remembered
    def doubled(days: History) -> np.ndarray:
        asked.append(days)
        return 2 * days.distance_m

    days = log("8 - 10")
    assert doubled(days) is doubled(days)
    assert len(asked) == 1
    with pytest.raises(ValueError, match="read-only"):
        doubled(days)[0] = 0.0


def test_another_history_remembers_nothing_of_the_first():
    days = log("8 - 10")
    session_spike(days)
    assert not days.until(days.first_day).measured
    assert not replace(days, distance_m=2 * days.distance_m).measured
