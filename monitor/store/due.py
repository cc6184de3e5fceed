"""Work that is due is a row, claimed before it is done: a doubled scheduler repeats nothing, a killed one loses none.

The claim is one statement, the same on SQLite and PostgreSQL: insert the row, or take it over where it waits for
another try or its holder's lease ran out.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from monitor.store.database import Database
from monitor.store.people import Person, people
from monitor.store.tables import Connection, JobRun
from monitor.store.upsert import insert

Clock = Callable[[], datetime]
DAILY = "daily"
LEASE = timedelta(minutes=10)
BACKOFF_MIN = (1, 5, 15, 30, 60)


@dataclass(frozen=True, slots=True)
class Due:
    """A runner's daily pass that the caller has claimed."""

    person: Person
    slot: str
    attempt: int


def due_passes(database: Database, clock: Clock, owner: str, daily_hour: int) -> Iterator[Due]:
    """Claim and yield, one by one, the daily passes that are due: once a runner and day, in the runner's own zone.

    *clock* goes on while passes are carried out, so that a lease begins when its pass does.
    """
    now = clock()
    with database.reading() as db:
        everyone = people(db)
        open_slots = [p for p in everyone if _is_open(db, p, slot_of(p, now, daily_hour), now)]
    for each in open_slots:
        slot = slot_of(each, now, daily_hour)
        with database.writing() as db:
            attempt = claim(db, DAILY, str(each.id), slot, owner, clock())
        if attempt:
            yield Due(each, slot, attempt)


def passes_now(database: Database, clock: Clock, owner: str) -> Iterator[Due]:
    """Claim and yield a pass of every runner, due or not; one that another process holds is left to it."""
    now = clock()
    with database.reading() as db:
        everyone = people(db)
    for each in everyone:
        slot = str(now.astimezone(each.zone).date())
        with database.writing() as db:
            attempt = claim(db, DAILY, str(each.id), slot, owner, clock(), again=True)
        if attempt:
            yield Due(each, slot, attempt)


def slot_of(person: Person, now: datetime, daily_hour: int) -> str:
    """The day whose pass is due: today from the daily hour on in the runner's zone, yesterday before it.

    So a day that was missed is caught up, and only the last one.
    """
    local = now.astimezone(person.zone)
    return str(local.date() - timedelta(days=local.time() < time(daily_hour)))


def claim(
    db: Session, job: str, subject: str, slot: str, owner: str, now: datetime, *, again: bool = False
) -> int | None:
    """Take a piece of work; the number of the attempt, or None where it is done, held or not yet due again.

    *again* takes it even where it is done or not yet due.
    """
    work: dict[str, Any] = {"job": job, "subject": subject, "slot": slot}
    row = work | {"state": "running", "owner": owner, "error": "", "attempt": 1, "lease_until": now + LEASE}
    statement = insert(db, JobRun)
    taken = statement.on_conflict_do_update(
        index_elements=["job", "subject", "slot"],
        set_={
            "owner": statement.excluded.owner,
            "lease_until": statement.excluded.lease_until,
            "attempt": col(JobRun.attempt) + 1,
            "state": "running",
        },
        where=sa.or_(_free(now), col(JobRun.state) != "running") if again else _free(now),
    )
    return db.execute(taken.returning(col(JobRun.attempt)), row).scalar()


def finish(db: Session, due: Due, owner: str, now: datetime, error: str = "") -> None:
    """The pass ended: done, or waiting for another try where its source failed or *error* says what went wrong.

    A holder whose lease was taken over meanwhile, or whose pass was made due again, changes nothing.
    """
    row = db.get(JobRun, (DAILY, str(due.person.id), due.slot))
    if row is None or row.owner != owner:
        return
    source = db.get(Connection, due.person.id)
    failed = error or (source.failure if source and source.failing_since and source.access == "ok" else "")
    wait = timedelta(minutes=BACKOFF_MIN[min(row.attempt, len(BACKOFF_MIN)) - 1])
    row.state, row.error = ("waiting", failed) if failed else ("done", "")
    _close_older(db, due)
    row.retry_at = max(now + wait, source.retry_at if source and source.retry_at else now) if failed else None
    row.finished_at = None if failed else now


def make_due(db: Session, runner_id: int) -> None:
    """The runner's pass is due at the next tick, also where today's is done: there is something new to ask for."""
    db.execute(sa.delete(JobRun).where(col(JobRun.job) == DAILY, col(JobRun.subject) == str(runner_id)))


def unfinished(db: Session, now: datetime) -> list[JobRun]:
    """Passes that failed or whose holder is gone."""
    stuck = sa.or_(
        col(JobRun.state) == "waiting", sa.and_(col(JobRun.state) == "running", col(JobRun.lease_until) < now)
    )
    return list(db.exec(select(JobRun).where(stuck)).all())


def last_finished(db: Session) -> datetime | None:
    return db.exec(select(sa.func.max(JobRun.finished_at))).one()


def _free(now: datetime) -> sa.ColumnElement[bool]:
    return sa.or_(
        sa.and_(col(JobRun.state) == "waiting", col(JobRun.retry_at) <= now),
        sa.and_(col(JobRun.state) == "running", col(JobRun.lease_until) < now),
    )


def _close_older(db: Session, due: Due) -> None:
    """Passes of earlier days that came to nothing are not made up for."""
    older = sa.and_(col(JobRun.job) == DAILY, col(JobRun.subject) == str(due.person.id), col(JobRun.slot) < due.slot)
    db.execute(sa.update(JobRun).where(older, col(JobRun.state) != "done").values(state="missed"))


def _is_open(db: Session, person: Person, slot: str, now: datetime) -> bool:
    held = (JobRun.job == DAILY, JobRun.subject == str(person.id), JobRun.slot == slot)
    row = db.exec(select(JobRun).where(*held)).first()
    return row is None or db.exec(select(JobRun).where(*held, _free(now))).first() is not None
