"""How asking runners' sources went, by a few queries however many they are."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from monitor.model import Origin
from monitor.rules.freshness import Access, Ledger
from monitor.store.audience import Audience
from monitor.store.brake import held_since
from monitor.store.connections import silent_since
from monitor.store.people import Person
from monitor.store.source_state import strava_state
from monitor.store.subscription import tells
from monitor.store.tables import Connection, Coverage
from monitor.store.within import Whose


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
    connected = select(Connection).where(whose(Connection.runner_id))
    rows = {row.runner_id: row for row in db.exec(connected)}
    strava = _strava(db) if rows else NOBODY_ASKS
    imported: dict[int, date] = {}
    told = select(col(Coverage.runner_id), col(Coverage.origin), col(Coverage.last_day))
    for runner_id, origin, last_day in db.exec(told.where(whose(Coverage.runner_id))):
        if runner_id in seen_by and origin not in seen_by[runner_id].hidden:
            imported[runner_id] = max(last_day, imported.get(runner_id, last_day))
    return {
        of.id: _ledger(db, of, rows.get(of.id), imported.get(of.id), files_stale_after_days, audience, strava)
        for of, audience in audiences.items()
    }


def _strava(db: Session) -> _Strava:
    return _Strava(strava_state(db).down_since, tells(db))


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
    down_since = strava.down_since or held
    return Ledger(of.zone, access, row.access_since, down_since, silent_since(row), imported, tells=strava.tells)
