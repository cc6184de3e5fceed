"""The load core against what other programs computed from the same loads."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from monitor.load.variation import monotony, strain
from monitor.load.workload import (
    acute_load,
    acwr_coupled,
    acwr_uncoupled,
    chronic_load,
    ewma_load,
    fatigue_load,
    fitness_load,
    form,
)

ORACLES = (Path(__file__).parents[2] / "../shared/data/oracles").resolve()
pytestmark = pytest.mark.skipif(not ORACLES.is_dir(), reason="the oracle files are not beside this repository")


@pytest.mark.parametrize("runner", [1, 2, 3])
def test_exponential_means_are_those_of_the_r_package_acwr(runner):
    printed = pd.read_csv(ORACLES / "acwr_r_output.csv").query("ID == @runner")
    daily = printed["TL"].to_numpy(float)
    np.testing.assert_allclose(ewma_load(daily, 7), printed["EWMA_acute"], rtol=1e-9)
    np.testing.assert_allclose(ewma_load(daily, 28), printed["EWMA_chronic"], rtol=1e-9)


@pytest.mark.parametrize("runner", [1, 2, 3])
def test_rolling_ratios_are_those_of_the_r_package_acwr_on_day_28(runner):
    # Only there: earlier it divides by the days it has, later its uncoupled form divides 15 values by 21.
    printed = pd.read_csv(ORACLES / "acwr_r_output.csv").query("ID == @runner")
    daily = printed["TL"].to_numpy(float)
    assert round(acwr_coupled(daily)[27], 2) == printed["RAC_ACWR"].iloc[27]
    assert round(acwr_uncoupled(daily)[27], 2) == printed["RAU_ACWR"].iloc[27]


def test_rolling_means_are_those_of_the_r_package_athlytics():
    sessions = pd.read_csv(ORACLES / "athlytics_sample_parsed.csv", parse_dates=["date"]).query("sport_type == 'Run'")
    printed = pd.read_csv(ORACLES / "athlytics_sample_rolling_km.csv", parse_dates=["date"]).set_index("date")
    days = pd.date_range("2024-10-01", printed.index[-1])
    daily = sessions.groupby("date")["distance"].sum().reindex(days, fill_value=0).to_numpy(float)
    tail = slice(-len(printed), None)
    np.testing.assert_allclose(acute_load(daily)[tail] / 1000, printed["atl"], rtol=1e-9)
    np.testing.assert_allclose(chronic_load(daily)[tail] / 1000, printed["ctl"], rtol=1e-9)
    np.testing.assert_allclose(acwr_coupled(daily)[tail], printed["acwr"], rtol=1e-9)


POPULATION = np.sqrt(7 / 6)  # that system divides by n, we by n − 1


@pytest.mark.parametrize(
    ("measure", "column", "share", "relative"),
    [
        (acute_load, "atl", 0.98, 0),
        (chronic_load, "ctl28", 0.97, 0),
        (acwr_coupled, "acwr", 0.96, 0),
        (lambda daily: POPULATION * monotony(daily), "monotony", 0.94, 0),
        (lambda daily: POPULATION * strain(daily), "strain", 0.94, 0.01),  # thousands × a rounded monotony
    ],
    ids=["acute", "chronic", "acwr", "monotony", "strain"],
)
def test_most_days_are_those_of_an_athlete_monitoring_system(measure, column, share, relative):
    """25 footballers, two years: Midoglu et al. 2024, doi:10.5281/zenodo.10033832 (CC BY 4.0).

    Not all, because that system did not compute a day again when a load was reported late, and used the sample
    deviation for some weeks of two of the players.
    """
    table = pd.read_csv(ORACLES / "soccermon_half.csv.gz").groupby("player_id")
    ours = measure(np.stack([loads.to_numpy(float) for _, loads in table["daily_load"]]))
    theirs = np.stack([printed.to_numpy(float) for _, printed in table[column]])
    computable = ~np.isnan(ours)
    assert computable.sum() > 10_000
    assert np.isclose(ours, theirs, rtol=relative, atol=0.01)[computable].mean() > share


def test_fitness_and_fatigue_are_those_of_elevate():
    facts = json.loads((ORACLES / "oracles.json").read_text())["elevate_fitness_trend"]
    loads = pd.Series({pd.Timestamp(day): load for day, load in facts["daily_load"].items()})
    days = pd.date_range("2018-01-01", "2018-02-12")
    daily = loads.reindex(days, fill_value=0).to_numpy(float)
    ours = {"ctl": fitness_load(daily), "atl": fatigue_load(daily), "tsb": form(daily)}
    for day, expected in facts["expected"].items():
        at = days.get_loc(pd.Timestamp(day))
        # Printed with everything behind the second decimal cut off, downwards.
        assert {name: float(np.floor(100 * ours[name][at]) / 100) for name in expected} == expected
