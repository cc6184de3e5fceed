"""Which runs a number lacks, to be said beside it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from monitor.load.daily import UNUSABLE_DISTANCE, usable_distance
from monitor.load.duplicates import Counted
from monitor.load.gathering import is_indoors
from monitor.model import Activity, Exposure, Flag, RunKey

Lacks = Callable[[Activity], bool]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """The runs that count, and what is known of their samples: what a number may be made of."""

    runs: tuple[Counted, ...] = ()
    exposures: Mapping[RunKey, Exposure] | None = None

    def distances(self, last: date, days: int) -> tuple[str, ...]:
        """What a distance, or the longest run, of the *days* days ending *last* lacks; nothing where it lacks none."""
        runs = self._within(last, days)
        treadmill = [run for run in runs if Flag.TREADMILL in run.flags]
        left_out = [run for run in runs if usable_distance(run) is None]
        why = sorted({flag.value for run in left_out for flag in run.flags & UNUSABLE_DISTANCE}) or ["no distance"]
        said = {
            f"{count(treadmill)} on a treadmill: distance uncertain": treadmill,
            f"{count(left_out)} left out: {', '.join(why)}": left_out,
        }
        return tuple(text for text, those in said.items() if those)

    def distance(self, last: date, days: int) -> str:
        """`distances` in one."""
        return "; ".join(self.distances(last, days))

    def fast(self, last: date, days: int) -> str:
        """What fast metres of those days lack."""
        return self._without(last, days, lambda run: run.key not in (self.exposures or {}), "samples")

    def climb(self, last: date, days: int) -> str:
        """What the climb of those days lacks."""
        return self._without(last, days, self._has_no_climb, "climb")

    def _has_no_climb(self, run: Activity) -> bool:
        found = (self.exposures or {}).get(run.key)
        measured = found is not None and found.climb_m is not None
        return usable_distance(run) is None or not (is_indoors(run) or measured or run.climb_m is not None)

    def _without(self, last: date, days: int, lacks: Lacks, what: str) -> str:
        runs = self._within(last, days)
        missing = [run for run in runs if lacks(run)]
        return f"{len(missing)} of {count(runs)} without {what}" if missing else ""

    def _within(self, last: date, days: int) -> list[Activity]:
        return [each.run for each in self.runs if 0 <= (last - each.run.day).days < days]


def count(runs: Sequence[object]) -> str:
    return "1 run" if len(runs) == 1 else f"{len(runs)} runs"


NOTHING_TOLD = LeftOut()
