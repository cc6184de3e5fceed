"""How many requests may still be made: Strava counts by the quarter of an hour and by the UTC day, for the whole app.

Only reads are counted: the product makes hardly any other request, and their limits are the tighter ones.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum

QUARTER = timedelta(minutes=15)
DAY = timedelta(days=1)
# Strava's clock is not ours. A window counts as begun a little late, so that the last answers of the one before are
# not taken for answers of this one, and nobody asks in the very second in which everybody does.
GRACE = timedelta(seconds=10)
RESERVED = 10  # one request in so many is kept for what cannot wait
SMALLEST_LIMITS = 100, 1_000  # what Strava gives a new app; its answers tell the true ones


class Purpose(StrEnum):
    """What a request is for. What is left at the end of a window is kept for all but samples."""

    LEAVE = "leave"  # a permission given back, a deletion looked up
    LIST = "list"  # a runner's window
    SAMPLES = "samples"


Told = Callable[[Mapping[str, str]], None]  # is given the headers of the answer
Meter = Callable[[Purpose], Told]  # is asked before each request; raises SourceUnavailable where none is left


def unmetered(_: Purpose) -> Told:
    """For who asks a server of their own."""
    return lambda _: None


@dataclass(frozen=True, slots=True)
class Budget:
    """What is used of the limits in the quarter of an hour that began at *quarter*, and on its day.

    *early* of the requests were made after its end by our clock: by Strava's they may belong to either window.
    """

    quarter: datetime
    early: int = 0
    quarter_used: int = 0
    quarter_limit: int = SMALLEST_LIMITS[0]
    day_used: int = 0
    day_limit: int = SMALLEST_LIMITS[1]

    def at(self, now: datetime) -> "Budget":
        """The budget at *now*: what belongs to a window that is over no longer counts."""
        quarter = quarter_of(now)
        if quarter <= self.quarter:  # a clock that was set back makes no new room
            return self
        early = self.early if quarter == self.quarter + QUARTER else 0
        same_day = quarter.date() == self.quarter.date()
        return replace(
            self, quarter=quarter, early=0, quarter_used=early, day_used=self.day_used if same_day else early
        )

    def left(self, purpose: Purpose) -> int:
        """How many more requests for *purpose* these windows hold."""
        kept = RESERVED if purpose is Purpose.SAMPLES else 0
        return min(
            _without(kept, self.quarter_limit) - self.quarter_used, _without(kept, self.day_limit) - self.day_used
        )

    def counted(self, now: datetime) -> "Budget":
        """After one more request, at *now*."""
        early = self.early + (now >= self.quarter + QUARTER)
        return replace(self, early=early, quarter_used=self.quarter_used + 1, day_used=self.day_used + 1)

    def told(self, headers: Mapping[str, str]) -> "Budget":
        """What the headers of an answer say of these windows; what they do not say, or say oddly, stays as counted."""
        limit, usage = (pair(headers.get(f"X-ReadRateLimit-{name}")) for name in ("Limit", "Usage"))
        quarter_limit, day_limit = limit if limit and min(limit) > 0 else (self.quarter_limit, self.day_limit)
        quarter_used, day_used = usage or (0, 0)
        return replace(
            self,
            quarter_limit=quarter_limit,
            day_limit=day_limit,
            quarter_used=max(self.quarter_used, quarter_used),
            day_used=max(self.day_used, day_used),
        )

    def free_at(self, purpose: Purpose) -> datetime:
        """When the window that is used up for *purpose* turns."""
        kept = RESERVED if purpose is Purpose.SAMPLES else 0
        day_is_used_up = self.day_used >= _without(kept, self.day_limit)
        turns = next_day(self.quarter) if day_is_used_up else self.quarter + QUARTER
        return turns + GRACE


def quarter_of(now: datetime) -> datetime:
    """When the quarter of an hour began that *now* counts to."""
    moment = now.astimezone(UTC) - GRACE
    return moment.replace(minute=moment.minute // 15 * 15, second=0, microsecond=0)


def next_day(moment: datetime) -> datetime:
    """The next midnight, UTC."""
    return datetime.combine(moment.astimezone(UTC).date() + DAY, time(), UTC)


def _without(kept: int, limit: int) -> int:
    return limit - limit // kept if kept else limit


def pair(text: str | None) -> tuple[int, int] | None:
    """The two numbers of "15min,day"; None where they are not there, or no numbers that Strava could mean."""
    parts = [part.strip() for part in (text or "").split(",")]
    plausible = len(parts) == 2 and all(part.isascii() and part.isdecimal() and len(part) < 10 for part in parts)
    return (int(parts[0]), int(parts[1])) if plausible else None
