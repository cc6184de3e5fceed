"""A week's fast metres against the runner's own weeks, written out in the plainest way and compared."""

from statistics import mean, stdev

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.load.fast_running import fast_score, first_dose, largest_week_before, norm
from tests.rules.weeks import NAN, sessions


def daily(*metres: float) -> np.ndarray:
    return np.array(sessions(*metres), dtype=float)


def test_the_norm_is_the_mean_and_sample_deviation_of_the_weeks_before():
    usual = norm(daily(*(900, 1100) * 4, 5000))
    assert (usual.mean[-1], usual.weeks[-1]) == (1000, 8)
    assert usual.deviation[-1] == pytest.approx(106.904497)


def test_equal_weeks_deviate_by_exactly_nothing():
    assert norm(daily(*[1333] * 20))[1][-1] == 0


def test_at_most_26_weeks_make_the_norm():
    usual = norm(daily(90_000, *[1000] * 26, 0))
    assert (usual.mean[-1], usual.weeks[-1]) == (1000, 26)


def test_seven_weeks_are_no_norm_and_eight_are():
    assert np.isnan(norm(daily(*[1000] * 8)).mean[-1])
    assert norm(daily(*[1000] * 9)).mean[-1] == 1000


def test_an_unknown_week_is_left_out_of_the_norm():
    usual = norm(daily(*[1000] * 4, NAN, *[1000] * 4, 0))
    assert (usual.mean[-1], usual.weeks[-1]) == (1000, 8)


LOADS = st.lists(st.integers(0, 2000), min_size=70, max_size=240)


@given(metres=LOADS)
@settings(deadline=None, max_examples=50)
def test_the_norm_is_that_of_the_standard_library(metres):
    blocks = [sum(metres[end - 7 : end]) for end in range(len(metres) - 7, 6, -7)][:26]
    usual = norm(np.array(metres, dtype=float))
    assert usual.weeks[-1] == len(blocks)
    assert usual.mean[-1] == pytest.approx(mean(blocks))
    assert usual.deviation[-1] == pytest.approx(stdev(blocks))


@pytest.mark.parametrize(
    ("week", "score"),
    [
        pytest.param(1399, 0, id="less than 400 m more is nothing"),
        pytest.param(1400, 2, id="an even dose deviates by 200 m at least"),
        pytest.param(1600, 3, id="and not by nothing"),
        pytest.param(500, 0, id="a lighter week is no spike"),
    ],
)
def test_an_even_dose_does_not_make_every_change_enormous(week, score):
    assert fast_score(daily(*[1000] * 10, week))[-1] == score


def test_a_large_even_dose_deviates_by_a_fifth_of_itself():
    assert fast_score(daily(*[4000] * 10, 5600))[-1] == 2


def test_an_uneven_habit_makes_a_large_week_ordinary():
    uneven, even = (0, 2000) * 6, (1000, 1000) * 6
    assert fast_score(daily(*even, 2400))[-1] == 7
    assert fast_score(daily(*uneven, 2400))[-1] == pytest.approx(1.3404, abs=1e-4)  # 1400 / 1044.5


def test_a_small_week_needs_no_norm():
    assert fast_score(daily(0, 300))[-1] == 0
    assert np.isnan(fast_score(daily(0, 400))[-1])


def test_the_same_day_of_every_week_is_compared():
    """Moving the session by a day makes one block of two sessions, and the next week ordinary again."""
    metres = daily(*[1000] * 12)
    metres[-7 - 1], metres[-7 * 2] = 0, 1000  # a day early, so that 7 days hold two
    assert fast_score(metres)[-7 * 2] == 5
    assert fast_score(metres)[-1] == 0


@pytest.mark.parametrize(
    ("weeks", "dose"),
    [
        pytest.param((800, 0, 0, 0, 0, 500), 500, id="the first after four weeks of none"),
        pytest.param((800, 0, 0, 0, 500), 0, id="after three it is a habit"),
        pytest.param((0, 0, 99, 0, 500), 500, id="99 m are a run for the bus"),
        pytest.param((0, 0, 100, 0, 500), 0, id="100 m are a start"),
        pytest.param((0, 0, 0, 0, 299), 0, id="less than 300 m is no dose"),
        pytest.param((0, 0, 0, 0, 300), 300, id="300 m are"),
        pytest.param((NAN, 0, 800, 0, 500), 0, id="what is unknown takes nothing from what is known"),
    ],
)
def test_the_first_dose_is_the_week_after_four_weeks_of_none(weeks, dose):
    assert first_dose(daily(*weeks))[-1] == dose


@pytest.mark.parametrize("weeks", [(0, 0, 0, 500), (NAN, 0, 0, 0, 500), (0, 0, 0, 0, NAN)])
def test_whether_it_was_the_first_can_be_unknown(weeks):
    assert np.isnan(first_dose(daily(*weeks))[-1])


def test_the_largest_of_the_four_weeks_before_counts_and_not_the_fifth():
    assert largest_week_before(daily(9000, 300, 500, 400, 200, 0))[-1] == 500
    assert np.isnan(largest_week_before(daily(NAN, 500, 400, 200, 0))[-1])
