"""A copy of the database a day, and beside the copies the list of those who were erased."""

from datetime import datetime, timedelta

import structlog

from jobs import watch
from jobs.context import Context
from monitor.store.backup import are_made, back_up, backups
from monitor.store.restore import erasures, list_erased
from monitor.watch import Part

log = structlog.get_logger()
EVERY = timedelta(hours=24)


def run(context: Context, now: datetime) -> None:
    """Make a copy where the newest is a day old; none of a database that is no file, or where none are wanted."""
    if not are_made(context.settings.database):
        return
    made = backups(context.settings.database.backups)
    if made is None or now - made.newest >= EVERY:
        make(context, now)


def make(context: Context, now: datetime) -> str:
    """Make a copy now; where it stands. Raises `ConfigError` where the database is no file, or no copy can be made."""
    settings = context.settings.database
    copy = back_up(settings.url, settings.backups, now, max(settings.keep_backups, 1))
    note_erased(context)
    watch.ended_well(context, Part.COPIES, now)
    log.info("database copied", to=str(copy), size=copy.stat().st_size)
    return str(copy)


def note_erased(context: Context) -> None:
    """Write down who was erased where `restore` looks, once there are copies that could bring them back."""
    folder = context.settings.database.backups
    if backups(folder) is None:
        return
    with context.database.reading() as db:
        erased = erasures(db)
    list_erased(folder, erased)
