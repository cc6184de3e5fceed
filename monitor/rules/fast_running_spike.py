"""R2: a week with much more fast running than the runner's own weeks."""

from monitor.load.daily import History, remembered
from monitor.load.fast_running import NONE_DAYS, NONE_M, fast_score, norm
from monitor.load.variation import WEEK
from monitor.load.windows import Array, shifted, window_sum
from monitor.model import Evidence, Grade
from monitor.rules.rule import Kind, Mails, Rule, where_applies


@remembered
def score(history: History) -> Array:
    """`fast_score` of the fast metres. [1]"""
    return fast_score(history.fast_m)


def measure(history: History) -> Array:
    """Standard deviations above the runner's own mean week (`fast_score`). [1]

    0 where the four weeks before held no fast running: that is `first_fast_running`. NaN as `fast_score`.
    """
    before = shifted(window_sum(history.fast_m, NONE_DAYS), WEEK)
    return where_applies(score(history), ~(before < NONE_M), history)


RULE = Rule(
    name="fast_running_spike",
    title="Much more fast running than in a usual week",
    measure=measure,
    watch=1.5,
    caution=2.0,
    strong=3.0,
    kind=Kind.WINDOW,
    mails=Mails.WITH_ANOTHER,
    facts={
        "week_m": lambda history: window_sum(history.fast_m, WEEK),
        "usual_m": lambda history: norm(history.fast_m).mean,
        "weeks": lambda history: norm(history.fast_m).weeks,
    },
    sentence="{week_m:.0f} m of fast running in 7 days, where the mean of the {weeks:.0f} weeks before is"
    " {usual_m:.0f} m",
    unknown="fast running of the week is not known, or of fewer than eight weeks before it",
    evidence=Evidence(
        Grade.C,
        says="In one club of Australian football, hamstring injuries followed weeks in which a player had run more at"
        " speed than was usual for him (odds ratio 6.44 for each standard deviation, 95 % CI 2.99-14.41); total"
        " distance told little. Among 220 players of the same sport, metres at speed told those who were later injured"
        " from the others only a little better than chance. Neither was a study of distance runners, and the lines are"
        " our own.",
        source="Duhig et al. 2016, Br J Sports Med 50:1536; Ruddy et al. 2018, Br J Sports Med 52:919",
        doi="10.1136/bjsports-2015-095679",
    ),
    advice="Make the next fast session a short one, after two easy days. From week to week let fast running grow by a"
    " fifth or by 200 m, and keep a small dose rather than none. You have probably done this before without trouble.",
)
