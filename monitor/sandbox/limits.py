"""Strava's limits on how often an app may ask: per quarter of an hour and per UTC day, overall and for reading."""

from collections import Counter
from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import NamedTuple

QUARTER_S = 15 * 60


class Limits(NamedTuple):
    """How many requests a quarter of an hour and a day may see."""

    overall: tuple[int, int] = (200_000, 2_000_000)  # wide: a demo should not wait
    read: tuple[int, int] = (100_000, 1_000_000)


STRAVAS = Limits(overall=(200, 2_000), read=(100, 1_000))


@dataclass
class Meter:
    """Counts requests by the clock it is given; a refused one counts like any other."""

    limits: Limits
    counted: Counter[Hashable] = field(default_factory=Counter)

    def count(self, method: str, now: datetime) -> None:
        for kind in ("overall", "read") if method == "GET" else ("overall",):
            for window in _windows(now):
                self.counted[kind, window] += 1

    def usage(self, now: datetime) -> Limits:
        quarter, day = _windows(now)
        return Limits(*((self.counted[kind, quarter], self.counted[kind, day]) for kind in Limits._fields))

    def exceeded(self, now: datetime) -> bool:
        pairs = zip(self.usage(now), self.limits, strict=True)
        return any(used > limit for usage, limits in pairs for used, limit in zip(usage, limits, strict=True))

    def headers(self, now: datetime) -> dict[str, str]:
        usage = self.usage(now)
        return {
            "X-RateLimit-Limit": _pair(self.limits.overall),
            "X-RateLimit-Usage": _pair(usage.overall),
            "X-ReadRateLimit-Limit": _pair(self.limits.read),
            "X-ReadRateLimit-Usage": _pair(usage.read),
        }


def _windows(now: datetime) -> tuple[Hashable, Hashable]:
    """The quarter of an hour and the day that *now* lies in: they begin by the clock, not with the first request."""
    return int(now.timestamp()) // QUARTER_S, now.astimezone(UTC).date()


def _pair(counts: tuple[int, int]) -> str:
    return f"{counts[0]},{counts[1]}"
