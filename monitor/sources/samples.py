"""What a watch wrote down during a run, the same whatever file or service it came through."""

from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from monitor.errors import BadRecord
from monitor.load.windows import Array
from monitor.sources.check import ONE_LEG_AT_MOST_SPM


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Samples:
    """Arrays of equal length, a value a sample; NaN where a sample lacks it, None where the whole run does.

    BadRecord where the lengths differ, there is no sample, a value is infinite, or the time is missing somewhere or
    falls. Several samples of one moment are allowed: the last of them counts.
    """

    time_s: Array  # since the start, pauses included
    distance_m: Array  # covered since the start
    speed_mps: Array | None = None  # as the device told it
    altitude_m: Array | None = None
    heartrate_bpm: Array | None = None
    cadence_spm: Array | None = None  # both feet
    moving: npt.NDArray[np.bool_] | None = None  # false where the device or the service says that the runner rested

    def __post_init__(self) -> None:
        given = [values for field in fields(self) if (values := getattr(self, field.name)) is not None]
        if len({len(values) for values in given}) > 1:
            raise BadRecord("its samples are of different lengths")
        if not len(self.time_s):
            raise BadRecord("it has no samples")
        if any(np.isinf(values).any() for values in given):
            raise BadRecord("a value of its samples is infinite")
        if not (np.diff(self.time_s, prepend=self.time_s[:1]) >= 0).all():  # nor is it where a time is missing
            raise BadRecord("the times of its samples are not in order")


def both_feet(cadence_spm: Array) -> Array:
    """Steps per minute of both feet, from a device that may have counted one. [steps/min]

    Where the middle of a run's cadences is one that only a single leg has, every value of that kind is doubled.
    """
    counted = cadence_spm[cadence_spm > 0]
    if not len(counted) or np.median(counted) > ONE_LEG_AT_MOST_SPM:
        return cadence_spm
    return np.where(cadence_spm <= ONE_LEG_AT_MOST_SPM, 2 * cadence_spm, cadence_spm)
