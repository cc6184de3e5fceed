"""The way back after a break, step by step. Expert opinion: the order is agreed upon, no trial has tested it."""

from dataclasses import dataclass

from monitor.model import Evidence, Grade, Site

HAMSTRING_SITES = frozenset({Site.HAMSTRING, Site.HIGH_HAMSTRING})


@dataclass(frozen=True, slots=True)
class Step:
    """What comes next once *from_share* of the weekly distance before the break is run again."""

    text: str
    from_share: float  # our own marks: protocols name the order, and 75 to 80 % for normal training
    fast: bool = False  # waits until no injury is open


EASY_LADDER = (
    Step("Walk and run in turn, slowly: at most three days a week, never two in a row.", 0.0),
    Step("Run easily without walking breaks: still at most three days a week, never two in a row.", 0.2),
    Step("Run more often: one more easy day a week, as short as the others.", 0.4),
    Step("Run longer: let one easy run grow, the others stay.", 0.6),
    Step(
        "Run faster, last of all: one short faster session a week, two days or more between hard ones.", 0.75, fast=True
    ),
)

HAMSTRING_LADDER = (
    Step("Walk and run in turn, slowly and on the flat: at most three days a week, never two in a row.", 0.0),
    Step("Run easily on the flat: still at most three days a week, never two in a row.", 0.2),
    Step("Run longer, easily: one thing at a time, first more often, then longer.", 0.4),
    Step("Add a few short strides below 80 % of your top speed, on the flat.", 0.6, fast=True),
    Step("Run faster on the flat: 48 to 72 hours between fast sessions.", 0.75, fast=True),
    Step("Run fast uphill, last of all, and begin with little of it.", 1.0, fast=True),
)

SYMPTOMS = (
    "How it feels decides, not the calendar. Pain in the warm-up: two days off and one step back."
    " Pain during the run: one day off and one step back. Pain only afterwards: stay on the step."
)

EVIDENCE = Evidence(
    Grade.D,
    says="Starting again in this order is expert opinion, and the shares of the distance before are our own. We know of"
    " no trial of it. For the high hamstring there is a case report: running again in week 4, fast running in week 12.",
    source="Cushman & Rho 2015, PMC4615691 (case report)",
    doi="",
)


def ladder_for(sites: frozenset[Site]) -> tuple[Step, ...]:
    """The steps after injuries at *sites*, or after a break without one."""
    return HAMSTRING_LADDER if sites & HAMSTRING_SITES else EASY_LADDER
