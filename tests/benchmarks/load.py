"""How long the load core and the rules take, against plain pandas: `python -m tests.benchmarks.load`."""

import resource
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace  # a history that nothing was measured of yet
from statistics import median
from time import process_time
from timeit import repeat

import numpy as np
import pandas as pd

from monitor.load.daily import SERIES, History
from monitor.load.metrics import MEASURES
from monitor.load.metrics import metrics as frame_of_metrics
from monitor.model import Finding
from monitor.rules import RULES
from monitor.rules.rule import findings
from tests.benchmarks.fleet import fleet, row
from tests.benchmarks.plain_metrics import metrics
from tests.benchmarks.plain_rules import rules

DAYS = 3 * 365
RUNNERS, BLOCK, PLAIN_RUNNERS, WHOLE_FLEET = 1_000, 40, 20, 10_000
KEPT_MB = 16


def main() -> None:
    keep_freed_memory()
    block = fleet(BLOCK, DAYS)
    print(f"both ways agree but for: {', '.join(differing(block)) or 'nothing'}")
    one = row(block, 0)
    print(
        f"one runner, {DAYS} days, {len(MEASURES)} metrics and {len(RULES)} rules; milliseconds, median (least to most)"
    )
    show("measures", timed(lambda: everything(replace(one))))
    show("as a frame", timed(lambda: frame_of_metrics(replace(one))))
    show("findings", timed(lambda: found(replace(one))))

    print(f"{RUNNERS} runners, {DAYS} days")
    ours = timed(lambda: one_after_another(replace(block) for _ in range(RUNNERS // BLOCK)))
    show(f"in blocks of {BLOCK}", ours)
    table = plain_table(block, PLAIN_RUNNERS)
    plain = [RUNNERS / PLAIN_RUNNERS * each for each in timed(lambda: in_plain_pandas(table))]
    show("groupby.apply", plain, f"from {PLAIN_RUNNERS} runners")
    least, most = min(plain) / max(ours), max(plain) / min(ours)
    print(f"  {median(plain) / median(ours):.0f} times as fast ({least:.0f} to {most:.0f})")

    print(f"{WHOLE_FLEET} runners, {DAYS} days, one process")
    before_mb = peak_mb()
    show("with making them", timed(lambda: one_after_another(blocks()), 1))
    print(f"  peak memory {peak_mb():.0f} MB; it was {before_mb:.0f} MB after the parts above")


def everything(history: History) -> list[np.ndarray]:
    return [measure(history) for measure in (*MEASURES.values(), *(rule.measure for rule in RULES))]


def found(history: History) -> list[list[Finding]]:
    return [findings(rule, history, history.first_day, history.last_day) for rule in RULES]


def one_after_another(blocks: Iterable[History]) -> None:
    """What was measured of a block goes before the next one comes."""
    for block in blocks:
        everything(block)


def blocks() -> Iterator[History]:
    return (fleet(BLOCK, DAYS, seed) for seed in range(WHOLE_FLEET // BLOCK))


def plain_table(block: History, runners: int) -> pd.DataFrame:
    """A row a runner and day, as it comes from a database."""
    series = {name: getattr(block, name)[:runners].ravel() for name in SERIES}
    return pd.DataFrame({"runner": np.repeat(np.arange(runners), block.distance_m.shape[-1]), **series})


def in_plain_pandas(table: pd.DataFrame) -> pd.DataFrame:
    return table.groupby("runner").apply(lambda runner: pd.DataFrame(metrics(runner) | rules(runner)))


def differing(block: History) -> list[str]:
    """What the two ways do not agree on: then their times would not be of the same work."""
    plain, named = in_plain_pandas(plain_table(block, 2)), MEASURES | {rule.name: rule.measure for rule in RULES}
    ours = {name: measure(block)[:2].ravel() for name, measure in named.items()}
    return [name for name in named if not np.allclose(plain[name], ours[name], rtol=1e-7, atol=1e-7, equal_nan=True)]


def timed(work: Callable[[], object], runs: int = 5) -> list[float]:
    """Processor time, which other work on the machine changes little. [ms]"""
    return [1000 * seconds for seconds in repeat(work, timer=process_time, number=1, repeat=runs)]


def keep_freed_memory() -> None:
    """Free one large array: from then on the C library keeps what is freed up to such a size, for both ways alike.

    Else every measure of a block fetches its memory from the system anew, which takes as long as to compute it.
    """
    np.ones(KEPT_MB * 2**20 // 8).sum()


def show(name: str, times_ms: list[float], note: str = "") -> None:
    print(f"  {name:<16}{median(times_ms):10.1f}  ({min(times_ms):.1f} to {max(times_ms):.1f}) {note}")


def peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
