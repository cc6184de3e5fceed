"""A day has 24 hours: what was run beyond them was not run."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from monitor.load.daily import usable_distance
from monitor.load.duplicates import Counted
from monitor.model import Flag

ONE_DAY_S = 24 * 3600


def within_a_day(sessions: Sequence[Counted]) -> list[Counted]:
    """The same sessions, in order of time; those that begin on a day that is full already are flagged, and not used.

    Runs with a hidden start cannot be told apart by the clock, so an import that went wrong can fill a day many times.
    """
    spent_s: dict[date, int] = defaultdict(int)
    return [_flagged(each) if _is_beyond(each, spent_s) else each for each in sessions]


def _is_beyond(session: Counted, spent_s: dict[date, int]) -> bool:
    run = session.run
    if usable_distance(run) is None or not run.moving_s:
        return False
    if spent_s[run.day] + run.moving_s > ONE_DAY_S:
        return True
    spent_s[run.day] += run.moving_s
    return False


def _flagged(session: Counted) -> Counted:
    return replace(session, run=replace(session.run, flags=session.run.flags | {Flag.FULL_DAY}))
