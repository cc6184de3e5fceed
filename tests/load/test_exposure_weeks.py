"""Fast and uphill metres by calendar week: sums of what is known, and unknown where a part is not."""

from datetime import date, timedelta

import pytest

from monitor.load.exposure_weeks import exposure_weeks
from monitor.load.training import Known, Log, training
from monitor.model import Flag, Profile
from tests.builders import FIRST_DAY, activities, held

TODAY = FIRST_DAY + timedelta(days=9)  # a Wednesday, the tenth day
HILLY = held(
    speed_m=(0,) * 45 + (300,), speed_s=(0,) * 45 + (67,), uphill_m=(0,) * 20 + (150,), uphill_s=(0,) * 20 + (73,)
)


def weeks(log="8 - 8 - - 10 - 6 - 7", without=(), count=2, **given):
    """The weeks of a log whose runs have 300 fast and 150 uphill metres each, but for those without samples."""
    runs = activities(log, **given)
    samples = {run.key: HILLY for n, run in enumerate(runs) if n not in without}
    known = Known(tuple(runs), ((FIRST_DAY, TODAY),), samples, Profile(fast_mps=4.4))
    return [(week.fast_m, week.uphill_m) for week in exposure_weeks(training(known), TODAY, count)]


def test_a_week_is_the_sum_of_its_runs_and_that_of_today_counts_up_to_today():
    assert weeks() == [(900, 450), (600, 300)]


def test_a_week_of_rest_held_nothing_and_one_before_the_first_run_is_not_known():
    assert weeks("- " * 7 + "5 - 5", count=3) == [(None, None), (None, None), (600, 300)]
    assert weeks("5 " + "- " * 9)[1] == (0, 0)


@pytest.mark.parametrize("missing", [0, 1, 2])
def test_a_week_is_not_known_where_one_run_has_no_samples(missing):
    assert weeks(without={missing}) == [(None, None), (600, 300)]


def test_a_treadmill_has_no_hills_even_without_samples():
    assert weeks("8 - 8", without={0, 1}, flags=frozenset({Flag.TREADMILL}))[0] == (None, 0)


def test_where_nothing_is_known_there_is_no_week():
    assert exposure_weeks(Log(), date(2026, 3, 2), 8) == []
