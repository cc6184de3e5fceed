"""Whose pass is due: once a runner and day, again where Strava told of something new, and whenever a person asks."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, time, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col, select

from monitor.sources.strava_plan import Standing
from monitor.store.claims import DONE, MISSED, WAITING, Work, claim, end, let_go, not_free
from monitor.store.database import Database
from monitor.store.events import with_news
from monitor.store.people import Person, people
from monitor.store.source_state import blocked_until
from monitor.store.strava_tables import StravaEvent
from monitor.store.subscription import tells
from monitor.store.tables import Connection, JobRun

Clock = Callable[[], datetime]
DAILY, BY_HAND = "daily", "0 by hand"  # in the place of a day, and before all of them
NEVER_ASKED = Standing(0)


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
        known, hurried = standings(db), _hurried(db, now)
        queue = sorted(people(db), key=lambda each: known.get(each.id, NEVER_ASKED).order(now))
        work = {each.id: work_of(each, now, daily_hour) for each in queue}
        shut = not_free(db, work.values(), now)
    for each in queue:
        mine = work[each.id]
        if each.id not in hurried and mine in shut:
            continue
        with database.writing() as db:
            waits = each.id in known and blocked_until(db, clock())
            also = (DONE,) if each.id in hurried else ()
            attempt = None if waits else claim(db, mine, owner, clock(), also=also)
        if attempt:
            yield Due(each, mine.slot, attempt)


def passes_now(database: Database, clock: Clock, owner: str) -> Iterator[Due]:
    """Claim and yield a pass of every runner, due or not; one that another process holds is left to it."""
    now = clock()
    with database.reading() as db:
        everyone = people(db)
    for each in everyone:
        slot = str(now.astimezone(each.zone).date())
        with database.writing() as db:
            work = Work(DAILY, str(each.id), slot)
            attempt = claim(db, work, owner, clock(), also=(DONE, WAITING, MISSED))
        if attempt:
            yield Due(each, slot, attempt, asked=True)


@contextmanager
def by_hand(database: Database, runner_id: int, clock: Clock, owner: str) -> Iterator[bool]:
    """Hold a runner's passes while a person asks for them; false where another process is at it.

    It is no pass of the day: what the day's still has to do stays due.
    """
    work = Work(DAILY, str(runner_id), BY_HAND)
    with database.writing() as db:
        mine = claim(db, work, owner, clock(), also=(MISSED,)) is not None
    try:
        yield mine
    finally:
        if mine:
            with database.writing() as db:
                let_go(db, work, owner)


def standings(db: Session) -> dict[int, Standing]:
    """How each runner's Strava account stands; runners without one, or without access, have none."""
    news = set(db.exec(select(StravaEvent.runner_id)).all())
    rows = db.exec(select(Connection.runner_id, Connection.last_complete_at).where(Connection.access == "ok")).all()
    return {runner_id: Standing(runner_id, last_list, runner_id in news) for runner_id, last_list in rows}


def _hurried(db: Session, now: datetime) -> set[int]:
    """Whom to look up although today's pass is done."""
    overdue = {each.runner_id for each in standings(db).values() if each.is_overdue(now)} if tells(db) else set()
    return with_news(db, now) | overdue


def work_of(person: Person, now: datetime, daily_hour: int) -> Work:
    """The pass that is due: today's from the daily hour on in the runner's zone, yesterday's before it.

    So a day that was missed is caught up, and only the last one.
    """
    local = now.astimezone(person.zone)
    return Work(DAILY, str(person.id), str(local.date() - timedelta(days=local.time() < time(daily_hour))))


def finish(db: Session, due: Due, owner: str, now: datetime, error: str = "") -> None:
    """The pass ended: done, or waiting for another try where its source failed or *error* says what went wrong."""
    source = db.get(Connection, due.person.id)
    failure = error or (source.failure if source and source.failing_since and source.access == "ok" else "")
    end(db, Work(DAILY, str(due.person.id), due.slot), owner, now, failure, source.retry_at if source else None)


def make_due(db: Session, runner_id: int) -> None:
    """The runner's pass is due at the next tick, also where today's is done: there is something new to ask for."""
    db.execute(sa.delete(JobRun).where(col(JobRun.job) == DAILY, col(JobRun.subject) == str(runner_id)))
