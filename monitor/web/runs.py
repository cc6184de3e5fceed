"""The runs on a runner's page, with what is known of each."""

from collections.abc import Iterable
from dataclasses import dataclass

from monitor.load.daily import usable_distance
from monitor.load.duplicates import Counted
from monitor.load.exposure import fast_m
from monitor.load.gathering import is_indoors
from monitor.model import Activity, Exposure
from monitor.store.view import Judged


@dataclass(frozen=True, slots=True)
class Listed:
    """A run with what is told of it beside its distance and time; None is not known."""

    counted: Counted
    climb_m: float | None
    fast_m: float | None


def listed(judged: Judged, runs: Iterable[Counted]) -> list[Listed]:
    """These *runs* of the runner, in their order."""
    fast_mps = judged.fast_speed.mps if judged.fast_speed else None
    exposures = [(each, judged.exposures.get(each.run.key)) for each in runs]
    return [Listed(each, _climb_m(each.run, found), _fast_m(each.run, found, fast_mps)) for each, found in exposures]


def _climb_m(run: Activity, found: Exposure | None) -> float | None:
    """What the samples hold, else what the source told; indoors there are no true hills."""
    if is_indoors(run):
        return None
    return found.climb_m if found and found.climb_m is not None else run.climb_m


def _fast_m(run: Activity, found: Exposure | None, fast_mps: float | None) -> float | None:
    if found is None or fast_mps is None or usable_distance(run) is None:
        return None
    return fast_m(found, fast_mps)
