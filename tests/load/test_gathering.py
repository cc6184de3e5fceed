"""What a run adds to its day, and what stays unknown."""

from dataclasses import replace
from datetime import date

import numpy as np

from monitor.load.gathering import Reading, history
from monitor.load.training import Known, training
from monitor.model import Activity, Event, EventKind, Flag, Workout
from tests.builders import FIRST_DAY, activities, activity, held

EASY = held(speed_m=(0,) * 30 + (5_000,), uphill_m=(), best_5k_s=1_500, climb_m=20)
DAY = [(FIRST_DAY, FIRST_DAY)]


def of_one(run: Activity, **reading: object) -> dict[str, float]:
    days = history([run], DAY, Reading(**reading))  # type: ignore[arg-type]
    assert days is not None
    return {
        name: float(getattr(days, name)[0]) for name in ("fast_m", "fast_uphill_m", "climb_m", "race", "hard_marked")
    }


def test_without_samples_fast_running_is_unknown_not_zero() -> None:
    assert np.isnan(of_one(activity())["fast_m"])
    assert of_one(activity(), exposures={activity().key: EASY}, fast_mps=3.5)["fast_m"] == 0


def test_a_run_without_a_usable_distance_leaves_its_fast_running_unknown_and_keeps_its_marks() -> None:
    race = activity(distance_m=None, workout=Workout.RACE, flags=frozenset({Flag.NO_DISTANCE}))
    found = of_one(race, fast_mps=3.5)
    assert np.isnan(found["fast_m"])
    assert (found["race"], found["hard_marked"]) == (1, 1)


def test_a_treadmill_has_no_hills_with_and_without_samples() -> None:
    treadmill = activity(flags=frozenset({Flag.TREADMILL}))
    assert of_one(treadmill)["fast_uphill_m"] == 0
    assert of_one(treadmill, exposures={treadmill.key: EASY}, fast_mps=3.5)["fast_uphill_m"] == 0


def test_a_race_that_the_runner_told_marks_the_run_of_its_day() -> None:
    race = Event(EventKind.RACE, FIRST_DAY, FIRST_DAY)
    log = training(Known(activities=(activity(),), told=tuple(DAY), events=(race,)))
    assert log.history is not None
    assert (log.history.race[0], log.history.hard_marked[0]) == (1, 1)


def test_a_ride_that_was_called_a_run_does_not_teach_what_is_fast() -> None:
    run, ride = activities("5 20", FIRST_DAY)
    ride = replace(ride, flags=frozenset({Flag.TOO_FAST}))
    exposures = {run.key: EASY, ride.key: replace(EASY, best_5k_s=760)}
    log = training(Known(activities=(run, ride), told=((FIRST_DAY, date(2026, 3, 3)),), exposures=exposures))
    assert log.fast_speed is not None
    assert log.fast_speed.best_5k_s == 1_500


def test_a_copy_lends_its_samples_to_the_record_that_counts() -> None:
    watch = activity(distance_m=10_020)
    phone = activity("2026-03-02 07:00:30", distance_m=9_870, origin_id="phone")
    log = training(Known(activities=(watch, phone), told=tuple(DAY), exposures={phone.key: EASY}))
    assert [each.run.distance_m for each in log.runs] == [10_020]
    assert set(log.exposures) == {watch.key}


def test_days_excused_before_the_history_excuse_nothing_in_it() -> None:
    days = history([activity()], DAY, Reading(excused=[(date(2026, 1, 1), date(2026, 1, 9))]))
    assert days is not None
    assert days.excused.tolist() == [0]
