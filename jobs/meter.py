"""Every request to Strava passes here: taken from the app's one budget, which its answer then corrects."""

from collections.abc import Callable, Mapping
from datetime import datetime

from monitor.errors import SourceUnavailable
from monitor.sources.strava_budget import Meter, Purpose, Told
from monitor.store.budget import budget, note_limits, take
from monitor.store.database import Database

USED_UP = "this app's requests to Strava are used up"


def meter(database: Database, clock: Callable[[], datetime]) -> Meter:
    """Asks the database before each request; raises SourceUnavailable, with when to come back, where none is left."""

    def ask(purpose: Purpose) -> Told:
        asked_at = clock()
        with database.writing() as db:
            free_at = take(db, purpose, asked_at)
        if free_at:
            raise SourceUnavailable(USED_UP, retry_at=free_at, app_wide=True)
        return lambda headers: _keep(database, headers, asked_at)

    return ask


def _keep(database: Database, headers: Mapping[str, str], asked_at: datetime) -> None:
    """Most answers say what was counted already, and then nothing is written."""
    with database.reading() as db:
        held = budget(db, asked_at)
    if held.told(headers) != held:
        with database.writing() as db:
            note_limits(db, headers, asked_at)
