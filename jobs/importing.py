"""A runner's own files into their history: gather, write in short commits, assess."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from jobs import assess
from jobs.context import Context
from monitor.errors import UserError
from monitor.load.restored import restored, restored_amendments
from monitor.model import Origin
from monitor.sources.archive import Refused, read_archive
from monitor.sources.archive_file import REMEDY, Files, files_in
from monitor.sources.own_export import MANIFEST, read_own_export
from monitor.sources.recording_file import is_recording
from monitor.sources.recordings import Recorded, RefusedFile, all_recorded, recorded_of
from monitor.store.activities import Changes, extend_coverage, restore_coverage, write_activities
from monitor.store.amendments import amend, amendments
from monitor.store.check_ins import check_ins, save_check_in
from monitor.store.exposures import without_samples, write_exposures
from monitor.store.log import add_event, add_injury, events, injuries, profile, set_profile
from monitor.store.people import Person, person

RUNS_A_COMMIT = 20


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of the rows of a list, or of recordings: each is new, changed, a duplicate, or refused.

    *samples* counts the runs whose samples were read; *unread* tells why some were not, though the runs count.
    """

    read: int
    new: int
    changed: int
    duplicate: int
    refused: tuple[Refused | RefusedFile, ...]
    samples: int = 0
    unread: tuple[RefusedFile, ...] = ()


def run(context: Context, path: Path, runner_id: int, now: datetime) -> Imported:
    """Import an export or recordings for a runner; nothing is written where *path* cannot be read."""
    with context.database.reading() as db:
        whose = person(db, runner_id)
    with files_in(path) as files:
        take = _own_copy if MANIFEST in files.names else _export if files.list_name else _recordings
        imported = take(context, path, files, whose, now)
    assess.run(context, whose, now)
    return imported


def _export(context: Context, path: Path, files: Files, whose: Person, now: datetime) -> Imported:
    """The rows, then the samples of those that name a recording: what was stopped half-way goes on there."""
    reading = read_archive(path, whose.zone, now)
    with context.database.writing() as db:
        changes = write_activities(db, whose.id, reading.activities, now)
        extend_coverage(db, whose.id, Origin.EXPORT, [activity.day for activity in reading.activities])
        runs = without_samples(db, whose.id, Origin.EXPORT)
    named = [(run, name) for run in runs if (name := files.beside_list(reading.filenames.get(run.origin_id, "")))]
    unread: list[RefusedFile] = []
    for begin in range(0, len(named), RUNS_A_COMMIT):
        given = recorded_of(files, named[begin : begin + RUNS_A_COMMIT], whose.zone, now)
        with context.database.writing() as db:
            write_exposures(db, whose.id, given.exposures.items(), now)
        unread += given.unread
    return _imported(reading.read, changes, reading.refused, len(named) - len(unread), unread)


def _own_copy(context: Context, path: Path, files: Files, whose: Person, now: datetime) -> Imported:
    """What `jobs.exporting` wrote, for this runner or another: in one commit, all or nothing."""
    copy = read_own_export(path, files, now)
    runs, exposures = restored(copy.activities, copy.exposures)
    told = {name: value for name, value in asdict(copy.profile).items() if value is not None}
    with context.database.writing() as db:
        changes = write_activities(db, whose.id, runs, now)
        for span in copy.told:
            restore_coverage(db, whose.id, span.origin, span.first_day, span.last_day)
        write_exposures(db, whose.id, exposures.items(), now)
        known_injuries, known_events = injuries(db, whose.id).values(), events(db, whose.id).values()
        for injury in (each for each in copy.injuries if each not in known_injuries):
            add_injury(db, whose.id, injury)
        for event in (each for each in copy.events if each not in known_events):
            add_event(db, whose.id, event)
        told_days = {each.day for each in check_ins(db, whose.id)}
        for check_in in (each for each in copy.check_ins if each.day not in told_days):
            save_check_in(db, whose.id, check_in, now)
        said = {(each.run, each.change) for each in amendments(db, whose.id)}
        for each in restored_amendments(copy.activities, copy.amendments):
            if (each.run, each.change) not in said:
                amend(db, whose.id, each, now)
        known = profile(db, whose.id)
        if new := {name: value for name, value in told.items() if getattr(known, name) is None}:
            set_profile(db, whose.id, **new)
    return _imported(len(copy.activities), changes, (), len(exposures), ())


def _recordings(context: Context, path: Path, files: Files, whose: Person, now: datetime) -> Imported:
    given = all_recorded(files, whose.zone, now)
    _refuse_useless(path, given)
    with context.database.writing() as db:
        changes = write_activities(db, whose.id, given.activities, now)
        extend_coverage(db, whose.id, Origin.RECORDING, [activity.day for activity in given.activities])
        unread = {run.key for run in without_samples(db, whose.id, Origin.RECORDING)}
        new = [(key, exposure) for key, exposure in given.exposures.items() if key in unread]
        write_exposures(db, whose.id, new, now)
    return _imported(len(given.activities) + len(given.refused), changes, given.refused, len(new), given.unread)


def _refuse_useless(path: Path, given: Recorded) -> None:
    """UserError where there is no recording, or the only one asked for is refused."""
    if not (given.activities or given.refused):
        raise UserError(f"{path}: there is neither a Strava export nor a recording in it. {REMEDY}")
    if given.refused and is_recording(path.name):
        raise UserError(f"{path}: {given.refused[0].reason}")


def _imported(
    read: int, changes: Changes, refused: Sequence[Refused | RefusedFile], samples: int, unread: Sequence[RefusedFile]
) -> Imported:
    duplicate = read - changes.new - changes.changed - len(refused)
    return Imported(read, changes.new, changes.changed, duplicate, tuple(refused), samples, tuple(unread))
