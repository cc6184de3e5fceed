"""The operator's page: what needs a person on top, then jobs, sources, mail, database."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.metadata import version

from fastapi import APIRouter, Depends, Response

from monitor.settings import Settings
from monitor.store.backup import are_made, backups
from monitor.store.operating import Operating, operating
from monitor.store.status import Status, status
from monitor.watch import Late, Part
from monitor.web.access import for_operator
from monitor.web.pages import page
from monitor.web.shell import Here

router = APIRouter()
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Job:
    """What runs by itself: when it ended well last, when it is expected next, and what is wrong with it."""

    title: str
    last: datetime | None
    next: datetime | None  # None: nobody expects it
    trouble: str = ""


@router.get("/operator", dependencies=[Depends(for_operator)])
def operator_page(here: Here) -> Response:
    """For whoever runs Hamwatch. It names runners by their number, and addresses that bounce."""
    now, settings = here.now(), here.settings
    with here.open_db() as db:
        stands = status(db, now, settings.watch.dead_after)
        facts = operating(db, now, settings.schedule.daily_hour)
    return page(
        "operator.html",
        now=now,
        stands=stands,
        facts=facts,
        jobs=jobs(facts, stands, settings),
        copies=backups(settings.database.backups) if are_made(settings.database) else None,
        version=version("hamwatch"),
    )


def jobs(facts: Operating, stands: Status, settings: Settings) -> list[Job]:
    """What runs by itself, the parts that others stand on first."""
    late: Mapping[str, Late] = {each.part: each for each in stands.late}
    tick, beat = timedelta(seconds=settings.schedule.tick_s), timedelta(seconds=settings.watch.beat_s)
    copied = [_part("Copy the database", facts.beats.get(Part.COPIES), DAY, late.get(Part.COPIES))]
    return [
        _part("Worker", facts.beats.get(Part.WORKER), beat, late.get(Part.WORKER)),
        _part("Pages", facts.beats.get(Part.WEB), beat, late.get(Part.WEB)),
        _part("Look for what is due", facts.beats.get(Part.PASSES), tick),
        _part("Send mail", facts.beats.get(Part.SENDER), tick, late.get(Part.SENDER)),
        _daily(facts, late.get(Part.PASSES), len(stands.unfinished_passes)),
        *(copied if are_made(settings.database) else []),
    ]


def _part(title: str, last: datetime | None, every: timedelta, late: Late | None = None) -> Job:
    return Job(title, last, last + every if last else None, late.says if late else "")


def _daily(facts: Operating, late: Late | None, unfinished: int) -> Job:
    troubles = (late.says if late else "", f"{unfinished} not finished" if unfinished else "")
    return Job("A runner's day", facts.last_pass, facts.next_pass, " ".join(filter(None, troubles)))
