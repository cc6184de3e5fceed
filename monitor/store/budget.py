"""The app's one budget of requests to Strava, whichever process asks."""

from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import datetime

from sqlmodel import Session, select

from monitor.model import Origin
from monitor.sources.strava_budget import Budget, Purpose, quarter_of
from monitor.store import strava_tables as tables
from monitor.store.upsert import insert, upsert


def budget(db: Session, now: datetime) -> Budget:
    """What is used and left at *now*."""
    row = db.get(tables.Budget, Origin.STRAVA.value)
    return _budget(row).at(now) if row else Budget(quarter_of(now))


def take(db: Session, purpose: Purpose, now: datetime) -> datetime | None:
    """Count one request for *purpose*; where none is left, count nothing and say when there will be."""
    held = _held(db, now)
    if held.left(purpose) < 1:
        return held.free_at(purpose)
    _keep(db, held.counted(now))
    return None


def note_limits(db: Session, headers: Mapping[str, str], asked_at: datetime) -> None:
    """Keep what an answer says of the limits, unless it speaks of a window that is over."""
    held = _held(db, asked_at)
    if held.quarter == quarter_of(asked_at):
        _keep(db, held.told(headers))


def _held(db: Session, now: datetime) -> Budget:
    """The budget at *now*, locked until the transaction ends."""
    first = asdict(Budget(quarter_of(now))) | {"origin": Origin.STRAVA.value}
    db.execute(insert(db, tables.Budget).on_conflict_do_nothing(index_elements=["origin"]), first)
    query = select(tables.Budget).where(tables.Budget.origin == Origin.STRAVA.value)
    return _budget(db.exec(query.with_for_update().execution_options(populate_existing=True)).one()).at(now)


def _keep(db: Session, held: Budget) -> None:
    upsert(db, tables.Budget, [asdict(held) | {"origin": Origin.STRAVA.value}], ("origin",))


def _budget(row: tables.Budget) -> Budget:
    return Budget(**{field.name: getattr(row, field.name) for field in fields(Budget)})
