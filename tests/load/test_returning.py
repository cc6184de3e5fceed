"""Coming back after a break or an injury."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.load.ladder import EASY_LADDER, HAMSTRING_LADDER
from monitor.load.returning import returning
from monitor.model import Injury, Site
from tests.builders import FIRST_DAY, history
from tests.load.strategies import HISTORY

DAY = timedelta(days=1)
FOUR_WEEKS = "10 - 5 - 5 - - " * 4  # 20 km a week
TEN_DAYS = "- " * 10
A_WEEK_OF_15 = "5 - 5 - 5 - - "


def after(log, injuries=()):
    """Where a runner stands on the day after *log*."""
    days = history(log)
    return returning(days, injuries, days.last_day + DAY)


def injury(onset, ended=None, site=Site.OTHER):
    """An injury from day *onset* of the log, counted from 0, to day *ended*."""
    return Injury(site, "left", FIRST_DAY + onset * DAY, None if ended is None else FIRST_DAY + ended * DAY)


def test_somebody_who_runs_is_not_returning():
    assert after(FOUR_WEEKS) is None


def test_ten_days_without_running_are_a_break():
    assert after("5 - 5 - 5 - 5 " * 4 + TEN_DAYS).is_open


def test_nine_are_not():
    assert after("5 - 5 - 5 - 5 " * 4 + "- " * 9) is None


def test_unknown_days_are_no_break():
    assert after("5 - 5 - 5 - 5 " * 4 + "? " * 20) is None


def test_the_break_begins_on_the_first_day_without_a_run():
    assert after("5 - 5 - 5 - 5 " * 4 + TEN_DAYS).since == FIRST_DAY + 28 * DAY


def test_the_week_before_is_the_mean_of_the_four_before_the_break():
    back = after("30 - - - - - - " + FOUR_WEEKS + "5 " + TEN_DAYS)  # the first 20-km week leaves, 5 km enter
    assert back.weekly_before_m == 18_750  # 75 km in the 28 days that end with the last run
    assert back.weekly_needed_m == 14_062.5


@pytest.mark.parametrize(
    ("weeks", "is_over"),
    [
        pytest.param("", False, id="still resting"),
        pytest.param(A_WEEK_OF_15, False, id="one week of 75 %"),
        pytest.param(A_WEEK_OF_15 * 2, True, id="two weeks of 75 %"),
        pytest.param("5 - 5 - 4.9 - - " * 2, False, id="two weeks just below"),
        pytest.param(A_WEEK_OF_15 + "- - - - - - - " + A_WEEK_OF_15, False, id="two weeks, but not in a row"),
        pytest.param(A_WEEK_OF_15 + "5 - ? - 5 - - ", False, id="a week that is not wholly known"),
    ],
)
def test_two_weeks_in_a_row_at_75_percent_end_it(weeks, is_over):
    assert (after("5 - 5 - 5 - 5 " * 4 + TEN_DAYS + weeks) is None) == is_over


def test_the_day_of_the_run_itself_does_not_count_yet():
    log = history("5 - 5 - 5 - 5 " * 4 + TEN_DAYS + A_WEEK_OF_15 * 2)
    assert returning(log, [], log.last_day) is not None
    assert returning(log, [], log.last_day + DAY) is None


def test_with_nothing_to_compare_it_ends_three_weeks_after_the_first_run():
    first_run = "5 - - 5 " + TEN_DAYS
    assert after(first_run + "1 - - - - - - " * 2 + "1 - - - - -").weekly_before_m is None
    assert after(first_run + "1 - - - - - - " * 3) is None


def test_after_twelve_weeks_it_ends_in_any_case():
    little = "2 - - - - - - "
    assert after("5 - 5 - 5 - 5 " * 4 + TEN_DAYS + little * 11) is not None
    assert after("5 - 5 - 5 - 5 " * 4 + TEN_DAYS + little * 12) is None


def test_a_second_break_on_the_way_back_is_measured_by_the_weeks_before_the_first():
    back = after("5 - 5 - 5 - 5 " * 4 + TEN_DAYS + "2 - 2 - " + TEN_DAYS)
    assert back.since == FIRST_DAY + 28 * DAY
    assert back.weekly_before_m == 20_000


def test_an_open_injury_is_a_way_back_however_much_is_run():
    back = after("5 - 5 - 5 - 5 " * 8, [injury(20)])
    assert back.is_open
    assert back.injury == injury(20)


def test_an_injury_that_ended_is_over_after_two_weeks_at_75_percent():
    assert after("5 - 5 - 5 - 5 " * 8, [injury(28, ended=43)]) is not None
    assert after("5 - 5 - 5 - 5 " * 8, [injury(28, ended=42)]) is None


def test_an_injury_before_the_history_is_over_three_weeks_after_its_end():
    long_ago = Injury(Site.OTHER, "left", date(2020, 1, 1), date(2020, 6, 1))
    assert after(FOUR_WEEKS, [long_ago]) is None


def test_an_end_that_was_not_yet_known_counts_as_open():
    log = history("5 - 5 - 5 - 5 " * 8)
    assert returning(log, [injury(20, ended=40)], FIRST_DAY + 30 * DAY).injury == injury(20)


def test_an_injury_to_come_does_not_count():
    assert returning(history(FOUR_WEEKS), [injury(20)], FIRST_DAY + 19 * DAY) is None


@pytest.mark.parametrize(
    ("week", "step"),
    [
        pytest.param("- - - - - - -", 0, id="nothing yet: walk and run"),
        pytest.param("2 - 1.9 - - - -", 0, id="below a fifth"),
        pytest.param("2 - 2 - - - -", 1, id="a fifth: without walking breaks"),
        pytest.param("4 - 4 - - - -", 2, id="two fifths: more often"),
        pytest.param("4 - 4 - 4 - -", 3, id="three fifths: longer"),
        pytest.param("5 - 5 - 5 - -", 4, id="three quarters: faster"),
    ],
)
def test_the_step_is_told_by_the_share_of_the_week_before(week, step):
    back = after("5 - 5 - 5 - 5 " * 4 + TEN_DAYS + week)
    assert (back.ladder, back.step) == (EASY_LADDER, step)


@pytest.mark.parametrize("site", [Site.HAMSTRING, Site.HIGH_HAMSTRING])
def test_a_hamstring_comes_back_to_fast_uphill_running_last(site):
    back = after("5 - 5 - 5 - 5 " * 5, [injury(28, ended=29, site=site)])
    assert back.ladder is HAMSTRING_LADDER
    assert "uphill" in back.ladder[back.step].text


def test_nothing_fast_while_an_injury_is_open():
    back = after("5 - 5 - 5 - 5 " * 5, [injury(28, site=Site.HAMSTRING)])
    assert not back.ladder[back.step].fast
    assert back.ladder[back.step + 1].fast


def test_the_step_is_not_told_where_the_week_is_not_known():
    assert after("5 - 5 - 5 - 5 " * 4 + TEN_DAYS + "2 ? 2").step is None


@pytest.mark.parametrize("ladder", [EASY_LADDER, HAMSTRING_LADDER])
def test_a_ladder_begins_with_walking_and_only_rises(ladder):
    assert ladder[0].text.startswith("Walk and run in turn")
    assert [step.from_share for step in ladder] == sorted({step.from_share for step in ladder})
    assert [step.fast for step in ladder] == sorted(step.fast for step in ladder)


@given(days=HISTORY, cut=st.integers(0, 100), onset=st.integers(0, 100), lasts=st.none() | st.integers(0, 50))
@settings(deadline=None, max_examples=60)
def test_the_way_back_knows_nothing_of_later_days(days, cut, onset, lasts):
    told = [injury(onset, None if lasts is None else onset + lasts)]
    day = days.first_day + cut * DAY
    assert returning(days, told, day) == returning(days.until(day - DAY), told, day)


@pytest.mark.parametrize("log", ["", "?", "? ? 5"])
def test_nothing_known_is_no_break(log):
    assert after(log) is None
