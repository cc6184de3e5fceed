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
from monitor.rules.freshness import Access
from monitor.sources.exposure import exposure
from monitor.store import connections as ledger
from monitor.store import source_state
from monitor.store.exposures import drop_orphans, without_samples, write_exposures
from monitor.store.people import Person

log = structlog.get_logger()
FAULTS_IN_A_ROW = 3
RUNS_A_COMMIT = 20


def run(context: Context, person: Person, now: datetime) -> None:
    """Ask for the samples of new and changed runs, newest first; what cannot be had now is asked for next time."""
    with context.database.writing() as db:
        drop_orphans(db, person.id)
        connection, blocked = ledger.connection(db, person.id), source_state.blocked_until(db, now)
        unread = without_samples(db, person.id, Origin.STRAVA)
    if connection is None or connection.access != Access.OK or blocked or not unread:
        return
    read, found = 0, had(context, person, unread[: context.settings.strava.samples_per_pass], now)
    while batch := list(islice(found, RUNS_A_COMMIT)):
        with context.database.writing() as db:
            write_exposures(db, person.id, batch, now)
        read += len(batch)
    log.info("samples read", runner=person.id, runs=read, left=len(unread) - read)


def had(
    context: Context, person: Person, runs: Sequence[Activity], now: datetime
) -> Iterator[tuple[RunKey, Exposure | None]]:
    """What the runs contained, one request each; ends where Strava refuses."""
    faults = 0
    for activity in runs:
        try:
            found = contained(context, person, activity, now)
        except (AccessRevoked, SourceUnavailable) as error:
            faults += 1
            log.warning("samples not read", runner=person.id, error=str(error))
            if _refuses(context, person, error, now) or faults == FAULTS_IN_A_ROW:
                return
        else:
            faults = 0
            yield activity.key, found


def contained(context: Context, person: Person, activity: Activity, now: datetime) -> Exposure | None:
    """The exposure of one run, by one request; None where Strava has no usable samples of it."""
    if Flag.MANUAL in activity.flags:
        return None

    def ask(token: str) -> Exposure | None:
        samples = context.strava.samples(token, activity.origin_id, now)
        return exposure(samples, indoors=is_indoors(activity)) if samples else None

    try:
        return tokens.with_token(context, person.id, now, ask)
    except BadRecord as error:
        log.info("samples of no use", runner=person.id, reason=str(error))
        return None


def _refuses(context: Context, person: Person, error: AccessRevoked | SourceUnavailable, now: datetime) -> bool:
    """Whether the next run would fare the same; where nobody can be served, all asking waits."""
    if isinstance(error, AccessRevoked):
        return True
    if error.app_wide:
        with context.database.writing() as db:
            source_state.note_fault(db, person.id, str(error), now, app_wide=True, retry_at=error.retry_at)
    return error.app_wide
