"""What whoever runs Hamwatch looks at beside the status: passes to come, what failed, what is kept. It names people."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col, select

from monitor.store.claims import DONE, MISSED, WAITING, begun, last_finished, unfinished
from monitor.store.delivery_tables import Suspension
from monitor.store.due import work_of
from monitor.store.heartbeats import beats
from monitor.store.people import Person, people
from monitor.store.source_state import strava_state
from monitor.store.suspensions import suspended
from monitor.store.tables import Connection, JobRun, Letter, Quarantine, SourceState

LATELY = timedelta(days=7)
SHOWN = 20  # of each list


@dataclass(frozen=True, slots=True)
class Stored:
    """The database itself."""

    engine: str
    size: int  # [bytes]
    schema: str  # its newest migration


@dataclass(frozen=True, slots=True)
class Operating:
    """Facts of now; lists hold the first of their kind."""

    beats: dict[str, datetime]  # the last sign of life of each part
    last_pass: datetime | None
    next_pass: datetime | None
    failing: tuple[JobRun, ...]  # passes that failed, or whose holder is gone
    runners: int
    connected: int
    source: SourceState
    quarantined: dict[str, int]  # records of the last 7 days that could not be used, by reason
    failed: tuple[Letter, ...]  # newest first
    suspended: Sequence[Suspension]
    stored: Stored


def operating(db: Session, now: datetime, daily_hour: int) -> Operating:
    """All of it, read in a few queries that grow with the number of runners."""
    everyone = people(db)
    return Operating(
        beats=beats(db),
        last_pass=last_finished(db),
        next_pass=_next_pass(db, everyone, now, daily_hour),
        failing=tuple(sorted(unfinished(db, now), key=lambda row: row.slot, reverse=True)[:SHOWN]),
        runners=len(everyone),
        connected=db.exec(select(sa.func.count()).select_from(Connection)).one(),
        source=strava_state(db),
        quarantined=_quarantined(db, now),
        failed=_failed(db),
        suspended=suspended(db)[:SHOWN],
        stored=_stored(db),
    )


def _next_pass(db: Session, everyone: Sequence[Person], now: datetime, daily_hour: int) -> datetime | None:
    """When the next runner's pass is due; *now* where one is already, None without a runner."""
    work = {each: work_of(each, now, daily_hour) for each in everyone}
    rows = begun(db, work.values())
    due = [_due_at(each, mine.slot, rows.get(mine), now, daily_hour) for each, mine in work.items()]
    return min(due, default=None)


def _due_at(of: Person, slot: str, row: JobRun | None, now: datetime, daily_hour: int) -> datetime:
    if row and row.state in (DONE, MISSED):
        tomorrow = date.fromisoformat(slot) + timedelta(days=1)
        return datetime.combine(tomorrow, time(daily_hour), of.zone).astimezone(UTC)
    return max(now, row.retry_at) if row and row.state == WAITING and row.retry_at else now


def _quarantined(db: Session, now: datetime) -> dict[str, int]:
    counted = select(Quarantine.reason, sa.func.count()).where(Quarantine.seen_at > now - LATELY)
    return dict(db.exec(counted.group_by(Quarantine.reason).order_by(Quarantine.reason)).all())


def _failed(db: Session) -> tuple[Letter, ...]:
    query = select(Letter).where(Letter.state == "failed").order_by(col(Letter.decided_at).desc())
    return tuple(db.exec(query.limit(SHOWN)).all())


def _stored(db: Session) -> Stored:
    connection = db.connection()
    dialect = connection.dialect
    sqlite = "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
    size = sqlite if dialect.name == "sqlite" else "SELECT pg_database_size(current_database())"
    server = ".".join(map(str, dialect.server_version_info or ()))
    return Stored(
        f"{'SQLite' if dialect.name == 'sqlite' else 'PostgreSQL'} {server}",
        int(connection.scalar(sa.text(size)) or 0),
        str(connection.scalar(sa.text("SELECT version_num FROM alembic_version"))),
    )
