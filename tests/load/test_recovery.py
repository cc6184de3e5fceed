"""Days without rest, and layoffs."""

import numpy as np

from monitor.load.daily import History
from monitor.load.gathering import history
from monitor.load.recovery import days_resting, days_without_rest, gap_before_return, layoff
from monitor.model import Flag
from tests.builders import FIRST_DAY, activity
from tests.builders import history as log


def shown(measure: np.ndarray) -> str:
    return " ".join("?" if np.isnan(value) else f"{value:.0f}" for value in measure)


def test_running_days_in_a_row_are_counted_until_a_day_of_rest():
    assert shown(days_without_rest(log("8 8 5+5 - 8"))) == "1 2 3 0 1"


def test_an_unknown_day_ends_the_row():
    assert shown(days_without_rest(log("8 8 ? 8 8"))) == "1 2 ? 1 2"


def test_a_run_with_an_unusable_distance_is_no_day_of_rest():
    treadmill = activity(distance_m=None, moving_s=1800, flags=frozenset({Flag.NO_DISTANCE}))
    one_day = history([treadmill], [(FIRST_DAY, FIRST_DAY)])
    assert isinstance(one_day, History)
    assert shown(days_without_rest(one_day)) == "1"


def test_days_of_rest_are_counted_until_a_run():
    assert shown(days_resting(log("8 - - 5+5 - ? -"))) == "0 1 2 0 1 ? 1"


def test_a_gap_is_told_on_the_day_it_ends():
    assert shown(gap_before_return(log("8 - - - 8 8 - 8"))) == "0 0 0 0 3 0 0 1"


def test_unknown_days_are_no_gap():
    assert shown(gap_before_return(log("8 - ? ? - - 8"))) == "0 0 ? ? 0 0 2"


def test_a_comeback_lasts_21_days():
    measure = layoff(log("8 " + "- " * 12 + "3 " + "- 3 " * 15))
    assert measure[12] == 0
    assert measure[13 : 13 + 21].tolist() == [12] * 21
    assert measure[34] == 1


def test_the_longest_of_two_breaks_counts():
    measure = layoff(log("8 " + "- " * 15 + "3 - - 3 3"))
    assert measure[-1] == 15


def test_a_break_that_goes_on_is_not_yet_a_comeback():
    assert layoff(log("8 " + "- " * 40))[-1] == 0
