"""R3: a week with more fast uphill running than any of the four before."""

import numpy as np

from monitor.load.daily import History
from monitor.load.fast_running import largest_week_before
from monitor.load.variation import WEEK
from monitor.load.windows import Array, ratio, window_sum
from monitor.model import Evidence, Grade
from monitor.rules.rule import Kind, Mails, Rule, where_applies

SMALL_WEEK_M = 600
SMALL_HABIT_M = 400  # after next to nothing every hill would be a huge jump, and after none a division by 0


def measure(history: History) -> Array:
    """Fast uphill metres of 7 days / the most that one of the four weeks before held, that counted as 400 m at least.

    [1] 0 where the 7 days hold less than 600 m. NaN where one of the days is unknown.
    """
    week = window_sum(history.fast_uphill_m, WEEK)
    before = np.maximum(largest_week_before(history.fast_uphill_m), SMALL_HABIT_M)
    return where_applies(ratio(week, before), ~(week < SMALL_WEEK_M), history)


RULE = Rule(
    name="fast_uphill",
    title="More fast uphill running than in the last four weeks",
    measure=measure,
    watch=1.5,
    caution=2.0,
    kind=Kind.WINDOW,
    mails=Mails.WITH_ANOTHER,
    facts={
        "week_m": lambda history: window_sum(history.fast_uphill_m, WEEK),
        "largest_m": lambda history: largest_week_before(history.fast_uphill_m),
    },
    sentence="{week_m:.0f} m of fast uphill running in 7 days; the fullest of the four weeks before held"
    " {largest_m:.0f} m",
    unknown="fast uphill running is not known for all of the last five weeks",
    evidence=Evidence(
        Grade.C,
        says="In a laboratory six distance runners used their hamstrings more on a slope of 9 % than on the flat at"
        " 5.0 m/s, but not at 3.3 or 4.2 m/s. Physiotherapists report that a painful high hamstring tendon hurts more"
        " uphill and at speed. No study has counted injuries, and the lines are our own.",
        source="Yokozawa et al. 2007, J Biomech 40:3467",
        doi="10.1016/j.jbiomech.2007.05.028",
    ),
    advice="Run the next hills at an easy effort, or the next fast repetitions on the flat; fast uphill ones come back"
    " last. Change one thing at a time.",
)
