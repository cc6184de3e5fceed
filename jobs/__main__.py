"""`python -m jobs`: the scheduler and the clock. It only ticks: what is due stands in the database."""

import threading
from datetime import UTC, datetime

from apscheduler.schedulers.background import BackgroundScheduler

from jobs import daily, deliver, leaving, operator
from jobs.context import Context, fenced, running
from jobs.start import on_shared_time, start
from monitor.settings import read_settings
from monitor.store.due import due_passes


def clock() -> datetime:
    """The one clock of the product's jobs, but where a database has one for all who share it."""
    return datetime.now(UTC)


def tick(context: Context) -> None:
    """Do what is due: passes of the day, what leaving leaves to do, then letters."""
    now, daily_hour = context.clock(), context.settings.schedule.daily_hour
    with fenced("tick failed"):
        daily.run(context, due_passes(context.database, running(context, now), context.owner, daily_hour), now)
    with fenced("leaving failed"):
        leaving.run(context, context.clock())
        operator.run(context, context.clock())
    with fenced("delivery failed"):
        deliver.run(context, context.clock())


def scheduler(context: Context) -> BackgroundScheduler:
    """A started scheduler. One tick at a time; a late one is done once, not made up for one by one."""
    ticking = BackgroundScheduler(timezone=UTC)
    ticking.add_job(
        tick,
        "interval",
        args=[context],
        seconds=context.settings.schedule.tick_s,
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
