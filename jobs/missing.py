"""Runs that a list no longer names: each is asked for by its number before it goes, as a list may hide some."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

import structlog

from jobs import tokens
from jobs.context import Context
from monitor.errors import SourceUnavailable
from monitor.model import Activity
from monitor.sources.strava_listing import Listing, Refused
from monitor.store.people import Person

log = structlog.get_logger()
MOST_AT_ONCE = 30  # of a whole season that vanished, the rest is asked for with the next list


@dataclass(frozen=True, slots=True)
class Found:
    """A list, completed by what it did not name and Strava has; what Strava has no more, and what is still unknown."""

    listing: Listing
    gone: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


def look_for(
    context: Context, person: Person, listing: Listing, missing: Sequence[str], after: datetime, now: datetime, own: int
) -> Found:
    """Ask for the *missing* runs, one request each, the first of them first; *own* is the runner's account.

    One that begins no later than *after* is not of this list. One that Strava fails to tell of stays unknown.
    """
    found, asked = Found(listing, unknown=tuple(missing[MOST_AT_ONCE:])), missing[:MOST_AT_ONCE]
    for number in asked:
        ask = partial(context.strava.activity, activity_id=number, now=now, athlete_id=own)
        try:
            told = tokens.with_token(context, person.id, now, ask)
        except SourceUnavailable as error:
            if error.app_wide:
                raise
            log.warning("missing run not looked up", runner=person.id, activity=number, error=str(error))
            found = replace(found, unknown=(*found.unknown, number))
        else:
            is_gone = told is None or (isinstance(told, Activity) and told.start <= after)
            found = replace(found, gone=(*found.gone, number)) if is_gone else _completed(found, told)
    return replace(found, listing=replace(found.listing, requests=listing.requests + len(asked)))


def _completed(found: Found, told: Activity | Refused | None) -> Found:
    """The list with what it did not name."""
    listing = found.listing
    if isinstance(told, Activity):
        ids, activities = listing.ids | {told.origin_id}, (*listing.activities, told)
        return replace(found, listing=replace(listing, ids=ids, activities=activities))
    return replace(found, listing=replace(listing, refused=(*listing.refused, *([told] if told else []))))
