"""What is fast for a runner, and where that is known from."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from monitor.load.fast_speed import FastSpeed, fast_speed
from monitor.model import Exposure
from tests.builders import held

TODAY = date(2026, 6, 1)
RUN = held()


def best_5k(seconds: int | None, days_ago: int) -> tuple[date, Exposure]:
    return TODAY - timedelta(days=days_ago), replace(RUN, best_5k_s=seconds)


def test_it_is_five_percent_faster_than_the_best_5_km():
    assert fast_speed([best_5k(1250, 9), best_5k(1300, 0)], TODAY, None) == FastSpeed(4.2, "learned", 10, 1250)


def test_a_runner_may_set_a_faster_one():
    assert fast_speed([best_5k(1250, 9)], TODAY, 4.5) == FastSpeed(4.5, "set", 10, 1250)


def test_a_slower_one_that_was_set_gives_way_to_what_was_run():
    assert fast_speed([best_5k(1250, 9)], TODAY, 4.1) == FastSpeed(4.2, "learned", 10, 1250)


def test_with_no_5_km_yet_only_a_set_one_is_known():
    assert fast_speed([best_5k(None, 3)], TODAY, None) is None
    assert fast_speed([best_5k(None, 3)], TODAY, 4.0) == FastSpeed(4.0, "set", 4, None)
    assert fast_speed([], TODAY, None) is None
    assert fast_speed([], TODAY, 4.0) == FastSpeed(4.0, "set", 0, None)


def test_who_only_ran_easily_is_fast_from_well_above_the_usual_speed():
    easy = replace(RUN, best_5k_s=1_667, speed_s=(0,) * 29 + (3_600,))  # 2.9 to 3.0 m/s, and a 5 km at 3.0
    found = fast_speed([(TODAY, easy)], TODAY, None)
    assert found is not None
    assert (found.origin, found.mps) == ("usual", pytest.approx(1.15 * 2.95))


def test_a_year_counts_and_no_day_more():
    assert fast_speed([best_5k(1250, 364)], TODAY, None) == FastSpeed(4.2, "learned", 365, 1250)
    assert fast_speed([best_5k(1250, 365)], TODAY, None) is None


def test_what_is_run_later_is_not_known_yet():
    runs = [best_5k(1250, 5), best_5k(1000, 0)]
    assert fast_speed(runs, TODAY - timedelta(days=1), None) == FastSpeed(4.2, "learned", 5, 1250)


def test_a_5_km_faster_than_the_world_record_was_a_ride():
    assert fast_speed([best_5k(1250, 5), best_5k(600, 1)], TODAY, None) == FastSpeed(4.2, "learned", 6, 1250)


def test_the_order_of_runs_does_not_matter():
    runs = [best_5k(1300, 5), best_5k(1250, 200), best_5k(None, 1)]
    assert fast_speed(runs, TODAY, None) == fast_speed(runs[::-1], TODAY, None)
