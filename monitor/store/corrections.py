"""Runs that were edited: how they were before, kept for a few days so that it can be said what changed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from monitor.store.audience import OWN, Audience
from monitor.store.strava_tables import FormerRun
from monitor.store.tables import ActivityRow


@dataclass(frozen=True, slots=True)
class Version:
    """What is compared of a run."""

    sport: str
    day: date
    distance_m: int | None
    moving_s: int | None


@dataclass(frozen=True, slots=True)
class Correction:
    """A run that reads differently now."""

    name: str
    was: Version
    is_now: Version


def keep_former(db: Session, rows: Iterable[ActivityRow], now: datetime) -> None:
    """Keep what is about to be written over."""
    for row in rows:
        kept = {"name": row.name, **_plain(_version(row))}
        db.add(
            FormerRun(runner_id=row.runner_id, origin=row.origin, origin_id=row.origin_id, replaced_at=now, was=kept)
        )


def corrections(db: Session, runner_id: int, since: datetime, audience: Audience = OWN) -> list[Correction]:
    """What edits changed since then, run by run: from how it was at first to how it is, the latest day first.

    Neither a new title nor an edit that was taken back is one, and of a run that is gone nothing is told.
    """
    query = select(FormerRun).where(FormerRun.runner_id == runner_id, audience.sees(FormerRun.origin))
    former = db.exec(query.where(col(FormerRun.replaced_at) >= since).order_by(col(FormerRun.id).desc())).all()
    first = {(row.origin, row.origin_id): row.was for row in former}  # the earliest one is the last to be written
    stored = db.exec(select(ActivityRow).where(ActivityRow.runner_id == runner_id)).all()
    found = [
        Correction(row.name, _read(was), _version(row))
        for row in stored
        if (was := first.get((row.origin, row.origin_id)))
    ]
    changed = [each for each in found if each.was != each.is_now]
    return sorted(changed, key=lambda each: (each.is_now.day, each.name), reverse=True)


def purge_former(db: Session, runner_id: int, before: datetime) -> None:
    """Take out what was written over before then."""
    mine = col(FormerRun.runner_id) == runner_id
    db.execute(sa.delete(FormerRun).where(mine, col(FormerRun.replaced_at) < before))


def _version(row: ActivityRow) -> Version:
    return Version(row.sport, row.start_local.date(), row.distance_m, row.moving_s)


def _plain(version: Version) -> dict[str, Any]:
    return {
        "sport": version.sport,
        "day": str(version.day),
        "distance_m": version.distance_m,
        "moving_s": version.moving_s,
    }


def _read(was: dict[str, Any]) -> Version:
    return Version(was["sport"], date.fromisoformat(was["day"]), was["distance_m"], was["moving_s"])
