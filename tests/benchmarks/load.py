"""How long the load core and the rules take: `python -m tests.benchmarks.load`."""

from collections.abc import Callable
from dataclasses import fields
from timeit import repeat

import numpy as np

from monitor.load.daily import History
from monitor.load.metrics import MEASURES, metrics
from monitor.rules import RULES
from monitor.rules.rule import findings
from tests.builders import FIRST_DAY

DAYS = 3 * 365
RUNNERS = 200


def main() -> None:
    team = runners(RUNNERS, DAYS)
    one = History(team.first_day, *(getattr(team, field.name)[0] for field in fields(team)[1:]))
    print(f"one runner, {DAYS} days")
    show("metrics", lambda: metrics(one))
    show("rules", lambda: [findings(rule, one, one.first_day, one.last_day) for rule in RULES])
    print(f"{RUNNERS} runners as one block, {DAYS} days")
    show("metrics", lambda: [measure(team) for measure in MEASURES.values()])
    show("rules", lambda: [rule.measure(team) for rule in RULES])


def runners(count: int, days: int) -> History:
    """Seeded runners, two days in three a run of 4 to 20 km, at 6:00 min/km."""
    chance = np.random.default_rng(20260302)
    runs = (chance.random((count, days)) < 2 / 3).astype(float)
    distance_m = runs * chance.integers(4_000, 20_000, (count, days))
    return History(FIRST_DAY, distance_m, distance_m, distance_m * 0.36, runs, np.zeros((count, days)))


def show(name: str, work: Callable[[], object]) -> None:
    print(f"  {name:8}{1000 * min(repeat(work, number=1, repeat=5)):8.1f} ms")


if __name__ == "__main__":
    main()
