"""Recordings with known answers, as a perfect watch would have made them."""

from dataclasses import fields
from typing import Any

import numpy as np
import numpy.typing as npt

from monitor.load.exposure import fast_m
from monitor.load.windows import Array
from monitor.model import Exposure
from monitor.sources.exposure import exposure
from monitor.sources.samples import Samples

Leg = tuple[int, float] | tuple[int, float, float]  # seconds, m/s, and the grade where there is one


def recorded(*legs: Leg, every_s: int = 1, **given: Any) -> Samples:
    """A sample every *every_s* seconds of runs at steady speeds, one after the other; any field can be *given*."""
    speed_mps = per_second(*((leg[0], leg[1]) for leg in legs))
    grade = per_second(*((leg[0], leg[2] if len(leg) > 2 else 0.0) for leg in legs))
    return samples(
        np.append(0.0, np.cumsum(speed_mps)),
        every_s,
        altitude_m=100.0 + np.append(0.0, np.cumsum(speed_mps * grade)),
        **given,
    )


def samples(distance_m: Array, every_s: int = 1, **given: Any) -> Samples:
    """Samples of a run whose distance stands at *distance_m* second by second, the last of them always."""
    kept = np.unique(np.append(np.arange(0, len(distance_m), every_s), len(distance_m) - 1))
    told = {"time_s": np.arange(len(distance_m), dtype=float), "distance_m": distance_m} | given
    return Samples(**{name: None if values is None else values[kept] for name, values in told.items()})


def only(samples: Samples, index: npt.NDArray[np.int_]) -> Samples:
    """Those of the samples that a watch with gaps would have kept."""
    return Samples(
        **{
            field.name: None if (values := getattr(samples, field.name)) is None else values[index]
            for field in fields(Samples)
        }
    )


def per_second(*stretches: tuple[int, float]) -> Array:
    """(seconds, value) one after the other, a value a second."""
    return np.repeat([value for _, value in stretches], [seconds for seconds, _ in stretches]).astype(float)


def outdoors(samples: Samples) -> Exposure:
    return exposure(samples, indoors=False)


def metres_from(speed_mps: float, found: Exposure) -> float:
    """Metres at *speed_mps* and faster."""
    return fast_m(found, speed_mps)
