"""From Strava's streams, one list of numbers a kind, to samples."""

import math
from typing import Any

import numpy as np

from monitor.errors import BadRecord, SourceUnavailable
from monitor.load.windows import Array
from monitor.sources.samples import Samples, both_feet

KEYS = "time,distance,velocity_smooth,altitude,heartrate,cadence,moving"  # and never the places
BEYOND_ANY_RUN = 1e9  # whatever the unit; JSON can hold numbers that a float cannot
NUMBERS = {int, float}  # not bool


def samples_of(told: object) -> Samples | None:
    """The samples in an answer, keyed by type or as a list; None where it has no time, or no way to tell a speed.

    BadRecord where the streams contradict each other.
    """
    streams = _by_type(told)
    time_s, distance_m, speed_mps = (_numbers(streams.get(key)) for key in ("time", "distance", "velocity_smooth"))
    if time_s is None or (distance_m is None and speed_mps is None):
        return None
    cadence_spm = _numbers(streams.get("cadence"))
    return Samples(
        time_s=time_s,
        distance_m=np.full(len(time_s), np.nan) if distance_m is None else distance_m,
        speed_mps=speed_mps,
        altitude_m=_numbers(streams.get("altitude")),
        heartrate_bpm=_numbers(streams.get("heartrate")),
        cadence_spm=None if cadence_spm is None else both_feet(cadence_spm),
        moving=np.array([value is not False for value in streams["moving"]]) if streams.get("moving") else None,
    )


def nothing_there(error: SourceUnavailable) -> bool:
    """Whether Strava refused because it has no such thing: a run that was entered by hand has no streams."""
    from monitor.sources.strava_library import Fault  # takes most of a second: only when used

    return isinstance(error.__cause__, Fault) and error.__cause__.response.status_code == 404


def _by_type(told: object) -> dict[str, list[Any]]:
    """The lists by the name of their kind; what has no list is left out."""
    if isinstance(told, list):
        told = {str(stream.get("type")): stream for stream in told if isinstance(stream, dict)}
    if not isinstance(told, dict):
        raise BadRecord("its streams are neither an object nor a list")
    lists = {kind: stream.get("data") for kind, stream in told.items() if isinstance(stream, dict)}
    return {kind: data for kind, data in lists.items() if isinstance(data, list)}


def _numbers(data: list[Any] | None) -> Array | None:
    """NaN for what is no number; None for no number at all."""
    if not data:
        return None
    if set(map(type, data)) <= NUMBERS and max(map(abs, data)) < BEYOND_ANY_RUN:
        return np.array(data, dtype=np.float64)  # nearly always so, and many times faster than one by one
    numbers = np.array([float(value) if _is_number(value) else math.nan for value in data])
    return None if np.isnan(numbers).all() else numbers


def _is_number(value: object) -> bool:
    return type(value) in NUMBERS and abs(value) < BEYOND_ANY_RUN  # type: ignore[arg-type]
