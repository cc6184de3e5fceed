"""Runs as their runner corrects them, before anything is counted."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from monitor.load.amended import amended, joined
from monitor.load.duplicates import counted
from monitor.load.training import Known, training
from monitor.model import Amendment, Change, Flag, Origin
from tests.builders import FIRST_DAY, activities, activity, held

FILE, COPY = Origin.RECORDING, Origin.STRAVA
FIRST, SECOND = activity("2026-03-02 07:00", 6_000, origin=FILE), activity("2026-03-02 08:00", 3_000, origin=FILE)
FIVE_WEEKS = activities("10 - 8 - 12 - - " * 5, origin=FILE)


def exclude(run, reason="a ride"):
    return Amendment(run.key, Change.EXCLUDE, reason=reason)


def distance(run, metres):
    return Amendment(run.key, Change.DISTANCE, metres)


def merge(run, into):
    return Amendment(run.key, Change.MERGE, into=into.key)


def known(runs, *said):
    return Known(tuple(runs), told=((FIRST_DAY, FIRST_DAY + timedelta(days=34)),), amendments=said)


def metres(*said, runs=(FIRST, SECOND)):
    """The distances that count."""
    return [each.run.distance_m for each in amended(counted(runs), said).runs]


def test_without_a_word_of_the_runner_every_run_reads_as_it_was_told():
    assert metres() == [6_000, 3_000]


def test_a_run_that_is_left_out_counts_nowhere_and_is_kept_for_showing():
    read = amended(counted([FIRST, SECOND]), [exclude(FIRST)])
    assert ([each.run for each in read.runs], [each.run for each in read.excluded]) == ([SECOND], [FIRST])


def test_a_day_whose_only_run_is_left_out_is_rest_and_not_unknown():
    history = training(known(FIVE_WEEKS, exclude(FIVE_WEEKS[1]))).history
    assert history.distance_m[:5].tolist() == [10_000, 0, 0, 0, 12_000]


def test_leaving_out_one_record_leaves_out_its_copies_as_well():
    copy = replace(FIRST, origin=COPY, origin_id="9")
    assert metres(exclude(FIRST), runs=[FIRST, copy]) == []


def test_what_was_said_of_a_copy_holds_when_a_better_record_of_the_session_comes_later():
    copy = replace(FIRST, origin=COPY, origin_id="9")
    assert metres(distance(copy, 7_000), runs=[copy]) == metres(distance(copy, 7_000), runs=[copy, FIRST]) == [7_000]


@pytest.mark.parametrize("flag", [Flag.NO_DISTANCE, Flag.TOO_FAST, Flag.TOO_SLOW])
def test_a_distance_that_was_set_ends_the_doubt_about_it(flag):
    doubtful = replace(FIRST, flags=frozenset({flag, Flag.MANUAL}))
    [read] = amended(counted([doubtful]), [distance(doubtful, 7_000)]).runs
    assert (read.run.distance_m, read.run.flags) == (7_000, {Flag.MANUAL})


def test_a_rating_becomes_internal_load():
    """Foster's product of rating and minutes: 36 minutes at 5."""
    history = training(known(FIVE_WEEKS[:1], Amendment(FIVE_WEEKS[0].key, Change.RPE, 5))).history
    assert history.internal_load[0] == 5 * 60


def test_two_parts_are_one_run_with_both_distances_and_times():
    [read] = amended(counted([FIRST, SECOND]), [merge(SECOND, FIRST)]).runs
    assert (read.run.distance_m, read.run.moving_s, read.run.start) == (9_000, 36 * 60 + 18 * 60, FIRST.start)
    assert [part.run for part in read.parts] == [FIRST, SECOND]


def test_two_runs_each_said_to_be_a_part_of_the_other_are_one():
    assert metres(merge(SECOND, FIRST), merge(FIRST, SECOND)) == [9_000]


def test_three_parts_are_one_whichever_way_they_were_told():
    third = activity("2026-03-02 09:00", 1_000, origin=FILE)
    assert metres(merge(third, SECOND), merge(SECOND, FIRST), runs=[FIRST, SECOND, third]) == [10_000]


def test_the_longest_run_of_the_day_is_what_was_made_one():
    history = training(known([FIRST, SECOND], merge(SECOND, FIRST))).history
    assert (history.longest_m[0], history.runs[0], history.distance_m[0]) == (9_000, 1, 9_000)


def test_a_part_without_a_usable_distance_stays_alone():
    blank = replace(SECOND, distance_m=None, flags=frozenset({Flag.NO_DISTANCE}))
    assert metres(merge(blank, FIRST), runs=[FIRST, blank]) == [6_000, None]


def test_what_was_said_of_a_run_that_is_gone_changes_nothing():
    gone = activity("2026-03-05 07:00", origin=FILE)
    assert metres(exclude(gone), merge(FIRST, gone), merge(gone, FIRST)) == [6_000, 3_000]


def test_the_order_of_runs_and_of_corrections_changes_nothing():
    said = [distance(FIRST, 7_000), merge(SECOND, FIRST)]
    assert metres(*said) == metres(*said[::-1], runs=[SECOND, FIRST]) == [10_000]


def test_the_samples_of_parts_are_joined_and_unknown_where_one_has_none():
    one, other = held(speed_m=(0, 5), speed_s=(0, 9), sprint_m=20), held(speed_m=(1, 2, 3), speed_s=(1,), sprint_m=5)
    both = joined([one, other])
    assert (both.speed_m, both.speed_s, both.sprint_m) == ((1, 7, 3), (1, 9), 25)
    assert both.uphill_m is None
    assert joined([one, None]) is None


def test_fast_metres_of_a_merged_run_are_those_of_all_its_parts():
    samples = {each.key: held(speed_m=(0,) * 50 + (400,), speed_s=(0,) * 50 + (80,)) for each in (FIRST, SECOND)}
    told = replace(known([FIRST, SECOND], merge(SECOND, FIRST)), exposures=samples)
    log = training(replace(told, profile=replace(told.profile, fast_mps=4.5)))
    assert log.history.fast_m[0] == 800


def test_what_is_said_of_today_changes_no_day_before():
    late = FIVE_WEEKS[-1]
    plain, corrected = (training(known(FIVE_WEEKS, *said)).history for said in ((), (distance(late, 20_000),)))
    before = (late.day - date(2026, 3, 2)).days
    assert np.array_equal(plain.distance_m[:before], corrected.distance_m[:before])
    assert corrected.distance_m[before] == 20_000
