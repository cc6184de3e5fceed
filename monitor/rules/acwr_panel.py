"""R7: acute against chronic load, three ways. Shown because people ask for it, never a reason to mail."""

import numpy as np

from monitor.load.daily import History
from monitor.load.windows import Array
from monitor.load.workload import acwr_coupled, acwr_ewma, acwr_uncoupled, chronic_load
from monitor.model import Evidence, Grade
from monitor.rules.rule import Kind, Mails, Rule

FLOOR_M_PER_DAY = 8_000 / 7  # below 8 km a week the ratio divides by next to nothing


def measure(history: History) -> Array:
    """Coupled acute:chronic workload ratio. [1]

    0 where the chronic load is below 8 km a week; NaN until 28 days are known.
    """
    daily = history.distance_m
    return np.where(chronic_load(daily) < FLOOR_M_PER_DAY, 0.0, acwr_coupled(daily))


RULE = Rule(
    name="acwr_panel",
    title="This week against the last four",
    measure=measure,
    watch=1.5,
    kind=Kind.WINDOW,
    mails=Mails.NEVER,
    context=True,
    facts={
        "uncoupled": lambda history: acwr_uncoupled(history.distance_m),
        "ewma": lambda history: acwr_ewma(history.distance_m),
    },
    sentence="this week's running is {value:.2f} times the mean week of the last four",
    evidence=Evidence(
        Grade.CONTESTED,
        says="Studies of runners disagree. In one of 735 marathon runners those injured early had had more days at 1.5"
        " and above; in two others higher ratios went with fewer injuries. A randomised trial of managing training by"
        " it, in youth footballers, found no difference, and its critics advise against using it.",
        source="Toresdahl et al. 2023, Br J Sports Med 57:146; against: Nakaoka et al. 2021, Sports Med 51:2437;"
        " Schuster Brandt Frandsen et al. 2025; Dalen-Lorentsen et al. 2021, Br J Sports Med 55:108;"
        " Impellizzeri et al. 2020, Int J Sports Physiol Perform 15:907",
        doi="10.1136/bjsports-2022-105670",
    ),
    advice="Nothing to do for this number alone. Read it beside how you feel and what you plan.",
)
