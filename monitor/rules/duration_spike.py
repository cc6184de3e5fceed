"""R1c: the twin of R1 for runs on trails and treadmills, by time on feet."""

from monitor.load.daily import History
from monitor.load.spikes import FEWEST_RUNS, longest_30d, runs_30d
from monitor.load.windows import Array, ratio
from monitor.model import Evidence, Grade
from monitor.rules.rule import Kind, Mails, Rule, where_applies


def time_spike(history: History) -> Array:
    """The ratio wherever there is one to compare with. [1]"""
    return ratio(history.by_time_s, longest_30d(history.longest_s))


def measure(history: History) -> Array:
    """Longest time of the day on a trail or a treadmill / longest time of any run of the 30 days before. [1]

    0 on other days, and with fewer than 4 runs in those 30 days, which make no habit to compare with.
    """
    return where_applies(time_spike(history), runs_30d(history) >= FEWEST_RUNS, history)


RULE = Rule(
    name="duration_spike",
    title="Much longer on your feet than in the last 30 days",
    measure=measure,
    watch=1.10,
    caution=1.30,
    strong=2.00,
    kind=Kind.SESSION,
    mails=Mails.WITH_ANOTHER,
    merges=True,
    facts={
        "minutes": lambda history: history.by_time_s / 60,
        "longest_30d_minutes": lambda history: longest_30d(history.longest_s) / 60,
        "beyond_percent": lambda history: 100 * (time_spike(history) - 1),
    },
    sentence="{minutes:.0f} minutes on a trail or treadmill were {beyond_percent:.0f} % beyond the longest time of the"
    " 30 days before ({longest_30d_minutes:.0f} minutes)",
    evidence=Evidence(
        Grade.C,
        says="Extrapolated: the study of 5205 runners behind the long-run rule measured distance only. On trails and"
        " treadmills distance tells little, so its lines are used here for time. Nobody has tested that.",
        source="Schuster Brandt Frandsen et al. 2025, Br J Sports Med 59:1203",
        doi="10.1136/bjsports-2024-109380",
    ),
    advice="Keep the next runs at or below the time you were used to before this one, and easy, before the long run"
    " grows again in small steps.",
)
