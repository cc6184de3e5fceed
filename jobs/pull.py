"""A runner's last 120 days from Strava: listed whole, and the truth for their window."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, time, timedelta

import structlog

from jobs import tokens
from jobs.context import Context
from jobs.missing import Found, look_for
from monitor.errors import AccessRevoked, SourceUnavailable
from monitor.model import Origin
from monitor.rules.freshness import Access
from monitor.sources.strava_json import digest_of
from monitor.sources.strava_listing import Listing
from monitor.sources.strava_record import OF_ANOTHER
from monitor.store import activities as rows
from monitor.store import connections as ledger
from monitor.store import events, source_state, subscription
from monitor.store.activities import Changes
from monitor.store.corrections import purge_former
from monitor.store.due import standings
from monitor.store.exposures import drop_orphans
from monitor.store.people import Person
from monitor.store.sealing import CannotOpen

MOST_ALIKE = 10
UNREADABLE = "a page that cannot be read"
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Window:
    """What is asked for: the runner's days up to the moment of asking."""

    after: datetime
    before: datetime


def run(context: Context, person: Person, now: datetime, *, asked: bool = True) -> None:
    """Ask for the window and store the answer; a failure leaves the data as it was and stands in the ledger.

    Unless a person *asked* for it, nothing is asked where Strava tells of changes and has told of none: then the days
    since the last list are known to hold nothing new.
    """
    with context.database.writing() as db:
        oldest = now - timedelta(days=context.settings.strava.keep_days)
        rows.purge_unseen(db, person.id, Origin.STRAVA, oldest)
        purge_former(db, person.id, oldest)
        drop_orphans(db, person.id)
        connection, waits_until = ledger.connection(db, person.id), source_state.blocked_until(db, now)
        standing, tells = standings(db).get(person.id), subscription.tells(db)
    if connection is None or standing is None:
        return
    if waits_until:
        _wait(context, person, waits_until, now)
    elif asked or standing.list_is_due(now, tells=tells):
        with noted(context, person, now):
            window = window_of(person, now, context.settings.strava.days)
            found = complete_list(context, person, window, now, connection.athlete_id)
            store(context, person, window, found, now)
    else:
        _nothing_new(context, person, now)


def window_of(person: Person, now: datetime, days: int) -> Window:
    """The *days* calendar days of the runner that end with today."""
    first = now.astimezone(person.zone).date() - timedelta(days=days - 1)
    midnight = datetime.combine(first, time(), person.zone)
    return Window(midnight.astimezone(now.tzinfo) - timedelta(seconds=1), now)


def complete_list(context: Context, person: Person, window: Window, now: datetime, athlete_id: int) -> Found:
    """The whole window, and what became of the runs that are stored and not on the list.

    A list that a limit broke off begins anew when the limit ends. To go on in its middle would save a request or two,
    and make one list of two moments, a quarter of an hour apart, which proves nothing of either.
    """

    def ask(token: str) -> Listing:
        return context.strava.list_activities(token, window.after, window.before, now, athlete_id)

    listing = tokens.with_token(context, person.id, now, ask)
    with context.database.reading() as db:
        missing = rows.missing_from(db, person.id, Origin.STRAVA, listing.ids, window.after, window.before)
    return look_for(context, person, listing, missing, window.after, now, athlete_id)


def store(context: Context, person: Person, window: Window, found: Found, now: datetime) -> Changes:
    """One commit: what the list names is written, what Strava has no more goes, and the ledger says when."""
    zone, listing = person.zone, found.listing
    refused = [(record.record_id, record.reason, record.sha256, record.size) for record in listing.refused]
    refused += [(None, rows.ALIKE, *digest_of(str(alike))) for alike in _loops(listing)]
    first = (window.after + timedelta(seconds=1)).astimezone(zone).date()
    with context.database.writing() as db:
        changes = rows.write_activities(db, person.id, listing.activities, now)
        rows.remove_activities(db, person.id, Origin.STRAVA, found.gone)
        drop_orphans(db, person.id)
        rows.quarantine(db, person.id, Origin.STRAVA, refused, now)
        rows.replace_coverage(db, person.id, Origin.STRAVA, first, now.astimezone(zone).date())
        if not events.is_expected(db, person.id):
            subscription.note_unannounced(db, person.id, changes.new_starts, now)
        events.answer_events(db, person.id, listing.ids, now)
        events.look_again(db, person.id, found.unknown, now)
        ledger.note_complete(db, person.id, now)
        source_state.note_answer(db)
    for times in _loops(listing).values():
        log.warning(rows.ALIKE, runner=person.id, times=times)
    for record in listing.refused:
        if record.reason == OF_ANOTHER:
            log.warning(OF_ANOTHER, runner=person.id, activity=record.record_id)
    log.info(
        "strava list stored",
        runner=person.id,
        new=changes.new,
        changed=changes.changed,
        gone=len(found.gone),
        refused=len(refused),
        requests=listing.requests,
    )
    return changes


def _loops(listing: Listing) -> dict[tuple[object, ...], int]:
    """What is listed so often that an import elsewhere must be going round in circles, and how often. One counts."""
    told = Counter((run.start, run.distance_m, run.moving_s) for run in listing.activities)
    return {alike: times for alike, times in told.items() if times >= MOST_ALIKE}


def _nothing_new(context: Context, person: Person, now: datetime) -> None:
    """Strava would have told of a run: the days up to today are known without asking."""
    first = (window_of(person, now, context.settings.strava.days).after + timedelta(seconds=1)).astimezone(person.zone)
    with context.database.writing() as db:
        rows.replace_coverage(db, person.id, Origin.STRAVA, first.date(), now.astimezone(person.zone).date())


@contextmanager
def noted(context: Context, person: Person, now: datetime) -> Iterator[None]:
    """Turn what went wrong at Strava into the runner's ledger and one clear line in the log."""
    try:
        yield
    except SourceUnavailable as error:
        until = context.back_at(error.retry_at)
        with context.database.writing() as db:
            ledger.note_failure(db, person.id, str(error), now, until)
            source_state.note_fault(db, person.id, str(error), now, app_wide=error.app_wide, retry_at=until)
            if error.unreadable:
                rows.quarantine(db, person.id, Origin.STRAVA, [(None, UNREADABLE, *error.unreadable)], now)
        log.warning("strava unavailable", runner=person.id, error=str(error), retry_at=until)
    except (AccessRevoked, CannotOpen) as error:
        with context.database.writing() as db:
            after = timedelta(hours=context.settings.strava.delete_after_h)
            braked = ledger.note_access(db, person.id, _access(error), now, str(error), after)
        log.warning("strava access lost", runner=person.id, error=str(error))
        if braked:
            log.error("deletion brake is on: many permissions ended at once")


def _wait(context: Context, person: Person, until: datetime, now: datetime) -> None:
    """Nobody is asked before *until*; this runner's ledger says why."""
    with context.database.writing() as db:
        reason = source_state.strava_state(db).reason
        ledger.note_failure(db, person.id, reason, now, until)
    log.info("strava waits", runner=person.id, reason=reason, retry_at=until)


def _access(error: AccessRevoked | CannotOpen) -> Access:
    if isinstance(error, CannotOpen):
        return Access.NEEDS_REAUTH
    return Access.NEEDS_SCOPE if error.needs_scope else Access.REVOKED
