"""The streams of a recording: one sample a second of moving time, in Strava's shapes."""

from typing import Any

import numpy as np

from monitor.sandbox.recording import Points, Recording, Track, track

NULL_ISLAND_LAP_M = 2_000.0  # every outdoor run goes round a place where nobody lives: 0° north, 0° east
METRES_PER_DEGREE = 111_320.0


def streams(recording: Recording) -> dict[str, list[Any]]:
    """All streams by name. A treadmill knows no altitude, no grade and no place; not every device feels a heart."""
    points = track(recording)
    second = np.arange(int(points.at_s[-1]) + 1)
    half_way = len(second) // 2
    samples: dict[str, list[Any]] = {
        "time": (second + recording.pause_s * (second > half_way)).tolist(),
        "moving": (second != half_way + 1).tolist() if recording.pause_s else [True] * len(second),
        "distance": _sampled(second, points, points.distance_m, 1),
        "velocity_smooth": _sampled(second, points, points.speed_mps, 2),
        "cadence": _sampled(second, points, points.cadence_spm, 0),
    }
    if recording.heartrate:
        samples["heartrate"] = _sampled(second, points, points.heartrate_bpm, 0)
    if not recording.treadmill:
        samples["altitude"] = _sampled(second, points, points.altitude_m, 1)
        samples["grade_smooth"] = _sampled(second, points, 100.0 * points.grade, 1)
        samples["latlng"] = _round_the_island(np.interp(second, points.at_s, points.distance_m))
    return samples


def _sampled(second: np.typing.NDArray[np.int_], points: Track, values: Points, digits: int) -> list[Any]:
    rounded = np.round(np.interp(second, points.at_s, values), digits)
    return list((rounded if digits else rounded.astype(int)).tolist())


def _round_the_island(distance_m: Points) -> list[Any]:
    angle = 2.0 * np.pi * distance_m / NULL_ISLAND_LAP_M
    radius = NULL_ISLAND_LAP_M / (2.0 * np.pi) / METRES_PER_DEGREE
    return list(np.column_stack((radius * np.cos(angle), radius * np.sin(angle))).round(6).tolist())
