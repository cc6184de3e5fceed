"""A runner's own files into their history: gather, write in one commit, assess."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from jobs import assess
from jobs.context import Context
from monitor.model import Origin
from monitor.sources.archive import Refused, read_archive
from monitor.store.activities import extend_coverage, write_activities
from monitor.store.people import person


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of the rows of a file: each is new, changed, a duplicate of what was there, or refused."""

    read: int
    new: int
    changed: int
    duplicate: int
    refused: tuple[Refused, ...]


def run(context: Context, path: Path, runner_id: int, now: datetime) -> Imported:
    """Import an archive for a runner; nothing is written where the file cannot be read."""
    with context.database.reading() as db:
        whose = person(db, runner_id)
    reading = read_archive(path, whose.zone, now)
    with context.database.writing() as db:
        changes = write_activities(db, runner_id, reading.activities, now)
        extend_coverage(db, runner_id, Origin.EXPORT, [activity.day for activity in reading.activities])
    assess.run(context, whose, now)
    duplicate = reading.read - changes.new - changes.changed - len(reading.refused)
    return Imported(reading.read, changes.new, changes.changed, duplicate, reading.refused)
