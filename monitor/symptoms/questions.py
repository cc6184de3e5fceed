"""What is asked, and on which page: most people answer one question, and nobody more than three pages.

The four key questions are those of the OSTRC-H2 (Oslo Sports Trauma Research Center questionnaire on health problems,
version 2), whose authors ask that wording and scoring be kept: Clarsen et al. 2020, Br J Sports Med 54:390,
doi:10.1136/bjsports-2019-101337. Our wording was never compared with the authors' own sheet; a public copy of the first
two questions agrees up to one word. What follows them is our own, from a physiotherapist's article (expert opinion).

One instrument: the OSTRC-O2 asks and scores the same four of one body area, so that beside H2 it would ask them twice;
whether buttock, hip or thigh is part of it, and the pain there, is asked once instead.
"""

from dataclasses import dataclass
from enum import StrEnum

from monitor.symptoms.check_in import Morning
from monitor.symptoms.scoring import CANNOT, FULL

INSTRUMENT = "OSTRC-H2"


@dataclass(frozen=True, slots=True)
class Item:
    """A question and its options, the first of which is 1."""

    name: str
    text: str
    options: tuple[str, str, str, str]


PARTICIPATION = Item(
    "participation",
    "Have you had any difficulties participating in training and competition due to injury, illness or other health"
    " problems during the past 7 days?",
    (
        "Full participation without health problems",
        "Full participation, but with a health problem",
        "Reduced participation due to a health problem",
        "Could not participate due to a health problem",
    ),
)
MODIFICATION = Item(
    "modification",
    "To what extent have you modified your training or competition due to injury, illness or other health problems"
    " during the past 7 days?",
    ("No modification", "To a minor extent", "To a moderate extent", "To a major extent"),
)
PERFORMANCE = Item(
    "performance",
    "To what extent has injury, illness or other health problems affected your performance during the past 7 days?",
    ("No effect", "To a minor extent", "To a moderate extent", "To a major extent"),
)
SYMPTOMS = Item(
    "symptoms",
    "To what extent have you experienced symptoms/health complaints during the past 7 days?",
    ("No symptoms/health complaints", "To a mild extent", "To a moderate extent", "To a severe extent"),
)
FURTHER = (MODIFICATION, PERFORMANCE, SYMPTOMS)
MORNINGS = {
    Morning.AS_BEFORE: "As the morning before, or better",
    Morning.WORSE: "Worse than the morning before",
    Morning.NO_RUN: "I have not run",
}


class Page(StrEnum):
    """What is asked together."""

    FIRST = "first"
    FURTHER = "further"  # the other three, and whether buttock, hip or thigh is part of it
    WHERE = "where"  # that alone
    THERE = "there"
    DONE = "done"


def next_page(participation: int | None, further: bool = False, there: bool | None = None, told: bool = False) -> Page:
    """The page that comes next: what of it was answered is *further* (all three), *there*, *told* (the last page)."""
    if participation is None:
        return Page.FIRST
    if participation == FULL:
        return Page.DONE
    if participation != CANNOT and not (further and there is not None):
        return Page.FURTHER
    if there is None:
        return Page.WHERE
    return Page.THERE if there and not told else Page.DONE
