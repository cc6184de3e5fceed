"""Whoever leaves: what goes at once, and what is still to do for them afterwards. Every step can be repeated."""

from datetime import datetime

import structlog

from jobs import assess, backing_up
from jobs.context import Context, fenced
from jobs.letters import erased_mail, removed_mail
from monitor.delivery.spool import remove_mail, remove_mails
from monitor.errors import AccessRevoked, SourceUnavailable
from monitor.store import appointments, claims, invitations, leaving, revocations, sign_ins, unconfirmed
from monitor.store.coach_digests import letters_about, message_id
from monitor.store.connections import connection
from monitor.store.outbox import queue_letter
from monitor.store.people import person
from monitor.store.revocations import Owed
from monitor.store.sealing import CannotOpen

log = structlog.get_logger()


def disconnect(context: Context, runner_id: int, now: datetime) -> None:
    """End a runner's connection, and judge them anew by their own files. Raises `UserError` where there is none."""
    with context.database.writing() as db:
        whose = person(db, runner_id)
        leaving.disconnect(db, context.keys, runner_id, now)
    log.info("strava disconnected", runner=runner_id)
    assess.run(context, whose, now)


def erase(context: Context, runner_id: int, now: datetime) -> None:
    """Take out everything of a runner, and write to them that it was done. Raises `UserError`."""
    with context.database.writing() as db:
        whose, connected = person(db, runner_id), connection(db, runner_id) is not None
        mail = erased_mail(context, whose, f"{runner_id}/{leaving.ERASED}", now, was_connected=connected)
        for letter in letters_about(db, runner_id):  # first, so that a kill in between leaves no file behind
            remove_mail(context.settings.mail.spool, message_id(letter))
        leaving.erase(db, context.keys, runner_id, mail, now)
    log.info("runner erased", runner=runner_id)
    with fenced("erasure not noted beside the copies", runner=runner_id):
        backing_up.note_erased(context)
    clear_up(context, now)


def run(context: Context, now: datetime) -> None:
    """What became due: rows whose time is up, accounts that nobody confirmed, sign-ins and invitations that are over,
    passes of long ago, permissions to give back, what is left of those erased.
    """
    with context.database.reading() as db:
        overdue = leaving.overdue(db, now)
    for runner_id in overdue:
        with fenced("removal failed", runner=runner_id):
            remove(context, runner_id, now)
    with context.database.writing() as db:
        if dropped := unconfirmed.drop_stale(db, context.keys, now):
            log.info("strava accounts not confirmed", accounts=dropped)
        sign_ins.drop_old(db, now)
        claims.drop_old(db)
        invitations.drop_old(db, now)
        appointments.drop_old(db, now)
    while (number := _next_revocation(context, now)) is not None:
        with fenced("revocation failed", revocation=number):
            give_back(context, number, now)
    with fenced("clearing up failed"):
        clear_up(context, now)


def remove(context: Context, runner_id: int, now: datetime) -> None:
    """What a permission had brought goes, because it ended and was not given again; the runner is told."""
    with context.database.writing() as db:
        whose, row = person(db, runner_id), connection(db, runner_id)
        if row is None or runner_id not in leaving.overdue(db, now):  # connected again, or the brake was pulled
            return
        episode = f"{runner_id}/removed/{row.access_since.isoformat()}"
        mail = removed_mail(context, whose, row.access_since, episode, now)
        leaving.drop_strava(db, runner_id, now)
        queue_letter(db, runner_id, "removed", episode, mail, now, now)
    log.info("strava data removed", runner=runner_id)
    assess.run(context, whose, now)


def give_back(context: Context, number: int, now: datetime) -> None:
    """Tell Strava that a permission has ended; where it does not listen, the next try stands in the row already."""
    try:
        with context.database.reading() as db:
            owed = revocations.owed(db, context.keys, number)
        _revoke(context, owed, now)
    except (SourceUnavailable, CannotOpen) as error:
        with context.database.writing() as db:
            given_up = revocations.give_up(db, number)
        log.warning("revocation not heard", revocation=number, error=str(error), given_up=given_up)
        return
    with context.database.writing() as db:
        revocations.given_back(db, number)
    log.info("permission given back", revocation=number)


def clear_up(context: Context, now: datetime) -> None:
    """No mail to somebody erased stays in the spool but the confirmation, and that one's row forgets them once sent."""
    with context.database.writing() as db:
        leaving.drop_erased(db)
        last_letters = leaving.last_letters(db, now)
    for letter in last_letters:
        remove_mails(context.settings.mail.spool, letter.to, but=letter.message_id)
        if letter.is_over:
            with context.database.writing() as db:
                leaving.blank(db, letter.id)


def _revoke(context: Context, owed: Owed, now: datetime) -> None:
    """Ends where Strava says yes, or knew before us: then neither token is good for anything."""
    try:
        context.strava.revoke(owed.access)
    except AccessRevoked:
        try:
            fresh = context.strava.refresh(owed.refresh, now)  # the access token may merely have expired
        except AccessRevoked:
            return
        with context.database.writing() as db:
            revocations.renewed(db, context.keys, owed.id, fresh.access, fresh.refresh)
        context.strava.revoke(fresh.access)


def _next_revocation(context: Context, now: datetime) -> int | None:
    with context.database.writing() as db:
        return revocations.next_revocation(db, now)
