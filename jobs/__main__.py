"""`python -m jobs`: the scheduler and the clock. It only ticks: what is due stands in the database."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime

import structlog
from apscheduler.schedulers.background import BackgroundScheduler

from jobs import backing_up, daily, deliver, leaving, operator, watch
from jobs.context import Context, fenced, running
from jobs.start import on_shared_time, start
from monitor.settings import read_settings
from monitor.store.due import due_passes
from monitor.watch import NOT_BEFORE, Part, clock_is_wrong

log = structlog.get_logger()
HOUR_S = 3600


def clock() -> datetime:
    """The one clock of the product's jobs, but where a database has one for all who share it."""
    return datetime.now(UTC)


def tick(context: Context) -> None:
    """Do what is due: passes of the day, then what leaving leaves to do."""
    now, daily_hour = context.clock(), context.settings.schedule.daily_hour
    with fenced("tick failed"):
        daily.run(context, due_passes(context.database, running(context, now), context.owner, daily_hour), now)
        watch.ended_well(context, Part.PASSES, context.clock())
    with fenced("leaving failed"):
        leaving.run(context, context.clock())
        operator.run(context, context.clock())


def send(context: Context) -> None:
    """Send the letters that are due. Not a part of `tick`: no letter waits for the end of a long pass."""
    with fenced("delivery failed"):
        deliver.run(context, context.clock())
        watch.ended_well(context, Part.SENDER, context.clock())


def live(_context: Context) -> None:
    """Give a sign of life: to ask whether it leads is one (`unless_idle`). Nothing may hold it up."""


def look(context: Context) -> None:
    """Look for the pages' signs of life, and tell the operator what is late. By itself: a mail server may be slow."""
    watch.run(context, Part.WORKER, context.clock())


def knock(context: Context) -> None:
    """Tell the world outside that all is well. By itself, so that an answer that hangs holds up nothing."""
    watch.knock(context, context.clock())


def copy(context: Context) -> None:
    """Copy the database where a copy is due; one that failed is tried again at the next hour."""
    with fenced("no copy was made"):
        backing_up.run(context, context.clock())


def unless_idle(job: Callable[[Context], None], context: Context) -> None:
    """Do *job*, unless another worker does, or the clock cannot be right: what never was must not be mailed about."""
    if clock_is_wrong(now := context.clock()):
        log.error("the clock is wrong, nothing is done", now=now.isoformat(), not_before=NOT_BEFORE.isoformat())
        return
    with fenced("no job was done"):
        if watch.leads(context, now):
            job(context)


def scheduler(context: Context) -> BackgroundScheduler:
    """A started scheduler. One of each at a time; a late one is done once, not made up for one by one."""
    ticking = BackgroundScheduler(timezone=UTC)
    tick_s, beat_s = context.settings.schedule.tick_s, context.settings.watch.beat_s
    for job, every_s in (
        (live, beat_s),
        (look, beat_s),
        (tick, tick_s),
        (send, tick_s),
        (knock, tick_s),
        (copy, HOUR_S),
    ):
        ticking.add_job(
            unless_idle,
            "interval",
            args=[job, context],
            seconds=every_s,
            next_run_time=clock(),
            max_instances=1,
            coalesce=True,
            misfire_grace_time=None,
        )
    ticking.start()
    return ticking


def work(context: Context) -> None:
    """Tick until interrupted."""
    ticking = scheduler(context)
    try:
        threading.Event().wait()
    except KeyboardInterrupt:
        ticking.shutdown()


if __name__ == "__main__":
    work(on_shared_time(start(read_settings(), clock)))
