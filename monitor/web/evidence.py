"""What the rules rest on, straight from the rules; what may help; and what Hamwatch is not."""

from inspect import getdoc

from fastapi import APIRouter, Response

from monitor.model import Grade
from monitor.rules.rule import Rule
from monitor.symptoms.prevention import HABITS
from monitor.web.pages import page
from monitor.web.shell import Here

router = APIRouter()


@router.get("/evidence")
def evidence_page(here: Here) -> Response:
    return page("evidence.html", rules=[(rule, measured(rule)) for rule in here.rules], grades=tuple(Grade))


@router.get("/prevention")
def prevention_page() -> Response:
    return page("prevention.html", habits=HABITS)


@router.get("/about")
def about_page() -> Response:
    return page("about.html")


def measured(rule: Rule) -> str:
    """What the rule's number is: the first sentence of its measure, without the unit."""
    return (getdoc(rule.measure) or "").partition("\n")[0].partition(" [")[0]
