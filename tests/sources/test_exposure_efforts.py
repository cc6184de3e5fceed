"""Repetitions, sprints and the best 5 km of runs whose answer is known."""

import numpy as np
import pytest

from tests.sources.watch import outdoors, recorded, samples

JOG = (120, 2.5)


def test_six_fast_stretches_are_six_repetitions_at_their_speed() -> None:
    found = outdoors(recorded(JOG, *((77, 5.2), JOG) * 6))
    assert [found.repetitions[n] for n in (25, 30, 51)] == [1, 6, 6]
    assert len(found.repetitions) == 53


def test_a_stretch_of_less_than_twenty_seconds_is_no_repetition() -> None:
    assert len(outdoors(recorded(JOG, (15, 5.0), JOG)).repetitions) == 26


def test_a_rest_between_two_fast_stretches_makes_them_two() -> None:
    moving = np.r_[np.full(101, True), np.full(60, False), np.full(100, True)]
    found = outdoors(recorded((100, 5.0), (60, 0.0), (100, 5.0), moving=moving))
    assert found.repetitions[50] == 2


def test_a_stretch_that_falls_apart_at_a_higher_speed_counts_more_often_there() -> None:
    found = outdoors(recorded(JOG, (60, 4.0), (30, 3.5), (60, 4.0), JOG))
    assert (found.repetitions[30], found.repetitions[38]) == (1, 2)


def test_two_seconds_at_sprint_speed_are_a_sprint() -> None:
    assert outdoors(recorded(JOG, (2, 6.0), JOG)).sprint_m == 12


def test_one_second_at_sprint_speed_is_none() -> None:
    assert outdoors(recorded(JOG, (1, 6.0), JOG)).sprint_m == 0


def test_a_long_run_just_below_sprint_speed_holds_no_sprint() -> None:
    assert outdoors(recorded((600, 5.4))).sprint_m == 0


def test_the_metres_of_all_sprints_add_up() -> None:
    assert outdoors(recorded(JOG, *((10, 7.0), JOG) * 4)).sprint_m == 280


def test_a_sprint_too_short_for_the_filter_of_the_histogram_leaves_no_fast_metres() -> None:
    assert len(outdoors(recorded(JOG, (2, 6.0), JOG)).speed_m) == 26


def test_the_best_5k_of_a_faster_middle_is_that_middle() -> None:
    assert outdoors(recorded((600, 2.5), (1000, 5.0), (600, 2.5))).best_5k_s == 1000


def test_the_best_5k_may_end_within_a_second() -> None:
    assert outdoors(recorded((1600, 3.3))).best_5k_s == 1515  # 5,000 m / 3.3 m/s = 1,515.2 s


def test_a_run_of_exactly_5k_is_its_best_5k() -> None:
    assert outdoors(recorded((2000, 2.5))).best_5k_s == 2000


def test_a_run_below_5k_has_no_best_5k() -> None:
    assert outdoors(recorded((1999, 2.5))).best_5k_s is None


@pytest.mark.parametrize("rest_s", [30, 300], ids=["watch halted or standing", "a long rest"])
def test_a_rest_in_the_middle_counts_in_the_best_5k(rest_s: int) -> None:
    assert outdoors(recorded((500, 5.0), (rest_s, 0.0), (500, 5.0))).best_5k_s == 1000 + rest_s


def test_a_rest_before_and_after_does_not_count_in_the_best_5k() -> None:
    assert outdoors(recorded((100, 0.0), (1000, 5.0), (100, 0.0))).best_5k_s == 1000


def test_no_bin_lies_beyond_twelve_metres_per_second() -> None:
    uphill = outdoors(samples(np.arange(601) * 6.0, altitude_m=np.arange(601) * 1.5))  # 25 % at 6 m/s
    assert uphill.uphill_m is not None
    assert (len(uphill.uphill_m), uphill.uphill_m[-1]) == (120, pytest.approx(3600, rel=0.01))
