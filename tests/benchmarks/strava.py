"""How Strava's limits are spent over two weeks, on a virtual clock: `python -m tests.benchmarks.strava`.

The product's own budget and plan decide; runners, events and Strava's counting are simulated. A runner runs on 61 % of
the days, 0.63 runs a day, mornings and evenings of their own zone; titles are changed soon after, a few runs later on.

With events that makes 0.82 lists a runner and day: 0.62 for runs, 0.01 for late edits, and 0.19 because nobody may go
without a list for 48 h, or a deletion whose event was lost would be found too late. No plan needs fewer
(`fewest_lists`). Where a share p of the days has a run, 48 h without one come (1 - p) / 2 times a day, in any order of
the days: of two runs two days apart, every other pair is more than 48 h apart. 0.75 would take gaps of 59 h, or
runs that are found ten hours late, by a plan that knows what will come.
"""

import heapq
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from statistics import median

import numpy as np

from monitor.sandbox import Limits
from monitor.sandbox.limits import Meter
from monitor.sources.strava_budget import Budget, Purpose, quarter_of
from monitor.sources.strava_plan import EARLY, LONGEST, Standing, room_for_samples
from monitor.store.events import SETTLES_IN

START = datetime(2026, 6, 1, tzinfo=UTC)
DAYS, WARM_UP = 14, 2
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
RUNS_ON, TWICE = 0.61, 0.033  # share of the days with a run, and of those with a second one
EDITED, EDITED_LATE = 0.4, 0.01  # share of the runs
DAILY_HOUR = 7
FOLLOWED = 5 * MINUTE  # after an event


@dataclass
class Figures:
    """What came of it; *lists* and *samples* are requests a runner and day.

    *silent* of the lists answered no event; *fewest_lists* would do for events and 48 h, were all known in advance.
    """

    lists: float
    silent: float
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
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(("lists", "silent", "samples", "refused"), 0))
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
        self.fewest = fewest_lists(happening, self.last_list, self.days)
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
                self._listed(standing, now)
        if self.unread and self.budget.left(Purpose.SAMPLES) > 0:
            room = room_for_samples(self.budget, self.last_list.values(), now, tells=self.tells)
            for _ in range(min(room, len(self.unread))):
                heapq.heappop(self.unread)
                self._request("samples", now)

    def _listed(self, standing: Standing, now: datetime) -> None:
        runner = standing.runner_id
        del self.waiting[runner]
        if now >= START + WARM_UP * DAY:
            self.oldest = max(self.oldest, now - self.last_list[runner])
            self.counts["silent"] += not standing.has_news
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
            silent=self.counts["silent"] / runner_days,
            fewest_lists=self.fewest / runner_days,
            samples=self.counts["samples"] / runner_days,
            refused=self.counts["refused"],
            waiting_lists=self.most_waiting,
            waiting_samples=len(self.unread),
            minutes_to_store=median(self.to_store or [float("nan")]),
            oldest_list=self.oldest,
        )


def fewest_lists(happening: Iterable[tuple[datetime, str, int]], last_list: Mapping[int, datetime], days: int) -> int:
    """Lists from the third day on that no plan could leave out, though it knew all events in advance.

    Each list is as late as it may be: so it answers the most events, and the next one is needed the latest.
    """
    told: dict[int, list[datetime]] = {runner: [] for runner in last_list}
    for at, kind, runner in sorted(happening):
        if kind == "news":
            told[runner].append(at - SETTLES_IN)
    return sum(
        at >= START + WARM_UP * DAY
        for runner, last in last_list.items()
        for at in _latest(told[runner], last, START + days * DAY)
    )


def _latest(told: Iterable[datetime], last: datetime, end: datetime) -> Iterator[datetime]:
    for at in [*told, end]:
        while at > last and (due := min(last + LONGEST, at + FOLLOWED)) < end:
            yield due
            last = due


def main() -> None:
    print(f"{DAYS} days of Strava, requests a runner and day (floor: 0.61 days with a run, 0.63 runs)")
    print("  runners  a day  events  lists silent fewest  samples  429  waited at once  unread  to store  oldest list")
    for runners in (1_000, 2_500, 10_000):
        for day in (1_000, 2_000, 20_000):
            for tells in (True, False):
                limits = Limits(overall=(day // 5, 2 * day), read=(day // 10, day))
                found = World(runners, limits, tells).live()
                hours = found.oldest_list / timedelta(hours=1)
                print(
                    f"  {runners:7} {day:6}  {'yes' if tells else 'no':6} {found.lists:6.2f} {found.silent:6.2f}"
                    f" {found.fewest_lists:6.2f} {found.samples:8.2f} {found.refused:4} {found.waiting_lists:15}"
                    f" {found.waiting_samples:7} {found.minutes_to_store:5.0f} min {hours:10.1f} h"
                )


if __name__ == "__main__":
    main()
