"""R3b: one run with much more climb than any run of the 30 days before."""

import numpy as np

from monitor.load.daily import History
from monitor.load.spikes import FEWEST_RUNS, LOOK_BACK_DAYS, runs_30d
from monitor.load.windows import Array, longest_before, ratio, shifted, window_sum
from monitor.model import Evidence, Grade
from monitor.rules.rule import Kind, Mails, Rule, where_applies

SMALL_CLIMB_M = 150
SMALL_HABIT_M = 100  # as in `fast_uphill`: after flat weeks the first hill is no infinite jump


def measure(history: History) -> Array:
    """Most climb of one run of the day / the most of the 30 days before, that counted as 100 m at least. [1]

    0 where the run climbs less than 150 m, and where those 30 days hold fewer than 4 runs: a comeback is not a spike.
    NaN where the climb of one of the runs is unknown.
    """
    spike = ratio(history.climb_m, np.maximum(most_climb_30d(history), SMALL_HABIT_M))
    is_small = (history.climb_m < SMALL_CLIMB_M) | (runs_30d(history) < FEWEST_RUNS)
    return where_applies(spike, ~is_small, history)


def most_climb_30d(history: History) -> Array:
    """Most climb of one run in the 30 days before that day. [m] NaN where one of them is unknown."""
    known = shifted(window_sum(history.climb_m, LOOK_BACK_DAYS), 1)
    return np.where(np.isnan(known), np.nan, longest_before(history.climb_m, LOOK_BACK_DAYS))


RULE = Rule(
    name="climb_spike",
    title="Much more climb in one run than in the last 30 days",
    measure=measure,
    watch=1.5,
    kind=Kind.SESSION,
    mails=Mails.NEVER,
    facts={"climb_m": lambda history: history.climb_m, "most_climb_30d_m": most_climb_30d},
    sentence="{climb_m:.0f} m of climb in one run; the most of the 30 days before was {most_climb_30d_m:.0f} m",
    unknown="the climb of a run of the last 30 days is not known",
    evidence=Evidence(
        Grade.D,
        says="That hills irritate the hamstrings is what physiotherapists report. In a laboratory six distance runners"
        " used their hamstrings more on a slope than on the flat only when they ran fast. No study has counted injuries"
        " by metres of climb, and the line is our own.",
        source="expert opinion; Yokozawa et al. 2007, J Biomech 40:3467",
        doi="10.1016/j.jbiomech.2007.05.028",
    ),
    advice="Choose flatter ground for the next runs, and walk the steep parts if the back of the thigh or the sit bone"
    " complains.",
)
