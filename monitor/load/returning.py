"""Coming back after a break or an injury: the time in which a ladder stands in place of every ratio."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from monitor.load.daily import History
from monitor.load.ladder import Step, ladder_for
from monitor.load.recovery import BACK_DAYS, LAYOFF_DAYS, days_resting
from monitor.load.stretch import stretch
from monitor.load.windows import Array, shifted, window_sum
from monitor.model import Injury

BEFORE_DAYS, FEWEST_KNOWN = 28, 14  # what was usual before the break
RESUMED_SHARE = 0.75
WEEK = 7
LONGEST_DAYS = 84  # what was usual 12 weeks ago no longer says what a runner is used to
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Return:
    """A runner on the way back. Expert opinion (`ladder.EVIDENCE`)."""

    since: date  # the first day without running, or of the injury
    injury: Injury | None  # the one still open, else the latest, as it was known then
    is_open: bool  # the break or an injury goes on
    weekly_before_m: float | None  # mean week of the 4 before; None where fewer than 14 of their days are known
    last_week_m: float | None  # of the 7 days before; None where one of them is unknown
    ladder: tuple[Step, ...]
    step: int | None  # position in the ladder as far as distances tell; None where they cannot

    @property
    def weekly_needed_m(self) -> float | None:
        """Two weeks in a row of this distance, and the way back is behind. [m]"""
        return None if self.weekly_before_m is None else RESUMED_SHARE * self.weekly_before_m


@dataclass(frozen=True, slots=True)
class Break:
    """*back* is the day on which running began again or the injury ended; None while it goes on."""

    since: date
    back: date | None
    injury: Injury | None = None


def returning(history: History, injuries: Iterable[Injury], day: date) -> Return | None:
    """Where a runner stands on the way back on *day*, before its run; None where no break has to be made up for.

    A break is 10 known days or more without running, or an injury. It is made up for after two weeks in a row of at
    least 75 % of the weekly distance before it, and 12 weeks after its end in any case; where the distance before is
    not known, 3 weeks after its end. What *history* holds from *day* on does not count, nor what was not yet told of
    *injuries* (`Injury.ended` after *day*). *history* is one runner's.
    """
    past = history.until(day - DAY)
    breaks = [*gaps(past), *(_break(injury, day) for injury in injuries if injury.onset <= day)]
    lasting = [each for each in breaks if not _is_over(each, past, day)]
    if not lasting:
        return None
    since = min(each.since for each in lasting)
    injured = [each for each in lasting if each.injury]
    weekly_m, last_week_m = weekly_before_m(past, since), _known(stretch(past, past.distance_m, day - DAY, WEEK).sum())
    ladder = ladder_for(frozenset(each.injury.site for each in injured if each.injury))
    still_hurt = any(each.back is None for each in injured)
    return Return(
        since=since,
        injury=max(injured, key=lambda each: (each.back is None, each.since)).injury if injured else None,
        is_open=any(each.back is None for each in lasting),
        weekly_before_m=weekly_m,
        last_week_m=last_week_m,
        ladder=ladder,
        step=_step(ladder, weekly_m, last_week_m, still_hurt=still_hurt),
    )


def gaps(past: History) -> list[Break]:
    """The stretches of 10 known days or more without running, oldest first."""
    resting = days_resting(past)
    goes_on = np.append(resting[1:], 0.0) > 0
    last_days = [int(n) for n in np.flatnonzero((resting >= LAYOFF_DAYS) & ~goes_on)]
    return [Break(past.days[n] - int(resting[n] - 1) * DAY, _first_run(past, resting, n + 1)) for n in last_days]


def weekly_before_m(past: History, since: date) -> float | None:
    """Mean week of the known days among the 28 before *since*. [m] None with fewer than 14 known, or without a run."""
    days = stretch(past, past.distance_m, since - DAY, BEFORE_DAYS)
    known = days[~np.isnan(days)]
    return WEEK * float(known.mean()) if len(known) >= FEWEST_KNOWN and known.any() else None


def _first_run(past: History, resting: Array, begin: int) -> date | None:
    ran = np.flatnonzero(resting[begin:] == 0)
    return past.days[begin + int(ran[0])] if len(ran) else None


def _break(injury: Injury, day: date) -> Break:
    ended = injury.ended if injury.ended and injury.ended <= day else None
    return Break(injury.onset, ended, replace(injury, ended=ended))


def _is_over(each: Break, past: History, day: date) -> bool:
    if each.back is None:
        return False
    weekly_m, days_back = weekly_before_m(past, each.since), (day - each.back).days
    if weekly_m is None:
        return days_back >= BACK_DAYS
    return days_back >= LONGEST_DAYS or _has_resumed(past, each.back, weekly_m)


def _has_resumed(past: History, back: date, weekly_m: float) -> bool:
    weeks = window_sum(past.distance_m, WEEK)
    lesser = np.minimum(weeks, shifted(weeks, WEEK))  # unknown where one of them is
    after = max(0, past.index(back)) + 2 * WEEK - 1
    return bool((lesser[after:] >= RESUMED_SHARE * weekly_m).any())


def _step(ladder: Sequence[Step], weekly_m: float | None, last_week_m: float | None, *, still_hurt: bool) -> int | None:
    if weekly_m is None or last_week_m is None:
        return None
    share = last_week_m / weekly_m
    return max(n for n, step in enumerate(ladder) if step.from_share <= share and not (step.fast and still_hurt))


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
