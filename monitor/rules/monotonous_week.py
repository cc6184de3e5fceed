"""R4b: a week of more running than usual in which every day was like the others."""

import numpy as np

from monitor.load.daily import History
from monitor.load.variation import monotony
from monitor.load.windows import Array
from monitor.load.workload import acwr_coupled, chronic_load
from monitor.model import Evidence, Grade
from monitor.rules.rule import Kind, Mails, Rule

BUSY = 1.2  # × the mean week of the last four


def measure(history: History) -> Array:
    """Monotony of the 7 days ending that day, while they hold at least 1.2 × the mean of 28. [1]

    0 in other weeks, and where monotony is undefined (7 equal days); NaN until 28 days are known.
    """
    daily = history.distance_m
    busy = acwr_coupled(daily) >= BUSY
    return np.where(np.isnan(chronic_load(daily)), np.nan, np.where(busy, np.nan_to_num(monotony(daily)), 0.0))


RULE = Rule(
    name="monotonous_week",
    title="A fuller week with every day alike",
    measure=measure,
    watch=2.0,
    kind=Kind.WINDOW,
    mails=Mails.NEVER,
    sentence="more running than usual this week, with little change from day to day (monotony {value:.1f})",
    evidence=Evidence(
        Grade.D,
        says="The idea that hard and easy days should differ comes from work on overtraining; for running injury it is"
        " expert opinion, and so is the line of this rule.",
        source="Foster 1998, Med Sci Sports Exerc 30:1164",
        doi="10.1097/00005768-199807000-00023",
    ),
    advice="Let the days differ: a clearly easy or free day after each longer or faster one.",
)
