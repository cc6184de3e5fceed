"""The points of a track as samples: in order of time, with the way between them where the device told no distance."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from monitor.errors import BadRecord
from monitor.load.windows import Array
from monitor.sources.check import CADENCES_SPM, HEART_RATES_BPM
from monitor.sources.recording_track import UNKNOWN, Point
from monitor.sources.samples import Samples, both_feet

EARTH_M = 6_371_008.8  # mean radius
LONGEST_SILENCE_S = 2 * 86_400  # a watch may stay paused over night
SHORTEST_PAUSE_S, STANDING_MPS = 10.0, 0.5

Columns = Mapping[str, Array]


@dataclass(frozen=True, slots=True)
class Totals:
    """A session as its samples tell it; NaN where they do not."""

    distance_m: float = UNKNOWN
    moving_s: float = UNKNOWN
    elapsed_s: float = UNKNOWN
    average_heartrate_bpm: float = UNKNOWN
    max_heartrate_bpm: float = UNKNOWN
    cadence_spm: float = UNKNOWN  # while in motion


def samples(points: Sequence[Point], *, on_foot: bool) -> Samples:
    """The samples of a track. *on_foot*, a cadence of one leg is doubled.

    BadRecord where two points that follow each other are days apart.
    """
    columns = _in_order(points)
    distance_m, cadence = columns["distance_m"], columns["cadence"]
    if not np.isfinite(distance_m).any():
        distance_m = _along_positions_m(columns)
    return Samples(
        time_s=columns["time_s"] - columns["time_s"][0],
        distance_m=distance_m - distance_m[np.isfinite(distance_m)][:1].sum(),
        speed_mps=_given(columns["speed_mps"]),
        altitude_m=_given(columns["altitude_m"]),
        heartrate_bpm=_given(columns["heartrate_bpm"]),
        cadence_spm=_given(both_feet(cadence) if on_foot else cadence),
    )


def totals(samples: Samples) -> Totals:
    """What the samples come to. A pause is more than 10 s without a sample in which the runner hardly moved."""
    took_s, way_m = np.diff(samples.time_s), np.diff(samples.distance_m)
    paused = (took_s > SHORTEST_PAUSE_S) & ~(way_m >= STANDING_MPS * took_s)
    held_s = np.minimum(np.append(took_s, 1.0), SHORTEST_PAUSE_S)  # samples may be few where little changes
    return Totals(
        distance_m=float(np.fmax.reduce(samples.distance_m)),
        moving_s=float(took_s[~paused].sum()),
        elapsed_s=float(samples.time_s[-1]),
        average_heartrate_bpm=_mean(samples.heartrate_bpm, held_s, HEART_RATES_BPM),
        max_heartrate_bpm=float(np.fmax.reduce(_within(samples.heartrate_bpm, HEART_RATES_BPM), initial=np.nan)),
        cadence_spm=_mean(samples.cadence_spm, held_s, CADENCES_SPM),
    )


def _in_order(points: Sequence[Point]) -> Columns:
    columns = dict(zip(Point._fields, np.array(points, dtype=float).T, strict=True))
    time_s = columns["time_s"]
    jump_s = np.abs(np.diff(time_s)).max(initial=0.0)
    if jump_s > LONGEST_SILENCE_S:
        raise BadRecord(f"its clock jumps by {jump_s / 86_400:.0f} days between two samples")
    rising = time_s >= np.maximum.accumulate(time_s)  # a watch that sets its clock may go back a little
    return {name: values[rising] for name, values in columns.items()}


def _along_positions_m(columns: Columns) -> Array:
    """The way so far along the positions [m], NaN where there is none; nothing is added while recording was stopped."""
    latitude, longitude = np.radians(columns["latitude_deg"]), np.radians(columns["longitude_deg"])
    placed = np.flatnonzero(np.isfinite(latitude) & np.isfinite(longitude))
    steps_m = _great_circle_m(latitude[placed], longitude[placed])
    steps_m[np.diff(columns["segment"][placed]) != 0] = 0.0
    way_m = np.full(len(latitude), np.nan)
    way_m[placed] = np.append(0.0, np.cumsum(steps_m))[: len(placed)]
    return way_m


def _great_circle_m(latitude: Array, longitude: Array) -> Array:
    """The way from each position to the next by the haversine formula. [m]"""
    half_chord = (
        np.sin(np.diff(latitude) / 2) ** 2
        + np.cos(latitude[:-1]) * np.cos(latitude[1:]) * np.sin(np.diff(longitude) / 2) ** 2
    )
    return np.asarray(2 * EARTH_M * np.arcsin(np.sqrt(half_chord)))


def _given(values: Array) -> Array | None:
    return values if np.isfinite(values).any() else None


def _mean(values: Array | None, weights: Array, limits: tuple[float, float]) -> float:
    known = np.isfinite(_within(values, limits))
    return float(np.average(values[known], weights=weights[known])) if values is not None and known.any() else UNKNOWN


def _within(values: Array | None, limits: tuple[float, float]) -> Array:
    if values is None:
        return np.empty(0)
    return np.where((values >= limits[0]) & (values <= limits[1]), values, np.nan)
