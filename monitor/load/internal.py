"""How hard a run was for its runner: the internal load that the product counts, and other published scores.

The rules count `internal_loads`: Banister's impulse, or else the rating of exertion. `scores.py` shows those
of each run by day; hrTSS is shown nowhere.
"""

from collections.abc import Mapping, Sequence
from math import exp
from typing import NamedTuple

from monitor.model import Activity, Exposure, Profile, RunKey

HeartRate = Sequence[tuple[float, float]]  # (beats per minute, seconds), in any order

COVERAGE = 0.75  # measured for less of the moving time, the heart rate of a run is missing: not rest, not more of it


class Weights(NamedTuple):
    """A minute at the share x of the heart-rate reserve weighs factor · x · e^(exponent · x)."""

    factor: float
    exponent: float


MEN, WOMEN = Weights(0.64, 1.92), Weights(0.86, 1.67)


def session_rpe_load(rpe: float, moving_s: float) -> float:
    """Rating of perceived exertion, 0 to 10, × minutes. [AU]

    Source: Foster 1998, Med Sci Sports Exerc 30:1164, doi:10.1097/00005768-199807000-00023.
    """
    return rpe * moving_s / 60


def banister_trimp(heartrate_s: HeartRate, resting_bpm: float, max_bpm: float, weights: Weights) -> float:
    """Training impulse: the minutes at each share of the heart-rate reserve, weighed exponentially. [AU]

    The share is (rate − resting) / (maximum − resting), kept between 0 and 1; the maximum is above the resting rate.
    Source: Banister 1991, in Physiological Testing of the High-Performance Athlete, 2nd ed., 403-424.
    """
    shares = [((bpm - resting_bpm) / (max_bpm - resting_bpm), seconds) for bpm, seconds in heartrate_s]
    kept = [(min(max(share, 0.0), 1.0), seconds) for share, seconds in shares]
    return sum(seconds / 60 * weights.factor * share * exp(weights.exponent * share) for share, seconds in kept)


def internal_loads(
    runs: Sequence[Activity], exposures: Mapping[RunKey, Exposure], profile: Profile
) -> dict[RunKey, float]:
    """The internal load of each run that can be told, in whole units. [TRIMP × 10, or AU of sRPE]

    One method for all runs of a runner, so that their days compare: `banister_trimp` where resting and maximum heart
    rate are told, else `session_rpe_load`. Runs that the method cannot tell are absent. Men's weights where the sex
    is not told: every run of the runner is weighed alike, and they are compared with nobody else's.
    """
    method = _banister_10 if profile.resting_heartrate_bpm and profile.max_heartrate_bpm else session_rpe_of
    loads = {run.key: method(run, exposures.get(run.key), profile) for run in runs}
    return {key: float(round(load)) for key, load in loads.items() if load is not None}


def measured_heartrate(run: Activity, exposure: Exposure | None) -> HeartRate | None:
    """The heart rate of a run, from its samples, or its mean where there are none.

    None where it is missing, and where samples hold it for less than 75 % of the moving time.
    """
    if exposure is not None:
        return exposure.heartrate_s if exposure.heartrate_coverage >= COVERAGE else None
    if run.average_heartrate_bpm is None or run.moving_s is None:
        return None
    return [(run.average_heartrate_bpm, run.moving_s)]


def banister_of(run: Activity, exposure: Exposure | None, profile: Profile) -> float | None:
    """`banister_trimp` of a run. [AU] None without its heart rate, or the runner's resting and maximal one."""
    heartrate_s = measured_heartrate(run, exposure)
    resting_bpm, max_bpm = profile.resting_heartrate_bpm, profile.max_heartrate_bpm
    if heartrate_s is None or resting_bpm is None or max_bpm is None:
        return None
    return banister_trimp(heartrate_s, resting_bpm, max_bpm, WOMEN if profile.sex == "women" else MEN)


def session_rpe_of(run: Activity, _exposure: Exposure | None, _profile: Profile) -> float | None:
    """`session_rpe_load` of a run. [AU] None without a rating or a time."""
    return None if run.rpe is None or run.moving_s is None else session_rpe_load(run.rpe, run.moving_s)


def _banister_10(run: Activity, exposure: Exposure | None, profile: Profile) -> float | None:
    load = banister_of(run, exposure, profile)
    return None if load is None else 10 * load


def heartrate_stress_score(trimp: float, threshold_trimp_per_h: float) -> float:
    """A run's `banister_trimp` in hundredths of an hour at the lactate threshold. [1]"""
    return 100 * trimp / threshold_trimp_per_h


def edwards_trimp(heartrate_s: HeartRate, max_bpm: int) -> float:
    """Minutes × 1 from 50 % of the maximum heart rate on, × 2 from 60 %, … × 5 from 90 %; nothing below. [AU]

    Source: Edwards 1993, as restated by Foster et al. 2001, J Strength Cond Res 15:109.
    """
    return sum(seconds / 60 * min(max(10 * bpm // max_bpm - 4, 0), 5) for bpm, seconds in heartrate_s)


def lucia_trimp(heartrate_s: HeartRate, first_threshold_bpm: float, second_threshold_bpm: float) -> float:
    """Minutes × 1 below the first ventilatory threshold, × 2 up to the second, × 3 beyond it. [AU]

    Source: Lucía et al. 2003, Med Sci Sports Exerc 35:872, doi:10.1249/01.MSS.0000064999.82036.B4.
    """
    return sum(
        seconds / 60 * (1 + (bpm >= first_threshold_bpm) + (bpm > second_threshold_bpm)) for bpm, seconds in heartrate_s
    )


def rtss(moving_s: float, graded_speed_mps: float, threshold_mps: float) -> float:
    """Running stress score: hours × (grade-adjusted speed / threshold speed)² × 100. [1]

    Of the plain mean of the grade-adjusted speed, not of a fourth-power one: an uneven run scores a little less.
    An hour at the threshold is 100. The formula is the field's custom (Coggan, McGregor, Skiba), not a study's.
    """
    return 100 * moving_s / 3600 * (graded_speed_mps / threshold_mps) ** 2
