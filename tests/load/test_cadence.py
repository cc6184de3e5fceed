"""Cadence against the runner's own norm."""

import numpy as np
import pytest

from monitor.load.cadence import cadence_drift, cadence_residual
from monitor.load.daily import History
from tests.builders import history

NAN = np.nan


def runner(cadence_spm: list[float], speed_mps: list[float] | None = None, grade: list[float] | None = None) -> History:
    """A run a day at these cadences; NaN is a run whose cadence is not known."""
    days = len(cadence_spm)
    return history(
        "10 " * days,
        cadence_spm=cadence_spm,
        cadence_mps=speed_mps or [3.0] * days,
        cadence_grade=grade or [0.0] * days,
    )


def test_a_cadence_six_per_cent_below_the_norm_has_that_residual():
    assert cadence_residual(runner([170.0] * 15 + [159.8]))[-1] == pytest.approx(-0.06)


def test_the_norm_needs_fifteen_runs_with_cadence():
    assert np.isnan(cadence_residual(runner([170.0] * 14 + [160.0]))[-1])
    assert np.isnan(cadence_residual(runner([170.0] * 14 + [NAN, 160.0]))[-1])


def test_the_norm_forgets_what_is_older_than_ninety_days():
    assert not np.isnan(cadence_residual(runner([170.0] * 15 + [NAN] * 75 + [160.0]))[-1])
    assert np.isnan(cadence_residual(runner([170.0] * 15 + [NAN] * 76 + [160.0]))[-1])


def of_speed(mps: float) -> float:
    return 140 + 10 * mps


SPEEDS = [2.4, 2.8, 3.2, 3.6, 4.0] * 6


def test_slower_running_explains_a_slower_cadence():
    cadences = [of_speed(mps) for mps in SPEEDS]
    slow = runner([*cadences, of_speed(2.0)], [*SPEEDS, 2.0])
    plodding = runner([*cadences, of_speed(2.0)], [*SPEEDS, 3.2])
    assert cadence_residual(slow)[-1] == pytest.approx(0, abs=0.002)
    assert cadence_residual(plodding)[-1] == pytest.approx(160 / 172 - 1, abs=0.002)


def test_a_climb_explains_a_slower_cadence():
    grades = [0.0, 0.01, 0.02, 0.03, 0.04] * 6
    cadences = [172 - 300 * grade for grade in grades]
    climbing = runner([*cadences, 157.0], grade=[*grades, 0.05])
    assert cadence_residual(climbing)[-1] == pytest.approx(0, abs=0.01)


def test_two_causes_at_once_are_told_apart():
    any_ = np.random.default_rng(7)
    speeds, grades = any_.uniform(2.4, 4.0, 40), any_.uniform(-0.05, 0.05, 40)
    cadences = 140 + 10 * speeds - 100 * grades
    days = runner(list(cadences), list(speeds), list(grades))
    np.testing.assert_allclose(cadence_residual(days)[20:], 0, atol=0.01)


def test_runs_all_at_one_speed_say_nothing_of_another_speed():
    any_ = np.random.default_rng(11)
    speeds = 3 + any_.normal(0, 0.005, 30)
    cadences = 170 + any_.normal(0, 1.5, 30)
    days = runner([*cadences, 172.0], [*speeds, 4.5])
    assert abs(cadence_residual(days)[-1]) < 0.03


def test_the_drift_is_the_mean_of_the_latest_three_runs():
    level = [170.0] * 60
    one_low = cadence_drift(runner([*level, 170.0, 170.0, 153.0]))[-1]
    three_low = cadence_drift(runner([*level, 153.0, 153.0, 153.0]))[-1]
    assert one_low == pytest.approx(-0.1 / 3, abs=1e-4)
    assert three_low == pytest.approx(-0.1, abs=0.003)


def test_rest_and_runs_without_cadence_do_not_end_a_drift():
    days = history(
        "10 " * 63 + "- - 10",
        cadence_spm=[170.0] * 60 + [153.0] * 3 + [NAN] * 3,
        cadence_mps=[3.0] * 63 + [NAN] * 3,
        cadence_grade=[0.0] * 63 + [NAN] * 3,
    )
    drift = cadence_drift(days)
    assert drift[-1] == drift[62] < -0.05


@pytest.mark.parametrize(("days_ago", "is_known"), [(25, True), (26, False)])
def test_three_runs_of_which_the_first_is_28_days_old_say_nothing_any_more(days_ago, is_known):
    drift = cadence_drift(runner([170.0] * 30 + [160.0] * 3 + [NAN] * days_ago))
    assert np.isnan(drift[-1]) != is_known


def test_an_unknown_day_has_no_drift():
    drift = cadence_drift(
        history("10 " * 33 + "?", cadence_spm=[170.0] * 33 + [NAN], cadence_mps=[3] * 34, cadence_grade=[0] * 34)
    )
    assert drift[-2] == pytest.approx(0)
    assert np.isnan(drift[-1])
