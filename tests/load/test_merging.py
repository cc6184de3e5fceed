"""Runs close after one another as one run, for who wants that."""

from datetime import timedelta

import pytest

from monitor.load.duplicates import counted
from monitor.load.merging import NEVER, merged
from monitor.load.training import Known, training
from monitor.model import Flag
from monitor.rules.single_session_spike import RULE as SPIKE
from tests.builders import FIRST_DAY, activities, activity

HALF_AN_HOUR = timedelta(minutes=30)
WARM_UP = activity("2026-03-02 09:00", 2_000)  # to 9:12
RACE = activity("2026-03-02 09:30", 10_000, sport="TrailRun")  # to 10:30
COOL_DOWN = activity("2026-03-02 10:40", 1_000)


def test_a_warm_up_a_race_and_a_cool_down_are_one_run():
    [run] = merged([RACE, COOL_DOWN, WARM_UP], HALF_AN_HOUR)
    assert (run.distance_m, run.moving_s) == (13_000, 4_680)
    assert (run.start_local, run.elapsed_s) == (WARM_UP.start_local, 6_360)
    assert (run.sport, run.key) == ("TrailRun", RACE.key)


@pytest.mark.parametrize(
    ("gap_min", "runs"),
    [
        pytest.param(0, 3, id="never"),
        pytest.param(10, 3, id="ten minutes after the race is not less than ten"),
        pytest.param(11, 2, id="the race and what followed"),
        pytest.param(18, 2, id="eighteen minutes after the warm-up are not less than eighteen"),
        pytest.param(19, 1, id="all three"),
    ],
)
def test_less_than_the_gap_must_lie_between_the_end_and_the_next_start(gap_min, runs):
    assert len(merged([WARM_UP, RACE, COOL_DOWN], timedelta(minutes=gap_min))) == runs


def test_a_watch_that_paused_counts_until_its_end():
    paused = activity("2026-03-02 09:00", 2_000, elapsed_s=1_500)  # to 9:25
    assert len(merged([paused, RACE], timedelta(minutes=6))) == 1


@pytest.mark.parametrize("flags", [{Flag.HIDDEN_START}, {Flag.TOO_FAST}], ids=lambda flags: next(iter(flags)).value)
def test_a_run_of_unknown_start_or_distance_stays_alone(flags):
    doubtful = activity("2026-03-02 09:00", 2_000, flags=frozenset(flags))
    assert merged([doubtful, RACE], HALF_AN_HOUR) == [doubtful, RACE]


def read(gap):
    habit = activities("8 - 8 - 8 - 8 - 8 - 8")
    parts = [activity(f"2026-03-14 {at}", distance_m) for at, distance_m in (("09:00", 5_000), ("09:35", 5_000))]
    told = ((FIRST_DAY, FIRST_DAY + timedelta(days=12)),)
    return training(Known((*habit, *parts), told), gap)


def test_only_the_rules_of_the_longest_run_read_merged_runs():
    log = read(HALF_AN_HOUR)
    assert log.merged.longest_m[-1] == 10_000
    assert log.history.longest_m[-1] == 5_000
    assert len(log.runs) == len(counted([each.run for each in log.runs]))
    assert SPIKE.measure(log.merged)[-1] == 1.25


def test_by_default_nothing_is_merged():
    log = read(NEVER)
    assert log.merged is log.history
