"""The published scores of how hard runs were, day by day; each needs something else of the runner and of the run."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from monitor.load.gathering import is_indoors
from monitor.load.internal import (
    banister_of,
    edwards_trimp,
    lucia_trimp,
    measured_heartrate,
    rtss,
    session_rpe_of,
)
from monitor.load.training import Log
from monitor.load.windows import Array
from monitor.model import SPEED_STEP_MPS, Activity, Exposure, Profile


@dataclass(frozen=True, slots=True)
class Score:
    """*of* one run, None where the run lacks what it takes; *needs* are the fields of the profile that it takes."""

    title: str
    of: Callable[[Activity, Exposure | None, Profile], float | None]
    of_each_run: str  # what it takes of a run, for a person
    needs: tuple[str, ...] = ()

    def missing(self, profile: Profile) -> tuple[str, ...]:
        """The fields that the runner has not told."""
        return tuple(name for name in self.needs if getattr(profile, name) is None)


def daily_scores(log: Log) -> dict[str, Array]:
    """Each of `SCORES` for the days of the history, of all runs of a day together. [AU]

    0 on a day of rest. NaN on an unknown day, on one with a run that lacks what the score takes (no heart rate is not
    rest), and on all days with a run where the profile lacks it.
    """
    if log.history is None:
        return {}
    known = np.where(np.isnan(log.history.distance_m), np.nan, 0.0)
    days = {name: known.copy() for name in SCORES}
    for each in log.runs:
        n = log.history.index(each.run.day)
        if 0 <= n < len(known):
            for name, score in SCORES.items():
                days[name][n] += _value(score, each.run, log.exposures.get(each.run.key), log.profile)
    return days


def graded_speed_mps(run: Activity, exposure: Exposure | None) -> float | None:
    """Mean grade-adjusted speed. [m/s] Slopes up of less than 4 % count as flat; None without samples or their grade.

    Indoors there are no hills.
    """
    if exposure is None or not sum(exposure.speed_s):
        return None
    if is_indoors(run):
        return sum(exposure.speed_m) / sum(exposure.speed_s)
    if exposure.uphill_m is None or exposure.uphill_s is None:
        return None
    uphill_m = sum(seconds * SPEED_STEP_MPS * (n + 0.5) for n, seconds in enumerate(exposure.uphill_s))
    return (sum(exposure.speed_m) - sum(exposure.uphill_m) + uphill_m) / sum(exposure.speed_s)


def _value(score: Score, run: Activity, exposure: Exposure | None, profile: Profile) -> float:
    found = None if score.missing(profile) else score.of(run, exposure, profile)
    return float("nan") if found is None else found


def _edwards(run: Activity, exposure: Exposure | None, profile: Profile) -> float | None:
    rate, most = measured_heartrate(run, exposure), profile.max_heartrate_bpm
    return None if rate is None or most is None else edwards_trimp(rate, most)


def _lucia(run: Activity, exposure: Exposure | None, profile: Profile) -> float | None:
    rate, first, second = measured_heartrate(run, exposure), profile.first_threshold_bpm, profile.second_threshold_bpm
    return None if rate is None or first is None or second is None else lucia_trimp(rate, first, second)


def _rtss(run: Activity, exposure: Exposure | None, profile: Profile) -> float | None:
    speed, threshold = graded_speed_mps(run, exposure), profile.threshold_mps
    return None if speed is None or threshold is None or run.moving_s is None else rtss(run.moving_s, speed, threshold)


HEART_RATE = "heart rate"
SCORES: Mapping[str, Score] = {
    "srpe": Score("sRPE", session_rpe_of, "a rating of exertion"),
    "banister_trimp": Score("Banister TRIMP", banister_of, HEART_RATE, ("resting_heartrate_bpm", "max_heartrate_bpm")),
    "edwards_trimp": Score("Edwards TRIMP", _edwards, HEART_RATE, ("max_heartrate_bpm",)),
    "lucia_trimp": Score("Lucia TRIMP", _lucia, HEART_RATE, ("first_threshold_bpm", "second_threshold_bpm")),
    "rtss": Score("rTSS", _rtss, "samples of speed and grade", ("threshold_mps",)),
}
