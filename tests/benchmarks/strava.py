"""How Strava's limits are spent over two weeks, on a virtual clock: `python -m tests.benchmarks.strava`.

The product's own budget and plan decide; runners, events and Strava's counting are simulated. A runner runs on 61 % of
the days, 0.63 runs a day, mornings and evenings of their own zone; titles are changed soon after, a few runs later on.
"""

import heapq
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from statistics import median

import numpy as np

from monitor.sandbox import Limits
from monitor.sandbox.limits import Meter
from monitor.sources.strava_budget import Budget, Purpose, quarter_of
from monitor.sources.strava_plan import EARLY, LONGEST, Standing
from monitor.store.events import SETTLES_IN

START = datetime(2026, 6, 1, tzinfo=UTC)
DAYS, WARM_UP = 14, 2
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
RUNS_ON, TWICE = 0.61, 0.033  # share of the days with a run, and of those with a second one
EDITED, EDITED_LATE = 0.4, 0.01  # share of the runs
DAILY_HOUR = 7


@dataclass
class Figures:
    """What came of it; *lists* and *samples* are requests a runner and day.

    *fewest_lists* would do with events: one for each moment at which something was told, and one for each 48 h in which
    nothing was.
    """

    lists: float
    fewest_lists: float
    samples: float
    refused: int  # 429
    waiting_lists: int  # the most runners who waited at once for theirs
    waiting_samples: int  # runs without samples at the end
    minutes_to_store: float  # median, from the end of a run to its list
    oldest_list: timedelta  # the longest that anybody was not looked at


@dataclass
class World:
    """Strava, a fleet of runners, and what the product knows of them."""

    runners: int
    limits: Limits
    tells: bool
    days: int = DAYS
    seed: int = 20_261_127
    meter: Meter = field(init=False)
    budget: Budget = field(init=False)
    last_list: dict[int, datetime] = field(default_factory=dict)
    unlisted: dict[int, list[datetime]] = field(default_factory=dict)  # ends of runs that no list has shown
    unread: list[tuple[float, int]] = field(default_factory=list)  # a heap, the newest run first
    waiting: dict[int, Standing] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=lambda: {"lists": 0, "samples": 0, "refused": 0})
    to_store: list[float] = field(default_factory=list)
    most_waiting: int = 0
    oldest: timedelta = timedelta()
    fewest: int = 0

    def __post_init__(self) -> None:
        (quarter, day) = self.limits.read
        self.meter, self.budget = Meter(self.limits), Budget(quarter_of(START), quarter_limit=quarter, day_limit=day)
        self.chance = np.random.default_rng(self.seed)
        spread = self.chance.uniform(0, 2, self.runners)
        self.last_list = {n: START - DAY * float(spread[n]) / 2 for n in range(self.runners)}

    def live(self) -> Figures:
        happening = list(self._happening())
        self.fewest = fewest_lists(happening, self.days)
        heapq.heapify(happening)
        for tick in range(self.days * 24 * 60):
            now = START + tick * MINUTE
            while happening and happening[0][0] <= now:
                _, kind, runner = heapq.heappop(happening)
                self._happens(kind, runner, now)
            if self.tells and tick % 5 == 0:
                self._find_overdue(now)
            self._ask(now)
        return self._figures()

    def _happening(self) -> Iterator[tuple[datetime, str, int]]:
        """Every run, event and daily pass of the two weeks."""
        zones = self.chance.choice([-7, -4, 1, 2, 8], self.runners)
        for runner in range(self.runners):
            for day in range(self.days):
                midnight = START + day * DAY - timedelta(hours=int(zones[runner]))
                if not self.tells:
                    yield midnight + timedelta(hours=DAILY_HOUR), "pass", runner
                if self.chance.random() < RUNS_ON:
                    for _ in range(1 + (self.chance.random() < TWICE)):
                        yield from self._run(runner, midnight)

    def _run(self, runner: int, midnight: datetime) -> Iterator[tuple[datetime, str, int]]:
        end = midnight + timedelta(hours=float(self.chance.normal(self.chance.choice([7.5, 18.5]), 1.2)))
        yield end, "run", runner
        if self.tells:
            yield end + SETTLES_IN, "news", runner
            if self.chance.random() < EDITED:
                yield end + float(self.chance.uniform(0.2, 1.9)) * MINUTE + SETTLES_IN, "news", runner
            if self.chance.random() < EDITED_LATE:
                yield end + timedelta(hours=float(self.chance.uniform(1, 20))), "news", runner

    def _happens(self, kind: str, runner: int, now: datetime) -> None:
        if kind == "run":
            self.unlisted.setdefault(runner, []).append(now)
        # A hint that came before the last list was answered by it.
        elif kind == "pass" or now - SETTLES_IN > self.last_list[runner]:
            self._waits(Standing(runner, self.last_list[runner], has_news=kind == "news"), now)

    def _find_overdue(self, now: datetime) -> None:
        for runner, last in self.last_list.items():
            if now - last >= LONGEST - EARLY and runner not in self.waiting:
                self._waits(Standing(runner, last), now)

    def _waits(self, standing: Standing, now: datetime) -> None:
        before = self.waiting.get(standing.runner_id)
        if standing.list_is_due(now, tells=self.tells) and not (before and before.has_news):
            self.waiting[standing.runner_id] = standing  # one outstanding list a runner
        self.most_waiting = max(self.most_waiting, len(self.waiting))

    def _ask(self, now: datetime) -> None:
        self.budget = self.budget.at(now)
        if self.waiting and self.budget.left(Purpose.LIST) > 0:
            for standing in sorted(self.waiting.values(), key=lambda each: each.order(now)):
                if self.budget.left(Purpose.LIST) < 1:
                    break
                self._request("lists", now)
                self._listed(standing.runner_id, now)
        while self.unread and self.budget.left(Purpose.SAMPLES) > 0:
            heapq.heappop(self.unread)
            self._request("samples", now)

    def _listed(self, runner: int, now: datetime) -> None:
        del self.waiting[runner]
        if now >= START + WARM_UP * DAY:
            self.oldest = max(self.oldest, now - self.last_list[runner])
        self.last_list[runner] = now
        for end in self.unlisted.pop(runner, []):
            self.to_store.append((now - end) / MINUTE)
            heapq.heappush(self.unread, (-end.timestamp(), runner))

    def _request(self, kind: str, now: datetime) -> None:
        self.budget = self.budget.counted(now)
        self.meter.count("GET", now)
        self.counts["refused"] += self.meter.exceeded(now)
        self.counts[kind] += now >= START + WARM_UP * DAY

    def _figures(self) -> Figures:
        runner_days = self.runners * (self.days - WARM_UP)
        return Figures(
            lists=self.counts["lists"] / runner_days,
            fewest_lists=self.fewest / runner_days,
            samples=self.counts["samples"] / runner_days,
            refused=self.counts["refused"],
            waiting_lists=self.most_waiting,
            waiting_samples=len(self.unread),
            minutes_to_store=median(self.to_store or [float("nan")]),
            oldest_list=self.oldest,
        )


def fewest_lists(happening: Iterable[tuple[datetime, str, int]], days: int) -> int:
    """Lists that no plan could leave out, from the third day on: for news, and for two days without any."""
    last: dict[int, datetime] = {}
    count = 0
    for at, kind, runner in sorted(happening):
        before = last.get(runner)
        if kind == "run" and (before is None or at - before > 2 * SETTLES_IN):
            inside = START + WARM_UP * DAY <= at < START + days * DAY
            count += inside * (1 + (int((at - before) / LONGEST) if before else 0))
            last[runner] = at
    return count


def main() -> None:
    print(f"{DAYS} days of Strava, requests a runner and day (floor: 0.61 days with a run, 0.63 runs)")
    print("  runners  a day  events   lists  fewest  samples  429  waited at once  unread  to store  oldest list")
    for runners in (1_000, 2_500, 10_000):
        for day in (1_000, 2_000, 20_000):
            for tells in (True, False):
                limits = Limits(overall=(day // 5, 2 * day), read=(day // 10, day))
                found = World(runners, limits, tells).live()
                hours = found.oldest_list / timedelta(hours=1)
                print(
                    f"  {runners:7} {day:6}  {'yes' if tells else 'no':6} {found.lists:7.2f} {found.fewest_lists:7.2f}"
                    f" {found.samples:8.2f} {found.refused:4} {found.waiting_lists:15} {found.waiting_samples:7}"
                    f" {found.minutes_to_store:5.0f} min {hours:10.1f} h"
                )


if __name__ == "__main__":
    main()
