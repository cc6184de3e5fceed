"""How asking runners' sources went, by a few queries however many they are."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from monitor.model import Origin
from monitor.rules.freshness import Access, Ledger
from monitor.store.audience import Audience
from monitor.store.brake import held_since
from monitor.store.connections import silent_since
from monitor.store.people import Person
from monitor.store.source_state import down_since
from monitor.store.subscription import tells
from monitor.store.tables import Connection, Coverage
from monitor.store.upsert import columns
from monitor.store.within import Condition, Whose


@dataclass(frozen=True, slots=True)
class _Strava:
    """What holds for everybody who is connected."""

    down_since: datetime | None
    tells: bool


NOBODY_ASKS = _Strava(None, tells=False)


def ledgers(
    db: Session, audiences: Mapping[Person, Audience], files_stale_after_days: int, whose: Whose
) -> dict[int, Ledger]:
    """How asking the sources of these runners went, who are all that *whose* names.

    A source that the *audience* of a runner does not see is not there for them.
    """
    seen_by = {of.id: audience for of, audience in audiences.items()}
    rows: dict[int, Any] = {}
    if any(Origin.STRAVA not in audience.hidden for audience in seen_by.values()):
        rows = {row.runner_id: row for row in db.execute(_connected(whose.condition), whose.values)}
    strava = _Strava(down_since(db), tells(db)) if rows else NOBODY_ASKS
    imported: dict[int, date] = {}
    for runner_id, origin, last_day in db.execute(_covered(whose.condition), whose.values):
        if runner_id in seen_by and origin not in seen_by[runner_id].hidden:
            imported[runner_id] = max(last_day, imported.get(runner_id, last_day))
    return {
        of.id: _ledger(db, of, rows.get(of.id), imported.get(of.id), files_stale_after_days, audience, strava)
        for of, audience in audiences.items()
    }


@cache
def _connected(of: Condition) -> sa.Select[Any]:
    """Columns and no objects: a board asks for hundreds."""
    row = columns(Connection).c
    told = row.runner_id, row.access, row.access_since, row.last_complete_at
    return sa.select(*told).where(of(Connection.runner_id))


@cache
def _covered(of: Condition) -> sa.Select[int, str, date]:
    told = col(Coverage.runner_id), col(Coverage.origin), col(Coverage.last_day)
    return sa.select(*told).where(of(Coverage.runner_id))


def _ledger(
    db: Session,
    of: Person,
    row: Connection | None,
    imported: date | None,
    files_stale_after_days: int,
    audience: Audience,
    strava: _Strava,
) -> Ledger:
    if row is None or Origin.STRAVA in audience.hidden:
        return Ledger(of.zone, last_imported=imported, files_stale_after_days=files_stale_after_days)
    held = held_since(db, row)
    access = Access.OK if held else Access(row.access)
    is_down = strava.down_since or held
    return Ledger(of.zone, access, row.access_since, is_down, silent_since(row), imported, tells=strava.tells)
