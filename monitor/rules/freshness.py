"""Whether a runner can be judged at all: the only place that decides it.

"No data" is never "no risk". The first state that fits is the one that is told, in the order of `Freshness`.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

import numpy as np

from monitor.load.daily import History
from monitor.model import Freshness

STALE_AFTER = timedelta(hours=36)
STALE_AFTER_WHERE_TOLD = timedelta(hours=50)  # where a source tells of changes, it is looked at every 48 h
DAYS_NEEDED, OF_DAYS = 28, 42
UNUSABLE_SHARE = 0.25
QUIET_DAYS = 10
MASS_RUNNERS, MASS_SHARE, ALL_RUNNERS = 5, 0.10, 3


class Access(StrEnum):
    """What a runner's connection permits."""

    OK = "ok"
    REVOKED = "revoked"
    NEEDS_SCOPE = "needs scope"
    NEEDS_REAUTH = "needs reauthorisation"


@dataclass(frozen=True, slots=True)
class Ledger:
    """How asking a runner's sources went. *access* is None for a runner with files only."""

    zone: ZoneInfo
    access: Access | None = None
    access_since: datetime | None = None
    down_since: datetime | None = None
    last_complete_at: datetime | None = None
    last_imported: date | None = None
    files_stale_after_days: int = 10
    tells: bool = False  # the source tells of changes by itself

    def local(self, moment: datetime) -> date:
        return moment.astimezone(self.zone).date()


@dataclass(frozen=True, slots=True)
class State:
    """A freshness state and the words for it."""

    freshness: Freshness
    reason: str = ""


def state(now: datetime, ledger: Ledger, history: History | None) -> State:
    """The freshness of a runner at *now*, from the ledger of their sources and the days that are known."""
    return standing(now, ledger) or _extent(ledger.local(now), history) or State(Freshness.OK)


def standing(now: datetime, ledger: Ledger) -> State | None:
    """What the ledger alone decides; None where the days decide."""
    return _connection(ledger) or _age(now, ledger)


def mass_failure(ended: int, answered: int) -> bool:
    """Whether so many permissions *ended* in one hour, in which *answered* others held, that the fault is likely ours.

    From five on where they are 10 % of those asked, and from three on where nobody's held. The share is of those asked
    in that hour and not of all, because each time zone is asked at its own.
    """
    asked = ended + answered
    return (ended >= MASS_RUNNERS and ended >= MASS_SHARE * asked) or (ended >= ALL_RUNNERS and not answered)


def told(day: date) -> str:
    """A day as people write it: 19 Nov."""
    return f"{day.day} {day:%b}"


def _connection(ledger: Ledger) -> State | None:
    if ledger.access not in (None, Access.OK) and ledger.access_since:
        since = f"disconnected since {told(ledger.local(ledger.access_since))}"
        words = {
            Access.REVOKED: f"{since}: the runner needs to reconnect Strava",
            Access.NEEDS_SCOPE: f"{since}: Strava permission to read activities is missing",
            Access.NEEDS_REAUTH: f"{since}: the stored token does not open",
        }
        return State(Freshness(ledger.access.value), words[ledger.access])
    if ledger.access and ledger.down_since:
        return State(Freshness.SOURCE_DOWN, f"Strava unreachable since {told(ledger.local(ledger.down_since))}")
    return None


def _age(now: datetime, ledger: Ledger) -> State | None:
    if ledger.access:
        stale_after = STALE_AFTER_WHERE_TOLD if ledger.tells else STALE_AFTER
        if ledger.last_complete_at and now - ledger.last_complete_at > stale_after:
            return State(Freshness.STALE, f"stale since {told(ledger.local(ledger.last_complete_at))}")
    elif ledger.last_imported and (ledger.local(now) - ledger.last_imported).days > ledger.files_stale_after_days:
        return State(Freshness.STALE, f"no file since {told(ledger.last_imported)}")
    return None


def _extent(today: date, history: History | None) -> State | None:
    known = known_days(today, history)
    if known < DAYS_NEEDED or history is None:
        return State(Freshness.INSUFFICIENT_HISTORY, f"{known} of {DAYS_NEEDED} days")
    if (share := unusable_share(history)) > UNUSABLE_SHARE:
        return State(Freshness.INSUFFICIENT_HISTORY, f"{share:.0%} of 28 days' running time is not usable")
    last = last_run(history)
    if last is None or (today - last).days >= QUIET_DAYS:
        since = told(last) if last else told(history.first_day)
        return State(Freshness.NO_ACTIVITY, f"no runs since {since}: rest, injury or unrecorded")
    return None


def known_days(today: date, history: History | None) -> int:
    """How many of the 42 days ending *today* are known."""
    if history is None:
        return 0
    end = history.index(today) + 1
    return int(np.count_nonzero(~np.isnan(history.distance_m[max(0, end - OF_DAYS) : max(0, end)])))


def unusable_share(history: History) -> float:
    """The share of the last 28 days' moving time that belongs to runs whose distance cannot be used."""
    unusable = float(np.nansum(history.unusable_s[-28:]))
    usable = float(np.nansum(history.moving_s[-28:]))
    return unusable / (usable + unusable) if unusable else 0.0


def last_run(history: History) -> date | None:
    """The last day with a run, usable or not."""
    ran = np.flatnonzero(np.nan_to_num(history.runs) + np.nan_to_num(history.unusable_runs))
    return history.first_day + timedelta(days=int(ran[-1])) if len(ran) else None
