"""R1b: several runs in one week, each the longest of its 30 days."""

import numpy as np

from monitor.load.daily import History
from monitor.load.spikes import FEWEST_RUNS, longest_30d, runs_30d
from monitor.load.variation import WEEK
from monitor.load.windows import Array, longest_before, window_sum
from monitor.model import Evidence, Grade
from monitor.rules.rule import Kind, Mails, Rule, where_applies


def measure(history: History) -> Array:
    """Days of the last 7 with a run longer than every run of the 30 days before it. [days]

    With fewer than 4 runs to compare with, as at the start or after a long break, no run is a record. NaN where one of
    the 7 days is unknown.
    """
    is_longest = history.longest_m > longest_30d(history.longest_m)
    record = where_applies(is_longest.astype(float), runs_30d(history) >= FEWEST_RUNS, history)
    return window_sum(record, WEEK)


def longest_of_week(history: History) -> Array:
    """Longest single run of the 7 days ending that day. [m]"""
    return np.asarray(np.fmax(history.longest_m, longest_before(history.longest_m, WEEK - 1)))


RULE = Rule(
    name="chained_records",
    title="Longer, and longer again, within a week",
    measure=measure,
    caution=2,
    kind=Kind.WINDOW,
    mails=Mails.NEVER,
    facts={"longest_km": lambda history: longest_of_week(history) / 1000},
    sentence="{value:.0f} runs in 7 days, each longer than any run of the 30 days before it, up to {longest_km:.1f} km",
    evidence=Evidence(
        Grade.D,
        says="The study behind the long-run rule compared each run with the 30 days before it, so three steps of a"
        " tenth within one week (11, 12.1, 13.3 km) all stand in its reference group. That such steps add up is our"
        " own reasoning: no study counted them.",
        source="Schuster Brandt Frandsen et al. 2025, Br J Sports Med 59:1203",
        doi="10.1136/bjsports-2024-109380",
    ),
    advice="Stay at the length you have reached for a week or two, with easy shorter runs between, before the next"
    " longer one.",
)
