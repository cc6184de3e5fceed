"""R5: the first three weeks back after ten days or more without running."""

from monitor.load.recovery import layoff
from monitor.model import Evidence, Grade
from monitor.rules.rule import Kind, Mails, Rule

RULE = Rule(
    name="return_after_layoff",
    title="Back after a break",
    measure=layoff,
    watch=9,
    kind=Kind.WINDOW,
    mails=Mails.NEVER,
    sentence="in the first three weeks back after {value:.0f} days without running",
    evidence=Evidence(
        Grade.D,
        says="Starting again with short, frequent, easy runs is expert opinion; we know of no trial of it. The study"
        " behind the long-run rule had nothing to compare a first run after a month with, so nothing is said here"
        " about how long that run was.",
        source="Schuster Brandt Frandsen et al. 2025, Br J Sports Med 59:1203",
        doi="10.1136/bjsports-2024-109380",
    ),
    advice="Build up in this order: more often, then longer, then faster. At most three runs a week at first, never on"
    " two days in a row, with walking breaks. If something hurts, take a day or two off and go one step back.",
)
