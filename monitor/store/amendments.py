"""What runners correct of their runs. The rows of the runs stay as their source told them."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from monitor.errors import BadRecord, UserError
from monitor.load.amended import DISTANCE_DOUBTS
from monitor.load.daily import usable_distance
from monitor.model import Activity, Amendment, Change, Origin, RunKey
from monitor.sources.check import checked
from monitor.store.activities import as_activity, mark_changed
from monitor.store.audience import OWN, Audience
from monitor.store.due import make_due
from monitor.store.own_tables import AmendmentRow
from monitor.store.tables import ActivityRow
from monitor.store.within import by_runner

LONGEST_REASON = 200
RATINGS = (0, 10)
PARTS_WITHIN = timedelta(hours=24)


def amend(db: Session, runner_id: int, told: Amendment, now: datetime) -> None:
    """Keep a correction, in place of the same kind for this run; the days from the run's on are assessed anew.

    Raises `UserError` where there is no such run, or for what cannot be.
    """
    run = _run(db, runner_id, told.run)
    _check(db, runner_id, run, told, now)
    into = told.into or (None, None)
    row = AmendmentRow(
        runner_id=runner_id,
        origin=told.run[0].value,
        origin_id=told.run[1],
        change=told.change.value,
        at=now,
        value=told.value,
        into_origin=into[0].value if into[0] else None,
        into_id=into[1],
        reason=told.reason.strip(),
    )
    db.merge(row)
    _changed(db, runner_id, run)


def take_back(db: Session, runner_id: int, run: RunKey, change: Change) -> None:
    """The run reads as its source told it again, in this respect. Nothing where it does already."""
    row = db.get(AmendmentRow, (runner_id, run[0].value, run[1], change.value))
    if row:
        _changed(db, runner_id, _run(db, runner_id, run))
        db.delete(row)


def amendments(db: Session, runner_id: int, audience: Audience = OWN) -> list[Amendment]:
    """All that this runner corrects of the runs that may be seen, in the order in which they said it."""
    return amendments_of(db, [runner_id], audience)[runner_id]


def amendments_of(db: Session, runners: Collection[int], audience: Audience = OWN) -> dict[int, list[Amendment]]:
    """The same of many runners."""
    query = select(AmendmentRow).where(col(AmendmentRow.runner_id).in_(runners), audience.sees(AmendmentRow.origin))
    rows = db.exec(query.order_by(col(AmendmentRow.at), col(AmendmentRow.origin_id))).all()
    return by_runner(runners, ((row.runner_id, as_amendment(row)) for row in rows))


def as_amendment(row: AmendmentRow) -> Amendment:
    """The stored row as the core knows it."""
    into = (Origin(row.into_origin), row.into_id) if row.into_origin and row.into_id else None
    return Amendment((Origin(row.origin), row.origin_id), Change(row.change), row.value, into, row.reason)


def _check(db: Session, runner_id: int, run: Activity, told: Amendment, now: datetime) -> None:
    match told.change:
        case Change.EXCLUDE:
            _check_reason(told.reason)
        case Change.DISTANCE:
            _check_distance(run, told.value, now)
        case Change.RPE:
            if told.value is None or not RATINGS[0] <= told.value <= RATINGS[1]:
                raise UserError("a rating is a number from 0 to 10")
        case Change.MERGE:
            _check_parts(run, _run(db, runner_id, told.into))


def _check_reason(reason: str) -> None:
    if not reason.strip() or len(reason) > LONGEST_REASON or not reason.isprintable():
        raise UserError(f"say why it does not count, in at most {LONGEST_REASON} letters")


def _check_distance(run: Activity, metres: float | None, now: datetime) -> None:
    """The same check that the distance of a source passes."""
    try:
        given = replace(run, distance_m=round(metres or 0), flags=run.flags - DISTANCE_DOUBTS)
        read = checked(given, now)
    except (BadRecord, ValueError, OverflowError) as error:
        raise UserError("a distance is a number of kilometres or miles above 0") from error
    if usable_distance(read) is None:
        why = ", ".join(sorted(flag.value for flag in read.flags - given.flags)) or "its time cannot be used"
        raise UserError(f"{(metres or 0) / 1000:g} km in the time of this run cannot be: {why}")


def _check_parts(run: Activity, other: Activity) -> None:
    if run.key == other.key:
        raise UserError("a run is one with itself already: choose another one")
    if abs(run.start - other.start) >= PARTS_WITHIN:
        raise UserError("two runs that began more than a day apart are not one")


def _run(db: Session, runner_id: int, key: RunKey | None) -> Activity:
    origin, origin_id = (key[0].value, key[1]) if key else ("", "")
    mine = ActivityRow.runner_id == runner_id, ActivityRow.origin == origin, ActivityRow.origin_id == origin_id
    row = db.exec(select(ActivityRow).where(*mine)).first()
    if row is None:
        raise UserError("this run is not here any more: what there is stands on your page")
    return as_activity(row)


def _changed(db: Session, runner_id: int, run: Activity) -> None:
    mark_changed(db, runner_id, run.day)
    make_due(db, runner_id)
