"""R1: one run much longer than any run of the 30 days before."""

import numpy as np

from monitor.load.daily import History, remembered
from monitor.load.recovery import LAYOFF_DAYS, layoff
from monitor.load.spikes import FEWEST_RUNS, longest_30d, runs_30d, session_spike
from monitor.load.windows import Array
from monitor.model import Evidence, Grade
from monitor.rules.rule import Kind, Mails, Rule, where_applies


@remembered
def measure(history: History) -> Array:
    """Longest run of the day / longest of the 30 days before. [1]

    0 on known days without a run, or without one to compare with; and for a runner who is just back from a break until
    there are four runs to compare with: a comeback is not a spike.
    """
    spike = session_spike(history)
    just_back = (layoff(history) >= LAYOFF_DAYS) & (runs_30d(history) < FEWEST_RUNS)
    return where_applies(spike, ~np.isnan(spike) & ~just_back, history)


RULE = Rule(
    name="single_session_spike",
    title="A run much longer than any in the last 30 days",
    measure=measure,
    watch=1.10,  # 1.10 itself is still the study's reference group
    caution=1.30,
    strong=2.00,
    kind=Kind.SESSION,
    mails=Mails.ALONE,
    merges=True,
    facts={
        "distance_km": lambda history: history.longest_m / 1000,
        "longest_30d_km": lambda history: longest_30d(history.longest_m) / 1000,
        "beyond_percent": lambda history: 100 * (session_spike(history) - 1),
        "runs_30d": runs_30d,
    },
    sentence="{distance_km:.1f} km was {beyond_percent:.0f} % beyond the longest run of the 30 days before"
    " ({longest_30d_km:.1f} km)",
    evidence=Evidence(
        Grade.B,
        says="In a study of 5205 runners, compared with runs at most 10 % longer than the longest of the 30 days"
        " before, runs 10 to 30 % longer were followed by overuse injury 1.64 times as often (95 % CI 1.31-2.05), runs"
        " 30 to 100 % longer 1.52 times (1.16-2.00), and runs more than twice as long 2.28 times (1.50-3.48). Most such"
        " runs are not followed by injury. This is an association in one study, not specific to hamstrings.",
        source="Schuster Brandt Frandsen et al. 2025, Br J Sports Med 59:1203",
        doi="10.1136/bjsports-2024-109380",
    ),
    advice="Keep the next runs at or below the length you were used to before this one, and easy, before the long run"
    " grows again in small steps. You have probably done this before without trouble.",
)
