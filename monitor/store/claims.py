"""A piece of work is a row, claimed before it is done: a doubled scheduler repeats nothing, a killed one loses none.

The claim is one statement, the same on SQLite and PostgreSQL: insert the row, or take it over where it waits for
another try or its holder's lease ran out.
"""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, col, select

from monitor.store.backoff import wait_after
from monitor.store.leases import lapsed
from monitor.store.tables import JobRun, Runner
from monitor.store.upsert import columns, insert

RUNNING, WAITING, DONE, MISSED = "running", "waiting", "done", "missed"
LEASE = timedelta(minutes=10)
KEPT = timedelta(days=30)  # of what was done
LAST_FINISHED = sa.select(sa.func.max(columns(JobRun).c.finished_at))


class Work(NamedTuple):
    """What is done, for which runner (their number as text), and when it was due: slots sort as time goes."""

    job: str
    subject: str
    slot: str


def claim(db: Session, work: Work, owner: str, now: datetime, *, also: Sequence[str] = ()) -> int | None:
    """Take a piece of work; the number of the attempt, or None where it is done, held or not yet due again.

    *also* names states in which it is taken all the same. While one slot of a subject is carried out, no other is: of
    two lists at once the older could be written last.
    """
    if _is_busy(db, work, now):
        return None
    row = {"state": RUNNING, "owner": owner, "error": "", "attempt": 1, "lease_until": now + LEASE}
    statement = insert(db, JobRun)
    taken = statement.on_conflict_do_update(
        index_elements=Work._fields,
        set_={
            "owner": statement.excluded.owner,
            "lease_until": statement.excluded.lease_until,
            "attempt": col(JobRun.attempt) + 1,
            "state": RUNNING,
        },
        where=sa.or_(_free(now), col(JobRun.state).in_(also)),
    )
    return db.execute(taken.returning(col(JobRun.attempt)), work._asdict() | row).scalar()


def end(
    db: Session, work: Work, owner: str, now: datetime, failure: str = "", not_before: datetime | None = None
) -> None:
    """The work is done, or with a *failure* waits for another try, which begins *not_before* a moment.

    A holder whose lease was taken over meanwhile, or whose work was made due again, changes nothing. What was due
    before it and came to nothing is not made up for.
    """
    row = db.get(JobRun, work)
    if row is None or row.owner != owner:
        return
    row.state, row.error = (WAITING, failure) if failure else (DONE, "")
    row.retry_at = max(now + wait_after(row.attempt), not_before or now) if failure else None
    row.finished_at = None if failure else now
    older = (*_of_subject(work), col(JobRun.slot) < work.slot, col(JobRun.state) != DONE)
    db.execute(sa.update(JobRun).where(*older).values(state=MISSED))


def let_go(db: Session, work: Work, owner: str) -> None:
    """Its holder leaves no trace of it."""
    db.execute(sa.delete(JobRun).where(*_of_subject(work), col(JobRun.slot) == work.slot, col(JobRun.owner) == owner))


def begun(db: Session, work: Collection[Work]) -> dict[Work, JobRun]:
    """What is known of *work*, and of other subjects' in the same slots; nothing of what nobody has begun."""
    return {Work(row.job, row.subject, row.slot): row for row in db.exec(select(JobRun).where(_in_slots(work))).all()}


def not_free(db: Session, work: Collection[Work], now: datetime) -> set[Work]:
    """Of *work*, and of other subjects' in the same slots, what is done, held, or not yet due again."""
    shut = select(JobRun.job, JobRun.subject, JobRun.slot).where(_in_slots(work), sa.not_(_free(now)))
    return {Work(*found) for found in db.exec(shut).all()}


def unfinished(db: Session, now: datetime) -> list[JobRun]:
    """Work that failed or whose holder is gone."""
    return list(db.exec(select(JobRun).where(sa.or_(col(JobRun.state) == WAITING, _left(now)))).all())


def last_finished(db: Session) -> datetime | None:
    finished: datetime | None = db.execute(LAST_FINISHED).scalar()
    return finished


def drop_old(db: Session) -> None:
    """Take out what is over and was due a month before anything was done last: that is never asked for again."""
    if last := last_finished(db):
        over = (col(JobRun.slot) < str((last - KEPT).date()), col(JobRun.state).in_((DONE, MISSED)))
        db.execute(sa.delete(JobRun).where(*over))


def _in_slots(work: Collection[Work]) -> sa.ColumnElement[bool]:
    return col(JobRun.slot).in_({each.slot for each in work})


def _of_subject(work: Work) -> tuple[sa.ColumnElement[bool], sa.ColumnElement[bool]]:
    return col(JobRun.job) == work.job, col(JobRun.subject) == work.subject


def _free(now: datetime) -> sa.ColumnElement[bool]:
    return sa.or_(sa.and_(col(JobRun.state) == WAITING, col(JobRun.retry_at) <= now), _left(now))


def _left(now: datetime) -> sa.ColumnElement[bool]:
    return sa.and_(col(JobRun.state) == RUNNING, lapsed(JobRun.lease_until, now, LEASE))


def _is_busy(db: Session, work: Work, now: datetime) -> bool:
    """Whether somebody holds another slot. The runner's row is locked, so that two who look do so in turn."""
    db.exec(select(Runner.id).where(col(Runner.id) == int(work.subject)).with_for_update(key_share=True)).first()
    held = select(JobRun.slot).where(*_of_subject(work), JobRun.slot != work.slot, JobRun.state == RUNNING)
    return db.exec(held.where(sa.not_(lapsed(JobRun.lease_until, now, LEASE)))).first() is not None
