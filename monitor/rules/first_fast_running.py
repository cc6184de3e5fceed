"""R2: fast running after four weeks or more with none."""

from monitor.load.daily import History
from monitor.load.fast_running import first_dose
from monitor.load.windows import Array
from monitor.model import Evidence, Grade
from monitor.rules.rule import Kind, Mails, Rule, known, where_applies


def measure(history: History) -> Array:
    """Fast metres of the 7 days ending that day, where the 28 days before them held none (`first_dose`). [m]

    0 where they held some; NaN where that is not known.
    """
    return where_applies(first_dose(history.fast_m), known(history), history)


RULE = Rule(
    name="first_fast_running",
    title="Fast running after weeks without",
    measure=measure,
    caution=299,  # whole metres: 300 m and more
    kind=Kind.WINDOW,
    mails=Mails.WITH_ANOTHER,
    sentence="{value:.0f} m of fast running in 7 days, after four weeks with next to none",
    unknown="fast running is not known for all of the last five weeks",
    evidence=Evidence(
        Grade.C,
        says="In one club of Australian football, hamstring injuries followed weeks in which a player had run more at"
        " speed than was usual for him. In another, players who had seldom run near their top speed in eight weeks were"
        " injured more often, and so were those who had done so most often. Neither was a study of distance runners or"
        " of the first fast run after a pause, and the line is our own.",
        source="Duhig et al. 2016, Br J Sports Med 50:1536; Colby et al. 2018, Int J Sports Physiol Perform",
        doi="10.1136/bjsports-2015-095679",
    ),
    advice="Next time run fewer and slower repetitions on the flat, with 48 hours of easy running before and after, and"
    " then keep a small dose in every week. You have probably done this before without trouble.",
)
