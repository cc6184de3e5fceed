"""The same session told twice counts once."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.load.daily import known_spans
from monitor.load.duplicates import counted
from monitor.load.gathering import history
from monitor.model import Activity, Flag, Origin
from tests.builders import FIRST_DAY, activities, activity

WATCH = activity("2026-03-02 07:00:00", 10_020, 3_600, average_heartrate_bpm=150.0, name="watch")
NO_HEART_RATE = replace(WATCH, average_heartrate_bpm=None)
PHONE = activity("2026-03-02 07:00:30", 9_870, 3_540, name="phone")


def later(run: Activity, **how_much: float) -> Activity:
    moved = timedelta(**how_much)
    return replace(run, start=run.start + moved, start_local=run.start_local + moved, origin_id=f"{run.origin_id}1")


def flagged(run: Activity, *flags: Flag) -> Activity:
    return replace(run, flags=frozenset(flags))


def names(*runs: Activity) -> list[str]:
    return [one.run.name for one in counted(runs)]


def test_watch_and_phone_are_one_session():
    """Bad input 54."""
    (one,) = counted([PHONE, WATCH])
    assert one.run == WATCH
    assert one.copies == (PHONE,)


def test_two_runs_five_minutes_apart_both_count():
    """Bad input 55."""
    assert len(counted([WATCH, later(WATCH, minutes=65)])) == 2


@pytest.mark.parametrize(
    ("minutes", "sessions"),
    [
        pytest.param(29, 1, id="more than half shared"),
        pytest.param(30, 1, id="half shared"),
        pytest.param(31, 2, id="less than half shared"),
        pytest.param(60, 2, id="one after the other"),
    ],
)
def test_half_of_the_shorter_run_must_overlap(minutes, sessions):
    assert len(counted([WATCH, later(WATCH, minutes=minutes)])) == sessions


def test_a_short_piece_of_a_long_recording_is_the_same_session():
    piece = activity("2026-03-02 07:50", 1_500, 540)
    assert len(counted([WATCH, piece])) == 1


def test_two_halves_of_a_split_recording_count_in_place_of_the_whole():
    whole = activity("2026-03-02 07:00", 21_000, 7_200)
    assert [one.run for one in counted([whole, WATCH, later(WATCH, hours=1)])] == [WATCH, later(WATCH, hours=1)]


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        pytest.param(replace(PHONE, origin=Origin.EXPORT), WATCH, id="a runner's own file before Strava"),
        pytest.param(replace(PHONE, origin=Origin.RECORDING), WATCH, id="a recording before Strava"),
        pytest.param(
            replace(PHONE, average_heartrate_bpm=140.0), replace(WATCH, average_heartrate_bpm=None), id="heart"
        ),
        pytest.param(replace(WATCH, average_heartrate_bpm=None), PHONE, id="the longer"),
        pytest.param(PHONE, flagged(WATCH, Flag.MANUAL), id="recorded before entered by hand"),
        pytest.param(
            PHONE, flagged(replace(WATCH, origin=Origin.EXPORT), Flag.MANUAL), id="even if that is the runner's own"
        ),
        pytest.param(PHONE, flagged(replace(WATCH, origin=Origin.EXPORT), Flag.TOO_FAST), id="a usable distance"),
        pytest.param(PHONE, flagged(NO_HEART_RATE, Flag.TREADMILL), id="fewer flags"),
    ],
)
def test_the_better_record_counts(better, worse):
    assert names(better, worse) == names(worse, better) == [better.name]


def test_only_runs_are_considered():
    ride = activity(sport="Ride")
    assert counted([ride]) == []
    assert counted([WATCH, ride])[0].copies == ()


def test_a_hidden_start_is_matched_to_nothing():
    hidden = flagged(activity("2026-03-02 07:00:01", 10_020, average_heartrate_bpm=150.0), Flag.HIDDEN_START)
    assert len(counted([WATCH, hidden])) == 2
    assert len(counted([PHONE, hidden])) == 2  # here the hidden one is the better record
    assert len(counted([hidden, later(hidden, seconds=0)])) == 2


def test_a_hidden_start_with_the_same_id_is_the_same_run():
    hidden = flagged(replace(WATCH, start=WATCH.start - timedelta(hours=7)), Flag.HIDDEN_START)
    assert len(counted([WATCH, hidden])) == 1


def test_stravas_number_is_the_same_in_its_list_and_in_its_export():
    hidden = flagged(replace(WATCH, start=WATCH.start - timedelta(hours=7)), Flag.HIDDEN_START)
    assert len(counted([replace(WATCH, origin=Origin.EXPORT), hidden])) == 1


def test_a_recording_that_happens_to_have_the_same_id_is_another_run():
    assert len(counted([WATCH, replace(later(WATCH, days=1), origin=Origin.RECORDING, origin_id=WATCH.origin_id)])) == 2


def test_two_hundred_imports_of_one_run_are_one_run():
    """Bad input 91."""
    (one,) = counted([replace(WATCH, origin_id=str(n)) for n in range(200)])
    assert len(one.copies) == 199


def test_elapsed_time_tells_how_long_a_session_was():
    with_a_break = replace(WATCH, elapsed_s=7_200)
    assert len(counted([with_a_break, later(PHONE, minutes=60)])) == 1


def test_a_watch_left_running_does_not_swallow_the_evening_run():
    left_running = flagged(replace(WATCH, elapsed_s=50_400), Flag.FORGOTTEN_STOP)
    assert len(counted([left_running, later(WATCH, hours=11)])) == 2


def test_a_run_without_times_is_a_copy_of_the_run_it_began_in():
    no_times = flagged(activity("2026-03-02 07:20", 5_000, 0), Flag.NO_TIME)
    assert names(WATCH, no_times) == ["watch"]
    assert len(counted([no_times, later(no_times, hours=0)])) == 1
    assert len(counted([WATCH, later(no_times, hours=1)])) == 2


def test_the_hour_that_comes_twice_in_autumn_holds_two_runs():
    """Bad input 49."""
    before = activity("2026-10-25 02:30", start=WATCH.start.replace(month=10, day=25, hour=0, minute=30))
    after = replace(before, start=before.start + timedelta(hours=1), origin_id="2")
    assert len(counted([before, after])) == 2


def test_ten_thousand_activities_of_a_second_on_one_day_stay_apart():
    """Bad input 58."""
    seconds = [activity(WATCH.start_local + timedelta(seconds=n), 3, 1) for n in range(10_000)]
    assert len(counted(seconds)) == 10_000


def near_each_other(told: list[tuple[int, int, Origin]]) -> list[Activity]:
    return [
        replace(later(WATCH, minutes=start), elapsed_s=60 * length, origin=origin, origin_id=str(n))
        for n, (start, length, origin) in enumerate(told)
    ]


RUNS = st.lists(st.tuples(st.integers(0, 300), st.integers(0, 90), st.sampled_from(Origin)), max_size=12).map(
    near_each_other
)


@given(runs=RUNS, data=st.data())
@settings(deadline=None, max_examples=100)
def test_order_and_repetition_change_nothing(runs, data):
    shuffled = data.draw(st.permutations(runs))
    assert counted(shuffled) == counted(runs)
    assert [one.run for one in counted(runs + shuffled)] == [one.run for one in counted(runs)]


@given(runs=RUNS)
@settings(deadline=None, max_examples=100)
def test_every_run_counts_once_or_is_a_copy_once(runs):
    told = [run for one in counted(runs) for run in (one.run, *one.copies)]
    assert sorted(told, key=lambda run: int(run.origin_id)) == runs


@given(runs=RUNS)
@settings(deadline=None, max_examples=100)
def test_what_counts_is_never_a_copy_of_what_counts(runs):
    alone = [one.run for one in counted(runs)]
    assert [one.run for one in counted(alone)] == alone


def test_a_week_told_twice_makes_the_same_days():
    week = activities("8 - 5+3 - 10 - 16")
    told = [(FIRST_DAY, FIRST_DAY + timedelta(days=6))]
    twice = [one.run for one in counted(week[::-1] + [later(run, seconds=20) for run in week])]
    days = history(twice, known_spans(twice, told))
    assert days is not None
    assert days.distance_m.tolist() == [8_000, 0, 8_000, 0, 10_000, 0, 16_000]
    assert days.runs.tolist() == [1, 0, 2, 0, 1, 0, 1]
