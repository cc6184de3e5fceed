"""A warm-up, a race and a cool-down are one run, for who wants to count them so."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from monitor.load.daily import usable_distance
from monitor.load.duplicates import length_s
from monitor.model import Activity, Flag

NEVER = timedelta()


def merged(runs: Sequence[Activity], gap: timedelta) -> list[Activity]:
    """The runs, in order of time; those that begin less than *gap* after the end of the one before are one with it.

    One made of several has the distances and moving times of all, the day of the first, and else what the longest of
    them has. A run without a usable distance or a known start stays alone; so do all where *gap* is 0.
    This deviates from the study behind the long-run rule, which counted single recordings.
    """
    chains: list[list[Activity]] = []
    for run in sorted(runs, key=lambda run: run.start):
        if chains and _follows(run, chains[-1][-1], gap):
            chains[-1].append(run)
        else:
            chains.append([run])
    return [as_one(chain) for chain in chains]


def _follows(run: Activity, before: Activity, gap: timedelta) -> bool:
    if not (_can_merge(run) and _can_merge(before)):
        return False
    return run.start - before.start - timedelta(seconds=length_s(before)) < gap


def _can_merge(run: Activity) -> bool:
    return usable_distance(run) is not None and Flag.HIDDEN_START not in run.flags


def as_one(chain: Sequence[Activity]) -> Activity:
    """The runs of a *chain*, in order of time, as one."""
    if len(chain) == 1:
        return chain[0]
    first, last = chain[0], chain[-1]
    return replace(
        max(chain, key=lambda run: run.distance_m or 0),
        start=first.start,
        start_local=first.start_local,
        distance_m=sum(run.distance_m or 0 for run in chain),
        moving_s=sum(run.moving_s or 0 for run in chain),
        elapsed_s=round((last.start - first.start).total_seconds()) + length_s(last),
    )
