"""Seeded runners as a block of rows: every series, for any number of runners and days."""

from datetime import date

import numpy as np

from monitor.load.daily import SERIES, History

FIRST_DAY = date(2023, 1, 2)
RUN_SHARE, FAST_SHARE, UPHILL_SHARE = 2 / 3, 1 / 6, 1 / 8


def fleet(runners: int, days: int, seed: int = 20_260_302) -> History:
    """Two days in three a run of 4 to 20 km; some of them with fast or hilly running in it, a few of them marked."""
    chance = np.random.default_rng(seed)
    shape = runners, days
    ran = chance.random(shape) < RUN_SHARE
    rest = np.zeros(shape)

    def drawn(least: float, most: float, where: np.ndarray = ran) -> np.ndarray:
        return np.where(where, np.rint(chance.uniform(least, most, shape)), 0.0)

    def of_runs(least: float, most: float) -> np.ndarray:
        return np.where(ran, chance.uniform(least, most, shape), np.nan)

    distance_m, fast = drawn(4_000, 20_000), ran & (chance.random(shape) < FAST_SHARE)
    moving_s, hilly = np.rint(distance_m * 0.36), fast & (chance.random(shape) < UPHILL_SHARE)
    race = (ran & (chance.random(shape) < 1 / 120)).astype(float)
    return History(
        FIRST_DAY,
        distance_m=distance_m,
        moving_s=moving_s,
        runs=ran.astype(float),
        unusable_runs=rest,
        unusable_s=rest,
        fast_m=drawn(200, 3_000, fast),
        sprint_m=drawn(0, 200, fast),
        fast_uphill_m=drawn(100, 900, hilly),
        internal_load=drawn(150, 900),
        longest_m=distance_m,
        longest_s=moving_s,
        by_time_s=np.where(chance.random(shape) < 1 / 10, moving_s, 0.0),
        climb_m=drawn(0, 400),
        hard_marked=np.maximum(race, (fast & (chance.random(shape) < 1 / 4)).astype(float)),
        race=race,
        start_h=of_runs(6, 20),
        cadence_spm=of_runs(155, 180),
        cadence_mps=of_runs(2.4, 3.4),
        cadence_grade=of_runs(-0.01, 0.01),
        cadence_fade=of_runs(0.9, 1.05),
        pace_fade=of_runs(0.9, 1.05),
        heartrate_fade=of_runs(0.97, 1.06),
        checked_in=rest,
        pain=rest,
        excused=(chance.random(shape) < 1 / 60).astype(float),
    )


def row(block: History, n: int) -> History:
    """One runner of a block."""
    return History(block.first_day, **{name: getattr(block, name)[n] for name in SERIES})
