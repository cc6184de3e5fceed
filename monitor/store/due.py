"""Work that is due is a row, claimed before it is done: a doubled scheduler repeats nothing, a killed one loses none.

The claim is one statement, the same on SQLite and PostgreSQL: insert the row, or take it over where it waits for
another try or its holder's lease ran out.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from monitor.sources.strava_plan import Standing
from monitor.store.database import Database
from monitor.store.events import with_news
from monitor.store.people import Person, people
from monitor.store.source_state import blocked_until
from monitor.store.strava_tables import StravaEvent
from monitor.store.subscription import tells
from monitor.store.tables import Connection, JobRun, Runner
from monitor.store.upsert import columns, insert

Clock = Callable[[], datetime]
DAILY, BY_HAND = "daily", "0 by hand"  # in the place of a day, and before all of them
RUNNING, WAITING, DONE, MISSED = "running", "waiting", "done", "missed"
NEVER_ASKED = Standing(0)
LEASE = timedelta(minutes=10)
BACKOFF_MIN = (1, 5, 15, 30, 60)
LAST_FINISHED = sa.select(sa.func.max(columns(JobRun).c.finished_at))


@dataclass(frozen=True, slots=True)
class Due:
    """A runner's daily pass that the caller has claimed. *asked* for by a person, it looks at Strava in any case."""

    person: Person
    slot: str
    attempt: int
    asked: bool = False


def due_passes(database: Database, clock: Clock, owner: str, daily_hour: int) -> Iterator[Due]:
    """Claim and yield, one by one, the passes that are due: once a runner and day, in the runner's own zone.

    Another one the same day where Strava told of something new, or has told nothing for too long. Who may have
    something new comes first, then who has waited longest. While nobody may ask Strava, its runners' passes wait.
    *clock* goes on while passes are carried out, so that a lease begins when its pass does.
    """
    now = clock()
    with database.reading() as db:
        known, hurried, open_ = standings(db), _hurried(db, now), _open_slots(db, now)
        queue = sorted(people(db), key=lambda each: known.get(each.id, NEVER_ASKED).order(now))
    for each in queue:
        slot = slot_of(each, now, daily_hour)
        if each.id not in hurried and not open_(each.id, slot):
            continue
        with database.writing() as db:
            waits = each.id in known and blocked_until(db, clock())
            also = (DONE,) if each.id in hurried else ()
            attempt = None if waits else claim(db, DAILY, str(each.id), slot, owner, clock(), also=also)
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
            attempt = claim(db, DAILY, str(each.id), slot, owner, clock(), also=(DONE, WAITING, MISSED))
        if attempt:
            yield Due(each, slot, attempt, asked=True)


@contextmanager
def by_hand(database: Database, runner_id: int, clock: Clock, owner: str) -> Iterator[bool]:
    """Hold a runner's passes while a person asks for them; false where another process is at it.

    It is no pass of the day: what the day's still has to do stays due.
    """
    work = (DAILY, str(runner_id), BY_HAND)
    with database.writing() as db:
        mine = claim(db, *work, owner, clock(), also=(MISSED,)) is not None
    try:
        yield mine
    finally:
        if mine:
            with database.writing() as db:
                db.execute(sa.delete(JobRun).where(*_is(*work), col(JobRun.owner) == owner))


def standings(db: Session) -> dict[int, Standing]:
    """How each runner's Strava account stands; runners without one, or without access, have none."""
    news = set(db.exec(select(StravaEvent.runner_id)).all())
    rows = db.exec(select(Connection.runner_id, Connection.last_complete_at).where(Connection.access == "ok")).all()
    return {runner_id: Standing(runner_id, last_list, runner_id in news) for runner_id, last_list in rows}


def _hurried(db: Session, now: datetime) -> set[int]:
    """Whom to look up although today's pass is done."""
    overdue = {each.runner_id for each in standings(db).values() if each.is_overdue(now)} if tells(db) else set()
    return with_news(db, now) | overdue


def _open_slots(db: Session, now: datetime) -> Callable[[int, str], bool]:
    """Whether a runner's pass of a slot may be begun: never begun, due again, or left by who held it."""
    held = {(row.subject, row.slot): row for row in db.exec(select(JobRun).where(JobRun.job == DAILY)).all()}

    def is_open(runner_id: int, slot: str) -> bool:
        row = held.get((str(runner_id), slot))
        if row is None:
            return True
        waits = row.state == WAITING and row.retry_at is not None and row.retry_at <= now
        return waits or (row.state == RUNNING and row.lease_until < now)

    return is_open


def slot_of(person: Person, now: datetime, daily_hour: int) -> str:
    """The day whose pass is due: today from the daily hour on in the runner's zone, yesterday before it.

    So a day that was missed is caught up, and only the last one.
    """
    local = now.astimezone(person.zone)
    return str(local.date() - timedelta(days=local.time() < time(daily_hour)))


def claim(
    db: Session, job: str, subject: str, slot: str, owner: str, now: datetime, *, also: Sequence[str] = ()
) -> int | None:
    """Take a piece of work; the number of the attempt, or None where it is done, held or not yet due again.

    *also* names states in which it is taken all the same. While one slot of a subject is carried out, no other is: of
    two lists at once the older could be written last.
    """
    if _is_busy(db, job, subject, slot, now):
        return None
    work: dict[str, Any] = {"job": job, "subject": subject, "slot": slot}
    row = work | {"state": RUNNING, "owner": owner, "error": "", "attempt": 1, "lease_until": now + LEASE}
    statement = insert(db, JobRun)
    taken = statement.on_conflict_do_update(
        index_elements=["job", "subject", "slot"],
        set_={
            "owner": statement.excluded.owner,
            "lease_until": statement.excluded.lease_until,
            "attempt": col(JobRun.attempt) + 1,
            "state": RUNNING,
        },
        where=sa.or_(_free(now), col(JobRun.state).in_(also)),
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
    row.state, row.error = (WAITING, failed) if failed else (DONE, "")
    _close_older(db, due)
    row.retry_at = max(now + wait, source.retry_at if source and source.retry_at else now) if failed else None
    row.finished_at = None if failed else now


def make_due(db: Session, runner_id: int) -> None:
    """The runner's pass is due at the next tick, also where today's is done: there is something new to ask for."""
    db.execute(sa.delete(JobRun).where(col(JobRun.job) == DAILY, col(JobRun.subject) == str(runner_id)))


def unfinished(db: Session, now: datetime) -> list[JobRun]:
    """Passes that failed or whose holder is gone."""
    stuck = sa.or_(col(JobRun.state) == WAITING, sa.and_(col(JobRun.state) == RUNNING, col(JobRun.lease_until) < now))
    return list(db.exec(select(JobRun).where(stuck)).all())


def last_finished(db: Session) -> datetime | None:
    finished: datetime | None = db.execute(LAST_FINISHED).scalar()
    return finished


def _is(job: str, subject: str, slot: str) -> tuple[sa.ColumnElement[bool], ...]:
    return col(JobRun.job) == job, col(JobRun.subject) == subject, col(JobRun.slot) == slot


def _free(now: datetime) -> sa.ColumnElement[bool]:
    return sa.or_(
        sa.and_(col(JobRun.state) == WAITING, col(JobRun.retry_at) <= now),
        sa.and_(col(JobRun.state) == RUNNING, col(JobRun.lease_until) < now),
    )


def _is_busy(db: Session, job: str, subject: str, slot: str, now: datetime) -> bool:
    """Whether somebody holds another slot. The runner's row is locked, so that two who look do so in turn."""
    db.exec(select(Runner.id).where(col(Runner.id) == int(subject)).with_for_update(key_share=True)).first()
    held = select(JobRun.slot).where(
        JobRun.job == job, JobRun.subject == subject, JobRun.slot != slot, JobRun.state == RUNNING
    )
    return db.exec(held.where(col(JobRun.lease_until) >= now)).first() is not None


def _close_older(db: Session, due: Due) -> None:
    """Passes of earlier days that came to nothing are not made up for."""
    older = sa.and_(col(JobRun.job) == DAILY, col(JobRun.subject) == str(due.person.id), col(JobRun.slot) < due.slot)
    db.execute(sa.update(JobRun).where(older, col(JobRun.state) != DONE).values(state=MISSED))
