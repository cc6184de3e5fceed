"""R2b: more sprinting than the weeks before, for somebody who hardly sprints."""

from monitor.load.daily import History
from monitor.load.variation import WEEK
from monitor.load.windows import Array, shifted, window_sum
from monitor.model import Evidence, Grade
from monitor.rules.rule import Kind, Mails, Rule, where_applies

WEEKS_BEFORE = 3
JUMP_M = 75
LOW_BASE_M = 105  # a mean week with as much as the study's largest jump is a habit of sprinting


def measure(history: History) -> Array:
    """Sprint metres of the 7 days ending that day − the mean of the three weeks before. [m]

    0 where that mean is 105 m or more, and where the week holds 75 m or less. NaN where one of the days is unknown.
    """
    week, usual = window_sum(history.sprint_m, WEEK), mean_week_before(history)
    return where_applies(week - usual, ~((week <= JUMP_M) | (usual >= LOW_BASE_M) | (week < usual)), history)


def mean_week_before(history: History) -> Array:
    """Mean sprint metres of the three weeks before the 7 days ending that day. [m per week]"""
    return shifted(window_sum(history.sprint_m, WEEKS_BEFORE * WEEK), WEEK) / WEEKS_BEFORE


RULE = Rule(
    name="sprint_jump",
    title="More sprinting than in the weeks before",
    measure=measure,
    caution=JUMP_M,
    kind=Kind.WINDOW,
    mails=Mails.WITH_ANOTHER,
    facts={
        "week_m": lambda history: window_sum(history.sprint_m, WEEK),
        "usual_m": mean_week_before,
    },
    sentence="{week_m:.0f} m of sprinting in 7 days, where the mean of the three weeks before is {usual_m:.0f} m",
    unknown="sprinting is not known for all of the last four weeks",
    evidence=Evidence(
        Grade.C,
        says="In a study of 37 footballers, weeks with 75 to 105 m more sprinting (from 19.8 km/h) than the week before"
        " were followed by more injuries of the leg (odds ratio 6.12), while a moderate amount of fast running went"
        " with fewer. It counted all leg injuries, not those of the hamstrings alone, and nobody has tested it in"
        " distance runners.",
        source="Malone et al. 2018, J Sci Med Sport 21:257; Colby et al. 2018, Int J Sports Physiol Perform",
        doi="10.1016/j.jsams.2017.05.016",
    ),
    advice="Leave sprints out for two days, then come back to them with a few short strides below full speed. A small"
    " dose in every week is easier to get used to than a large one now and then.",
)
