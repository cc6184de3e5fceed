"""What the samples of runs contained, kept without the samples."""

from collections.abc import Collection, Iterable
from dataclasses import asdict, fields
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from monitor.model import RUN_SPORTS, Activity, Exposure, Origin, RunKey
from monitor.store.activities import as_activity, mark_changed
from monitor.store.audience import OWN, Audience
from monitor.store.people import count_change
from monitor.store.strava_tables import Deferral, FormerRun
from monitor.store.tables import ActivityRow, ExposureRow
from monitor.store.upsert import upsert
from monitor.store.within import by_runner

PUT_OFF, MOST_TIMES = timedelta(days=1), 7
HISTOGRAMS = ("speed_m", "speed_s", "uphill_m", "uphill_s", "repetitions")


def write_exposures(
    db: Session, runner_id: int, found: Iterable[tuple[RunKey, Exposure | None]], read_at: datetime
) -> None:
    """Keep what samples contained; None where the source has none, so that it is not asked again for this content."""
    found, contents = list(found), _contents(db, runner_id)
    rows = [
        {
            "runner_id": runner_id,
            "origin": key[0].value,
            "origin_id": key[1],
            "content": contents[key][0],
            "held": None if exposure is None else asdict(exposure),
            "read_at": read_at,
        }
        for key, exposure in found
        if key in contents
    ]
    upsert(db, ExposureRow, rows, ("runner_id", "origin", "origin_id"))
    for row in rows:
        if row["held"] is not None and (held := db.get(Deferral, (runner_id, row["origin"], row["origin_id"]))):
            db.delete(held)
    days = [contents[key][1] for key, exposure in found if key in contents and exposure is not None]
    mark_changed(db, runner_id, min(days, default=None))


def stored_exposures(db: Session, runner_id: int, audience: Audience = OWN) -> dict[RunKey, Exposure]:
    """The exposures of a runner's runs, as far as they may be seen and were read since the run last changed."""
    return exposures_of(db, [runner_id], audience)[runner_id]


def exposures_of(db: Session, runners: Collection[int], audience: Audience = OWN) -> dict[int, dict[RunKey, Exposure]]:
    """The same of many runners."""
    current = sa.exists().where(col(ActivityRow.shape) == ExposureRow.content, *_same_run(ExposureRow))
    rows = db.exec(
        select(ExposureRow).where(col(ExposureRow.runner_id).in_(runners), audience.sees(ExposureRow.origin), current)
    ).all()
    read = ((row, row.held) for row in rows if row.held is not None)
    found = ((row.runner_id, ((Origin(row.origin), row.origin_id), _exposure(held))) for row, held in read)
    return {runner_id: dict(each) for runner_id, each in by_runner(runners, found).items()}


def without_samples(db: Session, runner_id: int, origin: Origin) -> list[Activity]:
    """The runs whose samples were not asked for since their content is what it is, newest first."""
    known = select(ExposureRow.origin, ExposureRow.origin_id, ExposureRow.content)
    read = {(of, number): content for of, number, content in db.exec(known.where(ExposureRow.runner_id == runner_id))}
    rows = db.exec(
        select(ActivityRow)
        .where(ActivityRow.runner_id == runner_id, ActivityRow.origin == origin.value)
        .order_by(col(ActivityRow.start).desc())
    ).all()
    unread = (row for row in rows if read.get((row.origin, row.origin_id)) != row.shape)
    return [run for run in map(as_activity, unread) if run.is_run]


def to_be_asked_for(db: Session, origin: Origin, now: datetime, most: int) -> list[tuple[int, Activity]]:
    """At most so many runs of all runners, with their runner's number, whose samples may be asked for now.

    The newest first, since those can still change a finding; without those that wait for another try.
    """
    waits = sa.exists().where(col(Deferral.retry_at) > now, *_same_run(Deferral))
    query = _unread(origin).where(~waits).order_by(col(ActivityRow.start).desc(), col(ActivityRow.id)).limit(most)
    return [(row.runner_id, as_activity(row)) for row in db.exec(query).all()]


def runs_without_samples(db: Session) -> int:
    """How many runs of Strava are still to be asked for, those that wait for another try included."""
    return db.exec(select(sa.func.count()).select_from(_unread(Origin.STRAVA).subquery())).one()


def _unread(origin: Origin) -> SelectOfScalar[ActivityRow]:
    read = sa.exists().where(col(ExposureRow.content) == ActivityRow.shape, *_same_run(ExposureRow))
    return select(ActivityRow).where(ActivityRow.origin == origin.value, col(ActivityRow.sport).in_(RUN_SPORTS), ~read)


def _same_run(table: type[ExposureRow] | type[Deferral] | type[FormerRun]) -> list[sa.ColumnElement[bool]]:
    return [col(getattr(table, name)) == getattr(ActivityRow, name) for name in ("runner_id", "origin", "origin_id")]


def put_off(db: Session, runner_id: int, key: RunKey, now: datetime) -> bool:
    """Ask for the samples of this run again in a day; returns whether that was the last time they were put off."""
    place = (runner_id, key[0].value, key[1])
    row = db.get(Deferral, place) or Deferral(
        runner_id=runner_id, origin=place[1], origin_id=place[2], attempts=0, retry_at=now
    )
    row.attempts, row.retry_at = row.attempts + 1, now + PUT_OFF
    db.add(row)
    count_change(db, runner_id)
    return row.attempts >= MOST_TIMES


def given_up(db: Session, runners: Collection[int], audience: Audience = OWN) -> dict[int, list[date]]:
    """The days of each runner's runs whose samples Strava failed to give for a week."""
    runs = select(ActivityRow.runner_id, ActivityRow.start_local).join(Deferral, sa.and_(*_same_run(Deferral)))
    whose = col(ActivityRow.runner_id).in_(runners), audience.sees(ActivityRow.origin)
    rows = db.exec(runs.where(*whose, col(Deferral.attempts) >= MOST_TIMES)).all()
    return by_runner(runners, ((runner_id, start.date()) for runner_id, start in rows))


def drop_orphans(db: Session, runner_id: int) -> None:
    """Take out what belongs to runs that are gone."""
    for table in (ExposureRow, Deferral, FormerRun):
        its_run = sa.exists().where(*_same_run(table))
        db.execute(sa.delete(table).where(col(table.runner_id) == runner_id, ~its_run))


def _contents(db: Session, runner_id: int) -> dict[RunKey, tuple[str, date]]:
    columns = (ActivityRow.origin, ActivityRow.origin_id, ActivityRow.shape, ActivityRow.start_local)
    rows = db.exec(select(*columns).where(ActivityRow.runner_id == runner_id)).all()
    return {(Origin(origin), origin_id): (shape, start.date()) for origin, origin_id, shape, start in rows}


def _exposure(held: dict[str, Any]) -> Exposure:
    values = {field.name: held[field.name] for field in fields(Exposure)}
    values |= {name: tuple(values[name]) for name in HISTOGRAMS if values[name] is not None}
    return Exposure(**values | {"heartrate_s": tuple((bpm, s) for bpm, s in values["heartrate_s"])})
