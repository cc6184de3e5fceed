"""The runner's own usual range, on a day that is asked about."""

from datetime import datetime, timedelta

import numpy as np
import pytest

from monitor.load.headroom import Headroom
from monitor.load.usual import fast_left_m, hard_from, usual_climb_m, usual_fast_m
from tests.builders import FIRST_DAY, history

DAY = timedelta(days=1)
WEEKS = 5
LOG = "8 - 8 - 8 - - " * WEEKS
NONE = [0.0] * 7
at = datetime.fromisoformat


def running(fast_m=None, **given):
    """Five weeks of LOG; *fast_m* a value a day, or none at all."""
    return history(LOG, **({} if fast_m is None else {"fast_m": fast_m}), **given)


def a_week(fast_m):
    return [fast_m, *[0.0] * 6]


def test_fast_running_left_is_the_largest_of_four_weeks_less_that_of_these_days():
    fast = [*a_week(2000), *a_week(3000), *a_week(1000), *a_week(1000), *a_week(400)]
    assert fast_left_m(running(fast), FIRST_DAY + 34 * DAY) == 2600


def test_what_the_day_itself_already_holds_is_spent():
    fast = [*a_week(2000), *NONE, *NONE, *NONE, *[0.0] * 6, 500.0]
    assert fast_left_m(running(fast), FIRST_DAY + 34 * DAY) == 1500


def test_a_day_not_told_yet_holds_nothing_so_far():
    fast = [*NONE, *NONE, *a_week(2000), *NONE, *NONE]
    assert fast_left_m(running(fast), FIRST_DAY + 35 * DAY) == 2000


def test_no_fast_running_is_usual_only_where_all_four_weeks_are_known():
    assert usual_fast_m(running(NONE * 5), FIRST_DAY + 34 * DAY) == 0
    assert usual_fast_m(running([*a_week(np.nan) * 3, *NONE, *NONE]), FIRST_DAY + 34 * DAY) is None


def test_there_is_never_less_than_nothing_left():
    fast = [*a_week(500), *NONE, *NONE, *NONE, *a_week(0)[:-2], 3000.0, 0.0]
    assert fast_left_m(running(fast), FIRST_DAY + 34 * DAY) == 0


def test_a_week_without_samples_is_left_out_of_the_comparison():
    fast = [*a_week(2000), *a_week(np.nan), *a_week(1000), *NONE, *NONE]
    assert fast_left_m(running(fast), FIRST_DAY + 34 * DAY) == 2000


@pytest.mark.parametrize(
    "fast",
    [
        pytest.param([*NONE * 4, 0.0, 0.0, np.nan, 0.0, 0.0, 0.0, 0.0], id="a run of these days without samples"),
        pytest.param([*a_week(np.nan) * 4, *NONE], id="no week with samples"),
        pytest.param([*NONE * 4, *[0.0] * 6, np.nan], id="the run of today without samples"),
    ],
)
def test_fast_running_left_is_unknown_without_samples(fast):
    assert fast_left_m(running(fast), FIRST_DAY + 34 * DAY) is None


def test_fast_running_left_is_unknown_where_yesterday_is_not_told():
    assert fast_left_m(running(), FIRST_DAY + 36 * DAY) is None


def test_the_usual_climb_is_the_most_of_one_run_in_30_days():
    climb = [500.0, *[0.0] * 6, 240.0, *[0.0] * 27]
    assert usual_climb_m(running(climb_m=climb), FIRST_DAY + 31 * DAY) == 240
    assert usual_climb_m(running(climb_m=climb), FIRST_DAY + 30 * DAY) == 500


def test_the_climb_of_the_day_itself_does_not_count():
    assert usual_climb_m(running(climb_m=[*[0.0] * 32, 300.0, 0.0, 0.0]), FIRST_DAY + 32 * DAY) == 0


def test_runs_that_tell_no_climb_leave_it_unknown_however_many_days_of_rest_there_were():
    untold = [np.nan if word == "8" else 0.0 for word in LOG.split()]
    assert usual_climb_m(running(climb_m=untold), FIRST_DAY + 35 * DAY) is None


def test_one_flat_run_does_not_make_all_of_a_month_flat():
    """A run that tells its climb among days that do not: it is the most that is known, unless it is nothing."""
    one_told = [np.nan] * 30
    assert usual_climb_m(running(climb_m=[*one_told, 0.0, *[0.0] * 4]), FIRST_DAY + 31 * DAY) is None
    assert usual_climb_m(running(climb_m=[*one_told, 90.0, *[0.0] * 4]), FIRST_DAY + 31 * DAY) == 90


def test_no_climb_in_30_known_days_is_none():
    assert usual_climb_m(running(), FIRST_DAY + 35 * DAY) == 0
    assert usual_climb_m(running(), FIRST_DAY + 28 * DAY) is None  # the log began 28 days before


def hard_on(*days, start_h=18.5):
    """Races on these days of the log, begun at *start_h*."""
    marked = [float(n in days) for n in range(len(LOG.split()))]
    return running(hard_marked=marked, start_h=[start_h] * len(marked))


@pytest.mark.parametrize(
    ("days_ago", "hour"),
    [
        pytest.param(0, at("2026-04-07 18:30"), id="this morning"),
        pytest.param(1, at("2026-04-06 18:30"), id="yesterday"),
        pytest.param(2, at("2026-04-05 18:30"), id="the day before yesterday"),
        pytest.param(3, at("2026-04-05 00:00"), id="long enough ago"),
    ],
)
def test_a_hard_session_waits_48_hours_from_the_start_of_the_last(days_ago, hour):
    assert hard_from(hard_on(34 - days_ago), FIRST_DAY + 34 * DAY) == hour


def test_a_hard_session_at_an_unknown_hour_waits_two_whole_days():
    assert hard_from(hard_on(34, start_h=np.nan), FIRST_DAY + 34 * DAY) == at("2026-04-07 00:00")


def test_the_last_hard_session_counts():
    assert hard_from(hard_on(33, 34), FIRST_DAY + 34 * DAY) == at("2026-04-07 18:30")


def test_a_day_not_told_yet_is_not_hard_so_far():
    assert hard_from(hard_on(34), FIRST_DAY + 35 * DAY) == at("2026-04-07 18:30")


def test_whether_a_run_without_samples_was_hard_is_not_known():
    untold = [0.0] * 32 + [np.nan, 0.0, 0.0]
    assert hard_from(running(untold), FIRST_DAY + 34 * DAY) is None


def test_a_known_hard_day_after_it_settles_the_question():
    untold = [0.0] * 32 + [np.nan, 900.0, 0.0]
    assert hard_from(running(untold, start_h=[9.0] * 35), FIRST_DAY + 34 * DAY) == at("2026-04-06 09:00")


@pytest.mark.parametrize(
    ("moment", "hours"),
    [
        (at("2026-04-06 20:30"), 22),
        (at("2026-04-07 18:30"), 0),
        (at("2026-04-09 00:00"), 0),
    ],
)
def test_the_hours_until_then_run_down_to_nothing(moment, hours):
    assert Headroom(moment.date(), hard_from=at("2026-04-07 18:30")).hours_until_hard(moment) == hours


def test_hours_until_an_unknown_moment_are_unknown():
    assert Headroom(FIRST_DAY).hours_until_hard(at("2026-04-06 00:00")) is None


def test_the_usual_fast_running_is_that_of_the_largest_of_four_weeks():
    fast = [*a_week(2000), *a_week(3000), *a_week(np.nan), *NONE, *a_week(9000)]
    assert usual_fast_m(running(fast), FIRST_DAY + 34 * DAY) == 3000
