"""A plan as a watch would have recorded it: one point every few seconds, the same for the same seed."""

from dataclasses import dataclass
from datetime import datetime

import numpy as np
import numpy.typing as npt

from monitor.sandbox.plan import Plan, distance_m

Points = npt.NDArray[np.float64]

STEP_S = 5
FORM, UNEVEN_PACE = 0.015, 0.015  # standard deviations from run to run and within a run, as shares of the speed
UNEVEN_CADENCE = 0.4  # standard deviation, steps of one leg per minute
ROLL, ROLL_LENGTH_M = 0.008, 150.0  # no road is quite flat: slope of a gentle swell, well below any hill
DRIFT_BPM_PER_H = 5.0
HEART_LAG = np.exp(-np.arange(24) * STEP_S / 30.0)  # the heart follows the effort with half a minute's delay
RESTING_BPM, HIGHEST_BPM = 85.0, 188.0


@dataclass(frozen=True, slots=True)
class Body:
    """What a runner's easy running looks like on a watch."""

    easy_mps: float = 2.9
    easy_bpm: float = 140.0
    cadence_spm: float = 83.0  # of one leg, as Strava counts it


AVERAGE_BODY = Body()


@dataclass(frozen=True, slots=True)
class Recording:
    """One run by one device: all that its summary and its streams are made from."""

    id: int
    start: datetime  # with the runner's zone
    plan: Plan
    body: Body
    sport: str = "Run"
    device: str = "Sandbox watch"
    treadmill: bool = False
    heartrate: bool = True
    pause_s: int = 0  # one stop half-way, the watch halted


@dataclass(frozen=True, slots=True)
class Track:
    """The points of a recording, the first at the start and the last at the end of the run."""

    at_s: Points  # moving time
    distance_m: Points
    speed_mps: Points
    grade: Points  # rise per metre run
    altitude_m: Points
    heartrate_bpm: Points
    cadence_spm: Points  # of one leg


def track(recording: Recording) -> Track:
    """The points of *recording*. Its last distance is the planned one, to the metre."""
    rng, body = np.random.default_rng(recording.id), recording.body
    easy_mps = body.easy_mps * rng.normal(1.0, FORM)
    at_s, effort, slope = _followed(recording.plan, easy_mps)
    speed_mps = easy_mps * effort * rng.normal(1.0, UNEVEN_PACE, len(at_s))
    covered_m = _covered(at_s, speed_mps)
    exactly = distance_m(recording.plan) / covered_m[-1]
    covered_m, speed_mps = covered_m * exactly, speed_mps * exactly
    grade = slope + ROLL * np.sin(covered_m / ROLL_LENGTH_M)
    return Track(
        at_s=at_s,
        distance_m=covered_m,
        speed_mps=speed_mps,
        grade=grade,
        altitude_m=40.0 + np.cumsum(grade * np.diff(covered_m, prepend=0.0)),
        heartrate_bpm=_heartrate(body, at_s, speed_mps * (1.0 + 5.0 * np.maximum(grade, 0.0))),
        cadence_spm=body.cadence_spm + 3.0 * (speed_mps - body.easy_mps) + rng.normal(0.0, UNEVEN_CADENCE, len(at_s)),
    )


def _followed(plan: Plan, easy_mps: float) -> tuple[Points, Points, Points]:
    """The times of the points, and the effort and slope that the plan asks for at each of them."""
    length_m, effort, grade = np.array(plan, dtype=np.float64).T
    ends_s = np.cumsum(length_m / (easy_mps * effort))
    moving_s = max(1, round(ends_s[-1]))
    at_s = np.linspace(0.0, moving_s, moving_s // STEP_S + 2)
    segment = np.minimum(np.searchsorted(ends_s, at_s), len(plan) - 1)
    return at_s, effort[segment], grade[segment]


def _covered(at_s: Points, speed_mps: Points) -> Points:
    """Distance run since the start. [m]"""
    between = (speed_mps[1:] + speed_mps[:-1]) / 2.0 * np.diff(at_s)
    return np.concatenate(([0.0], np.cumsum(between)))


def _heartrate(body: Body, at_s: Points, felt_mps: Points) -> Points:
    """What the heart makes of a speed, uphill counted as faster. [beats per minute]"""
    drift = DRIFT_BPM_PER_H * at_s / 3600.0
    asked = np.clip(body.easy_bpm + drift + 18.0 * (felt_mps - body.easy_mps), RESTING_BPM, HIGHEST_BPM)
    before = np.full(len(HEART_LAG) - 1, RESTING_BPM)
    return np.convolve(np.concatenate((before, asked)), HEART_LAG / HEART_LAG.sum(), mode="valid")
