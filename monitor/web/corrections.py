"""One run, what its source told of it, and what its runner corrects: left out, another distance or rating, made one."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Annotated, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Form, Response
from sqlmodel import Session

from monitor.alerts.units import Units
from monitor.errors import UserError
from monitor.load.daily import usable_distance
from monitor.load.duplicates import Counted
from monitor.load.training import Log
from monitor.model import Activity, Amendment, Change, Origin, RunKey
from monitor.store.activities import stored_activities
from monitor.store.amendments import LONGEST_REASON, PARTS_WITHIN, amend, take_back
from monitor.store.own_settings import units_of
from monitor.store.people import Person
from monitor.store.training import training_log
from monitor.web.desk import Desk
from monitor.web.own import Drawing, Key, own_act, own_links, own_page
from monitor.web.pages import page
from monitor.web.security import same_origin

SAID = {
    Change.EXCLUDE: "left out",
    Change.DISTANCE: "distance set",
    Change.RPE: "effort set",
    Change.MERGE: "made one with another run",
}


@dataclass(frozen=True, slots=True)
class Correcting:
    """What the page shows."""

    session: Counted  # as it counts
    told: Activity  # as its source told it
    counts: bool
    others: list[Activity]  # with which it can be made one


def routes(desk: Desk) -> APIRouter:
    """The page of one run."""
    router = APIRouter()

    @router.get("/my/run")
    def shown(origin: Origin, run: str, key: str = "", saved: str = "") -> Response:
        """The run, and the forms that correct it."""

        def show(db: Session, guest: Person) -> Drawing:
            found = correcting(training_log(db, guest.id), stored_activities(db, guest.id), (origin, run))
            return partial(
                page,
                "correct.html",
                shown=found,
                key=key,
                saved=bool(saved),
                units=units_of(db, guest.id),
                longest_reason=LONGEST_REASON,
                said=SAID,
                own=own_links(key, guest.id),
            )

        return own_page(desk, key, show)

    @router.post("/my/run", dependencies=[Depends(same_origin)])
    def correct(
        origin: Annotated[Origin, Form()],
        run: Annotated[str, Form()],
        act: Annotated[Change | Literal["undo"], Form()],
        key: Key = "",
        reason: Annotated[str, Form()] = "",
        value: Annotated[float | None, Form()] = None,
        other: Annotated[str, Form()] = "",
        change: Annotated[Change | None, Form()] = None,
    ) -> Response:
        """Keep one correction, or take one back."""
        run_key = (origin, run)

        def do(db: Session, guest: Person) -> None:
            if act == "undo":
                take_back(db, guest.id, run_key, change or Change.EXCLUDE)
                return
            amount = metres(value, units_of(db, guest.id)) if act is Change.DISTANCE else value
            amend(db, guest.id, Amendment(run_key, Change(act), amount, read_key(other), reason), desk.now())

        return own_act(desk, key, f"{run_path(run_key)}&saved=yes", do)

    return router


def run_path(run: RunKey) -> str:
    """Where a run is corrected."""
    return f"/my/run?{urlencode({'origin': run[0].value, 'run': run[1]})}"


def correcting(log: Log, stored: Sequence[Activity], run: RunKey) -> Correcting:
    """The session that holds this *run*. Raises `UserError` where there is none."""
    sessions = (*log.runs, *log.excluded)
    session = next((each for each in sessions if run in [record.key for record in each.records]), None)
    told = {each.key: each for each in stored}
    if session is None or session.run.key not in told:
        raise UserError("this run is not here any more: what there is stands on your page")
    others = [each.run for each in log.runs if each is not session and _are_parts(each.run, session.run)]
    counts = session in log.runs
    return Correcting(session, told[session.run.key], counts, others if counts and not session.parts else [])


def _are_parts(run: Activity, other: Activity) -> bool:
    both_usable = usable_distance(run) is not None and usable_distance(other) is not None
    return both_usable and abs(run.start - other.start) < PARTS_WITHIN


def metres(value: float | None, units: Units) -> float | None:
    """A distance as it was typed. [m]"""
    return None if value is None else value * units.metres


def read_key(text: str) -> RunKey | None:
    """The run that was chosen in a form. Raises `UserError`."""
    origin, _, number = text.partition("/")
    if not text:
        return None
    if origin not in set(Origin):
        raise UserError("choose the run with which it is one")
    return Origin(origin), number
