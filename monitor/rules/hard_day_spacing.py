"""R4: hard sessions too close together, or too many of them in a week."""

import numpy as np

from monitor.load.daily import History
from monitor.load.hard_days import days_since_race, hard_days, hours_since, hours_since_hard
from monitor.load.variation import WEEK
from monitor.load.windows import Array, window_sum
from monitor.model import Evidence, Grade
from monitor.rules.rule import Kind, Mails, Rule, where_applies

MANY = 4
APART_H = 48


def measure(history: History) -> Array:
    """Hard days among the 7 ending that day, where that day is hard and began less than 48 h after another. [days]

    Also where it is the fourth of them or a later one. 0 on other days. NaN where it is not known whether the day was
    hard, or whether a day before it was and nothing that is known crowds it. Hours are those of `hours_since_hard`.
    """
    hard = hard_days(history)
    hard_today = hard == 1
    in_week = window_sum(hard_today.astype(np.float64), WEEK)
    crowded = hard_today & ((hours_since(hard, history.start_h) < APART_H) | (in_week >= MANY))
    not_known = np.isnan(hard) | (hard_today & ~crowded & np.isnan(window_sum(hard, WEEK)))
    return where_applies(np.where(not_known, np.nan, in_week), crowded | not_known, history)


RULE = Rule(
    name="hard_day_spacing",
    title="Hard sessions close together",
    measure=measure,
    watch=1,
    kind=Kind.WINDOW,
    mails=Mails.WITH_ANOTHER,
    facts={"hours_apart": hours_since_hard, "days_since_race": days_since_race},
    sentence="{value:.0f} hard sessions in 7 days, the last two {hours_apart:.0f} hours apart",
    unknown="fast running of the last days is not known",
    evidence=Evidence(
        Grade.C,
        says="After a simulated football match hamstring strength was lowest at about two days and fully back only at"
        " four. After a marathon images of the hamstrings were changed on the third day and normal on the eighth."
        " Neither study counted injuries. The 48 hours are a common minimum, and what counts as hard here is our own"
        " definition.",
        source="Rhodes et al. 2019, Res Sports Med; Higashihara et al. 2020, PLoS One 15:e0234401",
        doi="10.1080/15438627.2018.1523168",
    ),
    advice="Keep the next two days easy or free, and let 48 hours or more pass before the next hard session; after a"
    " race a week of easy running.",
)
