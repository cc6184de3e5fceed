"""Once a day: is the subscription, on which lists that are not asked for rely, still there?"""

from datetime import datetime

import structlog

from jobs.context import Context
from monitor.errors import HamwatchError
from monitor.store import source_state, subscription

log = structlog.get_logger()


def run(context: Context, now: datetime) -> None:
    """Ask Strava for it, by one request; where it is gone everybody is listed daily again."""
    with context.database.writing() as db:
        due = source_state.blocked_until(db, now) is None and subscription.begin_check(db, now)
    if not due:
        return
    try:
        known = context.strava.subscriptions()
    except HamwatchError as error:
        log.warning("subscription not checked", error=str(error))
        return
    with context.database.writing() as db:
        lost = subscription.end_check(db, known, now)
    if lost:
        log.error("strava has no such subscription any more: hamwatch strava subscribe", subscription=lost)
