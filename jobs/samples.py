"""What new runs contained: their samples are asked for once, read, and dropped."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice

import structlog

from jobs import tokens
from jobs.context import Context
from monitor.errors import AccessRevoked, BadRecord, SourceUnavailable
from monitor.load.gathering import is_indoors
from monitor.model import Activity, Exposure, Flag, Origin, RunKey
from monitor.sources.exposure import exposure
from monitor.sources.strava_plan import room_for_samples
from monitor.store import source_state
from monitor.store.budget import budget
from monitor.store.due import standings
from monitor.store.exposures import put_off, to_be_asked_for, write_exposures
from monitor.store.sealing import CannotOpen
from monitor.store.subscription import tells

log = structlog.get_logger()
FAULTS_IN_A_ROW = 3
RUNS_A_COMMIT = 20

Asked = tuple[int, Activity]  # a run and its runner's number
Had = tuple[int, RunKey, Exposure | None]


def run(context: Context, now: datetime) -> list[int]:
    """Ask for the samples of everybody's new and changed runs, the newest first, as far as the budget goes.

    Returns the runners of whom something was read. What cannot be had now is asked for another time.
    """
    with context.database.reading() as db:
        connected, clock = standings(db), context.clock()
        last_lists = [each.last_list for each in connected.values()]
        room = room_for_samples(budget(db, clock), last_lists, clock, tells=tells(db))
        most = min(context.settings.strava.samples_per_pass, room)
        waits = source_state.blocked_until(db, now) or most < 1
        queue = [] if waits else to_be_asked_for(db, Origin.STRAVA, now, most)
    found = had(context, [each for each in queue if each[0] in connected], now)
    told: dict[int, int] = {}
    while batch := list(islice(found, RUNS_A_COMMIT)):
        with context.database.writing() as db:
            for runner_id, key, contained in batch:
                write_exposures(db, runner_id, [(key, contained)], now)
                told[runner_id] = told.get(runner_id, 0) + 1
    for runner_id, runs in told.items():
        log.info("samples read", runner=runner_id, runs=runs)
    return list(told)


def had(context: Context, queue: Sequence[Asked], now: datetime) -> Iterator[Had]:
    """What the runs contained, one request each; ends where Strava refuses.

    A run that Strava fails to give, though it gives others, is put off and holds up nobody. Several failures in a row
    are Strava's trouble and not the runs': then all asking ends, and none of them is put off.
    """
    lost: set[int] = set()
    failed: list[Asked] = []
    for runner_id, activity in queue:
        if runner_id in lost:
            continue
        try:
            found = contained(context, runner_id, activity, now)
        except (AccessRevoked, CannotOpen) as error:
            lost.add(runner_id)
            log.warning("samples not read", runner=runner_id, error=str(error))
        except SourceUnavailable as error:
            failed.append((runner_id, activity))
            log.warning("samples not read", runner=runner_id, error=str(error))
            if error.app_wide:
                _all_wait(context, runner_id, error, now)
                return
            if len(failed) == FAULTS_IN_A_ROW:
                return
        else:
            _put_off(context, failed, now)
            failed = []
            yield runner_id, activity.key, found
    _put_off(context, failed, now)


def contained(context: Context, runner_id: int, activity: Activity, now: datetime) -> Exposure | None:
    """The exposure of one run, by one request; None where Strava has no usable samples of it."""
    if Flag.MANUAL in activity.flags:
        return None

    def ask(token: str) -> Exposure | None:
        samples = context.strava.samples(token, activity.origin_id, now)
        return exposure(samples, indoors=is_indoors(activity)) if samples else None

    try:
        return tokens.with_token(context, runner_id, now, ask)
    except BadRecord as error:
        log.info("samples of no use", runner=runner_id, reason=str(error))
        return None


def _put_off(context: Context, failed: Sequence[Asked], now: datetime) -> None:
    """Another time; after a week of that a run counts as one without samples."""
    for runner_id, activity in failed:
        with context.database.writing() as db:
            if put_off(db, runner_id, activity.key, now):
                write_exposures(db, runner_id, [(activity.key, None)], now)
                log.warning("samples given up", runner=runner_id, activity=activity.origin_id)


def _all_wait(context: Context, runner_id: int, error: SourceUnavailable, now: datetime) -> None:
    with context.database.writing() as db:
        until = context.back_at(error.retry_at)
        source_state.note_fault(db, runner_id, str(error), now, app_wide=True, retry_at=until)
