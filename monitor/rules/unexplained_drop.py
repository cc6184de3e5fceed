"""R8: two weeks of much less running than before, and nothing told that explains it."""

import numpy as np

from monitor.load.daily import History
from monitor.load.recovery import LAYOFF_DAYS, days_resting, layoff
from monitor.load.windows import Array, ratio, shifted, window_sum
from monitor.model import Evidence, Grade
from monitor.rules.rule import Kind, Mails, Rule, where_applies

FORTNIGHT = 14
FLOOR_M = 2 * 8_000  # whoever seldom runs says nothing by running less


def fortnight(history: History) -> Array:
    """Distance of the 14 days before that day. [m] NaN where one of their runs has no distance that can be used.

    The day itself is not over: a run still to come must not look like one left out.
    """
    return shifted(window_sum(np.where(history.unusable_runs > 0, np.nan, history.distance_m), FORTNIGHT), 1)


def usual_fortnight(history: History) -> Array:
    """Half the distance of the 28 days before those. [m]"""
    return shifted(window_sum(history.distance_m, 2 * FORTNIGHT), FORTNIGHT + 1) / 2


def measure(history: History) -> Array:
    """How much less the 14 days before that day held than an average 14 of the 28 before those. [whole %]

    0 where they held more, or less than 8 km a week was usual; where a race, a taper, illness or a holiday was in the
    14 days; during a break of 10 days and the three weeks after it, which say so themselves. NaN until 42 days are
    known, and where the distance of one of the 14 is not.
    """
    usual = usual_fortnight(history)
    less = np.floor(ratio(100 * np.maximum(usual - fortnight(history), 0), usual))
    told = window_sum(np.fmax(history.excused, history.race), FORTNIGHT + 1) > 0
    away = (days_resting(history) >= LAYOFF_DAYS) | (layoff(history) >= LAYOFF_DAYS)
    return where_applies(less, ~(told | away | (usual < FLOOR_M)), history)


RULE = Rule(
    name="unexplained_drop",
    title="Much less running than before",
    measure=measure,
    watch=39,  # of whole per cent: 40 % less, so six tenths of what was usual, is beyond it
    kind=Kind.WINDOW,
    mails=Mails.NEVER,
    facts={
        "fortnight_km": lambda history: fortnight(history) / 1000,
        "usual_km": lambda history: usual_fortnight(history) / 1000,
    },
    sentence="how are you? {fortnight_km:.0f} km in 14 days, where {usual_km:.0f} km were usual",
    unknown="it takes 42 known days before today, and a distance for every run of the last 14",
    evidence=Evidence(
        Grade.B,
        says="In a study of 435 runners, two weeks below 0.70 of the weeks before went with injury more often (9.6 % by"
        " its model, 95 % credible interval 7.5-12.4) than two weeks above 1.38 of them (1.3 %, 0.7-1.7). Sore runners"
        " run less, so a drop may follow a problem rather than cause one. It was not about hamstrings, and the line of"
        " 40 % is our own.",
        source="Nakaoka et al. 2021, Sports Med 51:2437",
        doi="10.1007/s40279-021-01483-0",
    ),
    advice="If this is on purpose, all is well: enter the taper, the holiday or the illness, and this goes quiet. If"
    " something hurts, say so in the check-in: it takes half a minute, and says what may help.",
)
