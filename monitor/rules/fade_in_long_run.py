"""R10: a long run in which cadence or pace faded at the same heart rate."""

from monitor.load.daily import History
from monitor.load.fade import fade
from monitor.load.hard_days import FAST_M
from monitor.load.spikes import longest_30d
from monitor.load.windows import Array
from monitor.model import Evidence, Grade
from monitor.rules.rule import Kind, Mails, Rule, where_applies


def measure(history: History) -> Array:
    """How far cadence or pace fell in the last third of a long run, at the same heart rate. [%]

    0 on days without a long run: one of at least nine tenths of the longest of the 30 days before, with less than 800 m
    of fast running, because repetitions have a shape of their own. NaN where its samples cannot tell.
    """
    is_long = 10 * history.longest_m >= 9 * longest_30d(history.longest_m)
    return where_applies(fade(history), is_long & ~(history.fast_m >= FAST_M), history)


RULE = Rule(
    name="fade_in_long_run",
    title="A long run that faded",
    measure=measure,
    watch=5,
    kind=Kind.SESSION,
    mails=Mails.NEVER,
    facts={"distance_km": lambda history: history.longest_m / 1000},
    sentence="in the last third of {distance_km:.1f} km, steps a minute or pace were {value:.0f} % below the first"
    " third, at the same heart rate",
    unknown="the long run has no samples of heart rate with cadence or pace",
    evidence=Evidence(
        Grade.D,
        says="That form fades when hips and trunk tire, and that the hamstring then does more of the work, is what"
        " physiotherapists teach. We know of no study that followed runners whose long runs faded; on steps a minute"
        " and injury a review found insufficient evidence. The line of 5 % is our own.",
        source="Expert opinion; the review: Anderson et al. 2022, Sports Med Open",
        doi="10.1186/s40798-022-00504-0",
    ),
    advice="Start the next long run a little slower, eat and drink on the way, and end it while you still run well."
    " Heat, wind and hills can do the same.",
)
