"""R6: a week with much more running than the week before."""

from monitor.load.daily import History
from monitor.load.variation import WEEK, week_to_week
from monitor.load.windows import Array, shifted, window_sum
from monitor.model import Evidence, Grade
from monitor.rules.rule import Kind, Mails, Rule, where_applies

FLOOR_M = 8_000  # after next to nothing every week is a jump


def week_before(history: History) -> Array:
    """Distance of the days d-13 … d-7. [m]"""
    return shifted(window_sum(history.distance_m, WEEK), WEEK)


def measure(history: History) -> Array:
    """Distance of 7 days / distance of the 7 before. [1]

    0 where the week before held less than 8 km; NaN until 14 days are known.
    """
    return where_applies(week_to_week(history.distance_m), ~(week_before(history) < FLOOR_M), history)


RULE = Rule(
    name="weekly_jump",
    title="More running than the week before",
    measure=measure,
    watch=1.30,
    caution=1.60,
    kind=Kind.WINDOW,
    mails=Mails.NEVER,
    context=True,
    facts={
        "week_km": lambda history: window_sum(history.distance_m, WEEK) / 1000,
        "week_before_km": lambda history: week_before(history) / 1000,
    },
    sentence="{week_km:.1f} km in 7 days, {value:.1f} times the 7 days before ({week_before_km:.1f} km)",
    evidence=Evidence(
        Grade.CONTESTED,
        says="The largest study, of 5205 runners, found no relationship between the change from week to week and"
        " injury. A study of 261 runners found more injuries after increases of 20 to 60 % at three weeks, but no"
        " longer at eight and fourteen.",
        source="Schuster Brandt Frandsen et al. 2025, Br J Sports Med 59:1203; Damsted et al. 2019,"
        " J Orthop Sports Phys Ther 49:230",
        doi="10.1136/bjsports-2024-109380",
    ),
    advice="Nothing to do for this number alone. How long the longest run was says more.",
)
