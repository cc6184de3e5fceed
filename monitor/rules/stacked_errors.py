"""Several sudden changes at once: first speed and first hills in a week, or a long-run spike beside a fast one."""

import numpy as np
import numpy.typing as npt

from monitor.load.daily import History
from monitor.load.fast_running import FIRST_M, first_dose
from monitor.load.variation import WEEK
from monitor.load.windows import Array, shifted, window_sum
from monitor.model import Evidence, Grade
from monitor.rules.chained_records import longest_of_week
from monitor.rules.fast_running_spike import score
from monitor.rules.rule import Kind, Mails, Rule, known, where_applies
from monitor.rules.single_session_spike import measure as long_run_spike

LONG, FAST = 1.10, 1.5  # the mildest lines of `single_session_spike` and `fast_running_spike`


def measure(history: History) -> Array:
    """How many kinds of change came together in the 7 days ending that day: fast, uphill, long. [1]

    0 where none met another. NaN where fast or uphill running of the 7 days is unknown, or whether it was the first.
    """
    first = first_speed_and_hills(history)
    both, near = first > 0, window_sum(long_beside_fast(history).astype(np.float64), WEEK) > 0
    kinds = np.where(both & near, 3.0, np.where(both | near, 2.0, 0.0))
    unknown = np.isnan(first + window_sum(history.fast_m + history.fast_uphill_m, WEEK))
    return where_applies(np.where(unknown, np.nan, kinds), known(history), history)


def first_speed_and_hills(history: History) -> Array:
    """Metres of the first fast and the first fast uphill running, where both fall into the 7 days. [m]

    0 where one of them does not. A fast metre uphill counts once, as uphill: one session of hills is one change.
    """
    uphill = first_dose(history.fast_uphill_m)
    elsewhere = first_dose(np.maximum(history.fast_m - history.fast_uphill_m, 0))
    return np.where((uphill < FIRST_M) | (elsewhere < FIRST_M), 0.0, uphill + elsewhere)


def long_beside_fast(history: History) -> npt.NDArray[np.bool_]:
    """Days on which a spike of the longest run and one of fast running meet: on that day, or on it and the one before.

    With fewer than 8 known weeks before it, fast running is sudden only where it is the first.
    """
    week_is_sudden = (score(history) > FAST) | (first_dose(history.fast_m) > 0)
    fast = week_is_sudden & (history.fast_m >= FIRST_M)
    long = long_run_spike(history) > LONG
    return (long & (fast | _yesterday(fast))) | (fast & _yesterday(long))


def _yesterday(holds: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    return shifted(holds.astype(np.float64), 1) > 0


RULE = Rule(
    name="stacked_errors",
    title="Several sudden changes within days",
    measure=measure,
    caution=1,
    kind=Kind.WINDOW,
    mails=Mails.WITH_ANOTHER,
    facts={
        "fast_m": lambda history: window_sum(history.fast_m, WEEK),
        "uphill_m": lambda history: window_sum(history.fast_uphill_m, WEEK),
        "longest_km": lambda history: longest_of_week(history) / 1000,
    },
    sentence="{value:.0f} kinds of sudden change within days of each other: 7 days with {fast_m:.0f} m fast,"
    " {uphill_m:.0f} m fast uphill and a longest run of {longest_km:.1f} km",
    unknown="fast or uphill running is not known for all of the last five weeks",
    evidence=Evidence(
        Grade.C,
        says="No study has looked at sudden changes that come together. Each of them has some evidence of its own, most"
        " of it from team sport or the laboratory. That two at once ask more of the hamstrings than one is plausible,"
        " but not shown.",
        source="Duhig et al. 2016, Br J Sports Med 50:1536; Yokozawa et al. 2007, J Biomech 40:3467;"
        " Schuster Brandt Frandsen et al. 2025, Br J Sports Med 59:1203",
        doi="10.1136/bjsports-2015-095679",
    ),
    advice="Change one thing at a time: easy and flat runs for two or three days, then either the speed or the hills or"
    " the length again, and the next of them a week later.",
)
