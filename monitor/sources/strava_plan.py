"""When a runner's list is asked for, and whose first: the whole decision, without a clock or a database."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import ceil

from monitor.sources.strava_budget import DAY, Budget, Purpose, next_day

LONGEST = timedelta(hours=48)  # between two lists, where Strava tells of changes
TOO_OLD = timedelta(days=5)  # rows that no list has shown for a week must go
EARLY = timedelta(minutes=5)  # so that a tick, or a queue, does not make it later than that
LISTS_A_DAY = 0.83  # of a runner who runs on six days in ten, where Strava tells of changes (tests.benchmarks.strava)


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of a runner's lists. *last_list* is None before the first."""

    runner_id: int
    last_list: datetime | None = None
    has_news: bool = False  # an event that no list has answered yet

    def list_is_due(self, now: datetime, *, tells: bool) -> bool:
        """Whether to ask in a pass at *now*: always, but where Strava *tells* of changes and has told of none."""
        return self.has_news or not tells or self.is_overdue(now)

    def is_overdue(self, now: datetime) -> bool:
        """Whether even a runner of whom nothing was told must be looked at now."""
        return self.last_list is None or now - self.last_list >= LONGEST - EARLY

    def order(self, now: datetime) -> tuple[int, datetime]:
        """Sorts first whose rows would soon be too old to keep, then news, which may change a finding, then the rest;
        among them who has waited longest.
        """
        ages = self.last_list is not None and now - self.last_list >= TOO_OLD
        return 0 if ages else 1 if self.has_news else 2, self.last_list or datetime.min.replace(tzinfo=UTC)


def room_for_samples(budget: Budget, last_lists: Collection[datetime | None], now: datetime, *, tells: bool) -> int:
    """How many samples may be asked for: what the lists of the rest of Strava's day will hardly need.

    Each runner has one of *last_lists*. Without events every one of them is listed once a day; with events nobody knows
    when, and the lists are spread evenly. So where there are too many runners for both, lists keep their promises.
    """
    turns = next_day(now)
    evenly = len(last_lists) * LISTS_A_DAY * ((turns - now) / DAY)
    to_come = ceil(evenly) if tells else sum(each is None or each < turns - DAY for each in last_lists)
    return max(0, min(budget.left(Purpose.SAMPLES), budget.day_limit - budget.day_used - to_come))


def capacity(requests_a_day: int, *, tells: bool) -> int:
    """How many runners so many requests a day can keep fresh, the samples of their runs included.

    For runners who run on six days in ten, as in `tests.benchmarks.strava`: without events a list a day, with them one
    on each of those days and where two days were silent; and the samples of each run.
    """
    return int(requests_a_day / ((LISTS_A_DAY if tells else 1.0) + 0.65))
