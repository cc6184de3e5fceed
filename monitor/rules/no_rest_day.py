"""R4b: two weeks of running without a day of rest."""

from monitor.load.recovery import days_without_rest
from monitor.model import Evidence, Grade
from monitor.rules.rule import Kind, Mails, Rule

RULE = Rule(
    name="no_rest_day",
    title="Two weeks without a day of rest",
    measure=days_without_rest,
    watch=13,
    kind=Kind.WINDOW,
    mails=Mails.WITH_ANOTHER,
    sentence="{value:.0f} days of running in a row without a day of rest",
    evidence=Evidence(
        Grade.C,
        says="After a simulated football match hamstring strength was lowest at about two days and fully back only at"
        " four. Endurance athletes with fewer than two rest days a week reported more overuse injuries, looking back."
        " Neither study tested two weeks without rest: that line is our own.",
        source="Rhodes et al. 2019, Res Sports Med; Ristolainen et al. 2014, J Sports Med Phys Fitness 54:78",
        doi="10.1080/15438627.2018.1523168",
    ),
    advice="Take one day without running this week. If you run every day by habit, make every second day short and"
    " easy.",
)
