"""Acute and chronic load, their ratio three ways, fitness and fatigue."""

import numpy as np
import pytest

from monitor.load.workload import (
    acute_load,
    acwr_coupled,
    acwr_ewma,
    acwr_uncoupled,
    chronic_load,
    ewma_load,
    fatigue_load,
    fitness_load,
    form,
    prior_load,
)

# The three series of the R package ACWR 0.1.0 (MIT): the same week and the same month, differently spread.
STEP = [30] * 21 + [50] * 7
RAMP = [15, 15, 20, 20, 20, 25, 25, 25, 25, 30, 30, 30, 35, 35]
RAMP += [35, 35, 35, 40, 45, 45, 45, 40, 40, 45, 45, 50, 60, 70]
DIP = [55, 50, 40, 60, 45, 50, 50, 20, 30, 80, 25, 10, 30, 15]
DIP += [20, 15, 5, 5, 15, 5, 5, 5, 5, 15, 45, 90, 95, 95]


def days(*loads: float) -> np.ndarray:
    return np.array(loads, dtype=float)


@pytest.mark.parametrize("series", [STEP, RAMP, DIP], ids=["step", "ramp", "dip"])
def test_three_ways_to_the_same_month(series):
    daily = days(*series)
    assert acute_load(daily)[27] == 50
    assert chronic_load(daily)[27] == 35
    assert prior_load(daily)[27] == 30
    assert acwr_coupled(daily)[27] == pytest.approx(1.428571, abs=1e-6)
    assert acwr_uncoupled(daily)[27] == pytest.approx(1.666667, abs=1e-6)


@pytest.mark.parametrize(
    ("series", "day", "acute", "chronic", "ratio"),
    [
        (STEP, 8, 30, 30, 1),
        (STEP, 21, 30, 30, 1),
        (STEP, 22, 35, 31.379310, 1.115385),
        (STEP, 25, 43.671875, 34.972281, 1.248757),
        (STEP, 28, 47.330322, 37.871967, 1.249746),
        (RAMP, 8, 22.000732, 17.708178, 1.242405),
        (RAMP, 14, 30.467171, 22.418731, 1.359005),
        (RAMP, 21, 40.703534, 29.578548, 1.376117),
        (RAMP, 22, 40.527651, 30.297268, 1.337667),
        (RAMP, 25, 42.410103, 32.835341, 1.291599),
        (RAMP, 28, 53.673012, 38.168765, 1.406202),
        (DIP, 8, 42.837830, 50.720489, 0.844586),
        (DIP, 14, 29.150092, 43.578266, 0.668914),
        (DIP, 21, 10.890579, 30.147973, 0.361238),
        (DIP, 22, 9.417934, 28.413630, 0.331458),
        (DIP, 25, 18.738816, 27.296547, 0.686490),
        (DIP, 28, 62.124188, 40.061418, 1.550724),
    ],
)
def test_exponential_means_weigh_the_same_week_differently(series, day, acute, chronic, ratio):
    means = [ewma_load(days(*series), span)[day - 1] for span in (7, 28)]
    assert means == pytest.approx([acute, chronic], abs=6e-7)
    assert means[0] / means[1] == pytest.approx(ratio, abs=6e-7)


def test_an_exponential_mean_starts_from_the_first_value():
    assert ewma_load(days(30, 30), 28).tolist() == pytest.approx([30, 30])


def test_acwr_of_a_doubled_week_is_two_against_the_weeks_before():
    doubled = days(*[5_000] * 21, *[10_000] * 7)
    assert acwr_uncoupled(doubled)[-1] == 2
    assert acwr_coupled(doubled)[-1] == 1.6


@pytest.mark.parametrize(("coupled", "uncoupled"), [(1.3, 1.4444444444), (1.5, 1.8), (2.0, 3.0), (1.6, 2.0)])
def test_coupled_and_uncoupled_are_one_another_in_disguise(coupled, uncoupled):
    daily = days(*[90_000] * 21, *[90_000 * uncoupled] * 7)
    assert acwr_uncoupled(daily)[-1] == pytest.approx(uncoupled)
    assert acwr_coupled(daily)[-1] == pytest.approx(coupled)


def test_coupled_acwr_never_passes_four():
    assert acwr_coupled(days(*[0] * 21, *[10_000] * 7))[-1] == 4
    assert np.isnan(acwr_uncoupled(days(*[0] * 21, *[10_000] * 7))[-1])


def test_a_ratio_of_whole_metres_is_one_division():
    assert acwr_coupled(days(*[10_000] * 28))[-1] == 1
    assert acwr_coupled(days(*[7_000] * 21, *[9_000] * 7))[-1] == 1.2


def test_loads_wait_for_their_days():
    month = days(*[8_000] * 43)
    assert np.flatnonzero(~np.isnan(acute_load(month)))[0] == 6
    assert np.flatnonzero(~np.isnan(chronic_load(month)))[0] == 27
    assert np.flatnonzero(~np.isnan(prior_load(month)))[0] == 27
    assert np.flatnonzero(~np.isnan(acwr_coupled(month)))[0] == 27
    assert np.flatnonzero(~np.isnan(acwr_uncoupled(month)))[0] == 27
    assert np.flatnonzero(~np.isnan(acwr_ewma(month)))[0] == 41


def test_a_month_of_rest_has_no_ratio():
    nothing = np.zeros(60)
    for acwr in (acwr_coupled, acwr_uncoupled, acwr_ewma):
        assert np.isnan(acwr(nothing)).all()


def test_one_unknown_day_makes_the_exponential_ratio_wait_again():
    broken = days(*[8_000] * 50, np.nan, *[8_000] * 42)
    assert acwr_ewma(broken)[49] == pytest.approx(1)
    assert np.isnan(acwr_ewma(broken)[50:92]).all()
    assert acwr_ewma(broken)[92] == pytest.approx(1)


def test_after_an_unknown_day_exponential_means_forget_what_was_before():
    before, after = [12_000, 0, 30_000] * 20, [5_000, 0, 9_000, 0]
    broken = days(*before, np.nan, *after)
    for mean in (lambda daily: ewma_load(daily, 7), fitness_load, fatigue_load):
        np.testing.assert_allclose(mean(broken)[-4:], mean(days(*after)), rtol=1e-12)
        assert np.isnan(mean(broken)[60])


def test_constant_load_reaches_63_percent_after_one_time_constant():
    constant = days(*[100] * 42)
    assert fitness_load(constant)[41] == pytest.approx(63.2121, abs=5e-5)
    assert fatigue_load(constant)[6] == pytest.approx(63.2121, abs=5e-5)


def test_form_is_yesterdays_fitness_less_yesterdays_fatigue():
    daily = days(150, 150, 0, 0)
    assert form(daily)[0] == 0
    assert form(daily)[1] == fitness_load(daily)[0] - fatigue_load(daily)[0] < 0


def test_form_starts_from_zero_again_after_an_unknown_day():
    daily = days(150, np.nan, 90, 90)
    assert np.isnan(form(daily)[1])
    assert form(daily)[2] == 0
