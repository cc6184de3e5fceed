"""What follows from the last check-in, how it has felt week by week, and what was run before a worse morning."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from fastapi import APIRouter, Response
from sqlmodel import Session

from monitor.alerts.symptom_chart import symptom_chart
from monitor.load.before import DayBefore, days_before
from monitor.load.daily import NOTHING
from monitor.load.training import Log
from monitor.store.people import Person
from monitor.store.training import training_log
from monitor.symptoms.check_in import CheckIn, Morning
from monitor.symptoms.circumstances import context
from monitor.symptoms.trend import WHAT_A_CHANGE_MEANS, Week, change_said, weeks
from monitor.web import links
from monitor.web.desk import Desk
from monitor.web.felt import Felt, last_felt
from monitor.web.own import Drawing, own_links, own_page
from monitor.web.pages import page
from monitor.web.reading import reads

CHART_WIDTHS = {"wide": 720, "narrow": 340}
WORSE_MORNINGS_SHOWN = 4


@dataclass(frozen=True, slots=True)
class CheckIns:
    """What the page shows."""

    felt: Felt | None  # None: no check-in yet
    weeks: list[Week]  # newest first
    charts: dict[str, str]  # SVG
    change: str
    worse: list[tuple[date, list[DayBefore]]]  # newest first
    context: tuple[str, ...]  # of what else the last check-in told


def routes(desk: Desk) -> APIRouter:
    """The page behind the check-in."""
    router = APIRouter()

    @router.get("/check-ins")
    def shown(key: str = "") -> Response:
        """For the runner whose key it is. Looking changes nothing."""

        def show(db: Session, guest: Person) -> Drawing:
            log, today = training_log(db, guest.id), desk.now().astimezone(guest.zone).date()
            return lambda: page(
                "check-ins.html",
                shown=check_ins(log, today),
                what_a_change_means=WHAT_A_CHANGE_MEANS,
                again=links.own_path(key, "/check-in"),
                own=own_links(key, guest.id),
            )

        return own_page(desk, key, show)

    return router


def check_ins(log: Log, today: date) -> CheckIns:
    """What the page shows of a runner's *log*."""
    known = weeks(log.check_ins, today)
    title = f"Severity by week, last {len(known)} weeks"
    return CheckIns(
        felt=last_felt(log.check_ins),
        weeks=known[::-1],
        charts={
            name: symptom_chart(known, title=title, width=width, locale=reads()) for name, width in CHART_WIDTHS.items()
        },
        change=change_said(log.check_ins),
        worse=worse_mornings(log, log.check_ins),
        context=context(log.check_ins[-1]) if log.check_ins else (),
    )


def worse_mornings(log: Log, told: Sequence[CheckIn]) -> list[tuple[date, list[DayBefore]]]:
    """The last worse mornings, newest first, each with the three days before it."""
    mornings = [each.day for each in told if each.morning is Morning.WORSE]
    history = log.history or NOTHING
    return [(day, days_before(history, day)) for day in mornings[: -WORSE_MORNINGS_SHOWN - 1 : -1]]
