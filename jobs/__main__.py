"""`python -m jobs`: the scheduler and the clock. It only ticks: what is due stands in the database."""

import threading
from datetime import UTC, datetime

from apscheduler.schedulers.background import BackgroundScheduler

from jobs import daily, deliver, leaving, operator
from jobs.context import Context, fenced, running
from jobs.start import start
from monitor.settings import read_settings
from monitor.store.due import due_passes


def clock() -> datetime:
    """The one clock of the product's jobs."""
    return datetime.now(UTC)


def tick(context: Context) -> None:
    """Do what is due: passes of the day, then what leaving leaves to do."""
    now, daily_hour = clock(), context.settings.schedule.daily_hour
    with fenced("tick failed"):
        daily.run(context, due_passes(context.database, running(context, now), context.owner, daily_hour), now)
    with fenced("leaving failed"):
        leaving.run(context, clock())
        operator.run(context, clock())


def send(context: Context) -> None:
    """Send the letters that are due."""
    with fenced("delivery failed"):
        deliver.run(context, clock())


def scheduler(context: Context) -> BackgroundScheduler:
    """A started scheduler. One tick at a time; a late one is done once, not made up for one by one.

    Sending has a tick of its own: a slow mail server must not hold up what runners' days wait for.
    """
    ticking = BackgroundScheduler(timezone=UTC)
    for work_due in (tick, send):
        ticking.add_job(
            work_due,
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
    work(start(read_settings(), clock))
