"""A token that works: refreshed by one process at a time, and kept before it is used."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TypeVar

from jobs.context import Context
from monitor.errors import AccessRevoked, SourceUnavailable
from monitor.store import connections as ledger
from monitor.store.connections import Held

T = TypeVar("T")
MARGIN = timedelta(hours=1)


def with_token(context: Context, runner_id: int, now: datetime, ask: Callable[[str], T]) -> T:
    """What *ask* returns with the runner's access token; one refresh and one more try where the token is refused."""
    held = _held(context, runner_id)
    if held.expires_at - now < MARGIN:
        held = _refreshed(context, held, now)
    try:
        return ask(held.access)
    except AccessRevoked as error:
        if error.needs_scope:
            raise
        return ask(_refreshed(context, held, now).access)


def _refreshed(context: Context, held: Held, now: datetime) -> Held:
    """New tokens. The old refresh token dies at once, so the new one is committed before anybody uses it."""
    with context.database.writing() as db:
        mine = ledger.claim_refresh(db, held.runner_id, context.clock())
    if not mine:
        return _from_another(context, held)
    try:
        # Read again under the claim: another process may have refreshed since, and the token read then is dead.
        current = _held(context, held.runner_id)
        if current.refresh == held.refresh:
            fresh = context.strava.refresh(held.refresh, now)
            with context.database.writing() as db:
                ledger.store_tokens(db, context.keys, held.runner_id, fresh.access, fresh.refresh, fresh.expires_at)
        return _held(context, held.runner_id)
    finally:
        with context.database.writing() as db:
            ledger.release_refresh(db, held.runner_id)


def _from_another(context: Context, held: Held) -> Held:
    """Another process is refreshing this token: use its result where it is there, else come back later."""
    now_held = _held(context, held.runner_id)
    if now_held.access == held.access:
        raise SourceUnavailable("the Strava token is being refreshed by another process")
    return now_held


def _held(context: Context, runner_id: int) -> Held:
    with context.database.reading() as db:
        return ledger.held_tokens(db, context.keys, runner_id)
