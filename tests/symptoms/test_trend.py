"""Weeks of check-ins; a gap is not a zero."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from monitor.symptoms.trend import Week, change_said, weeks
from tests.symptoms.told import CHECK_IN, DAY, FINE, told

MONDAY = date(2026, 11, 16)


def test_the_worst_of_a_week_stands_for_it_and_a_week_without_one_is_none():
    found = weeks([told(days_ago=13, modification=4), told(days_ago=8), FINE], DAY, 3)
    assert found == [
        Week(MONDAY - timedelta(days=14)),
        Week(MONDAY - timedelta(days=7), 41, True),
        Week(MONDAY, 0, False),
    ]


def test_a_change_of_fewer_than_35_points_is_too_little_to_tell():
    assert "too little to tell" in change_said([told(modification=3), told(modification=4, performance=3)])  # 33 → 58
    assert change_said([FINE, told(modification=4)]).endswith("worse by that measure.")  # 0 → 41
    assert change_said([told(modification=4), FINE]).endswith("better by that measure.")
    assert change_said([FINE]) == change_said([]) == ""


@given(st.lists(CHECK_IN, max_size=6), st.integers(0, 60))
def test_weeks_follow_one_another_up_to_today(check_ins, ahead):
    found = weeks(check_ins, DAY + timedelta(days=ahead))
    assert len(found) == 12
    assert {(later.monday - week.monday).days for week, later in pairwise(found)} == {7}
    assert 0 <= (DAY + timedelta(days=ahead) - found[-1].monday).days < 7
