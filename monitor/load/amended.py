"""Runs as their runner corrects them: left out, of another distance or rating, several made one."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from monitor.load.daily import usable_distance
from monitor.load.duplicates import Counted
from monitor.load.merging import as_one
from monitor.model import Activity, Amendment, Change, Exposure, Flag, RunKey

DISTANCE_DOUBTS = frozenset({Flag.NO_DISTANCE, Flag.TOO_FAST, Flag.TOO_SLOW})


@dataclass(frozen=True, slots=True)
class Amended:
    """The sessions that count and those that the runner left out, in order of time."""

    runs: list[Counted]
    excluded: list[Counted]


def amended(sessions: Iterable[Counted], amendments: Sequence[Amendment]) -> Amended:
    """The *sessions* as their runner corrects them.

    A correction of any record of a session is one of the session, so that a copy which comes later, or counts
    instead, does not undo it. What is said of a run that is not there changes nothing.
    """
    if not amendments:
        return Amended(list(sessions), [])
    said: dict[RunKey, list[Amendment]] = defaultdict(list)
    for each in amendments:
        said[each.run].append(each)
    read = [_read(session, [each for run in session.records for each in said[run.key]]) for session in sessions]
    excluded = [session for session in read if _of(session, Change.EXCLUDE)]
    return Amended(_merged([session for session in read if not _of(session, Change.EXCLUDE)]), excluded)


def joined(parts: Sequence[Exposure | None]) -> Exposure | None:
    """What the samples of a run made of these *parts* contained; None where those of one are not known.

    Form (cadence, the last third against the first) is that of the longest part: it is no sum.
    """
    known = [part for part in parts if part is not None]
    if len(known) < len(parts) or not known:
        return None
    longest = max(known, key=lambda part: sum(part.speed_m))
    seconds = [sum(part.speed_s) for part in known]
    return replace(
        longest,
        speed_m=_sums([part.speed_m for part in known]),
        speed_s=_sums([part.speed_s for part in known]),
        uphill_m=_all_sums([part.uphill_m for part in known]),
        uphill_s=_all_sums([part.uphill_s for part in known]),
        repetitions=_sums([part.repetitions for part in known]),
        sprint_m=sum(part.sprint_m for part in known),
        best_5k_s=min((part.best_5k_s for part in known if part.best_5k_s is not None), default=None),
        climb_m=_total([part.climb_m for part in known]),
        descent_m=_total([part.descent_m for part in known]),
        heartrate_s=tuple(pair for part in known for pair in part.heartrate_s),
        heartrate_coverage=sum(part.heartrate_coverage * s for part, s in zip(known, seconds, strict=True))
        / max(sum(seconds), 1),
    )


def _read(session: Counted, said: Sequence[Amendment]) -> Counted:
    if not said:
        return session
    run = session.run
    for each in said:
        run = _CHANGES[each.change](run, each.value) if each.change in _CHANGES else run
    return replace(session, run=run, amendments=tuple(said))


def _with_distance(run: Activity, metres: float | None) -> Activity:
    return replace(run, distance_m=round(metres or 0), flags=run.flags - DISTANCE_DOUBTS)


def _with_rating(run: Activity, rating: float | None) -> Activity:
    return replace(run, rpe=rating)


_CHANGES = {Change.DISTANCE: _with_distance, Change.RPE: _with_rating}


def _of(session: Counted, change: Change) -> list[Amendment]:
    return [each for each in session.amendments if each.change is change]


def _merged(sessions: Sequence[Counted]) -> list[Counted]:
    """The sessions in order of time, those that belong together as one. A run without a usable distance stays alone."""
    place = {run.key: n for n, session in enumerate(sessions) for run in session.records}
    together = list(range(len(sessions)))
    for n, session in enumerate(sessions):
        for each in _of(session, Change.MERGE):
            other = place.get(each.into) if each.into else None
            if other is not None and _can_merge(session) and _can_merge(sessions[other]):
                together[_root(together, n)] = _root(together, other)
    chains: Mapping[int, list[Counted]] = defaultdict(list)
    for n, session in enumerate(sessions):
        chains[_root(together, n)].append(session)
    return sorted((_one(chain) for chain in chains.values()), key=lambda session: session.run.start)


def _can_merge(session: Counted) -> bool:
    return usable_distance(session.run) is not None


def _root(together: Sequence[int], n: int) -> int:
    while together[n] != n:
        n = together[n]
    return n


def _one(chain: Sequence[Counted]) -> Counted:
    if len(chain) == 1:
        return chain[0]
    said = tuple(each for part in chain for each in part.amendments)
    run = as_one(sorted((part.run for part in chain), key=lambda each: each.start))
    others = tuple(record for part in chain for record in part.records if record.key != run.key)
    return Counted(run, others, said, tuple(chain))


def _sums(rows: Sequence[tuple[int, ...]]) -> tuple[int, ...]:
    return tuple(map(sum, zip_longest(*rows, fillvalue=0)))


def _all_sums(rows: Sequence[tuple[int, ...] | None]) -> tuple[int, ...] | None:
    known = [row for row in rows if row is not None]
    return _sums(known) if len(known) == len(rows) else None


def _total(values: Sequence[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if len(known) == len(values) else None
