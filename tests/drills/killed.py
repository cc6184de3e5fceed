"""A process that does a piece of ordinary work and kills itself at a named place, as a power cut would.

The product knows nothing of it: the function at that place is wrapped from outside.
"""

import multiprocessing
import os
import signal
from collections.abc import Callable
from datetime import datetime
from importlib import import_module
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import Engine, event

from jobs import daily, deliver
from jobs.start import start
from monitor.settings import Settings, without_environment
from monitor.sources.strava_transport import BoundedSession
from monitor.store.due import passes_now
from monitor.store.migrate import open_current
from monitor.web import strava_events
from monitor.web.links import webhook_url

EVENT = {
    "object_type": "activity",
    "aspect_type": "update",
    "object_id": 16_000_000_001,
    "owner_id": 1,
    "subscription_id": 9,
    "event_time": 1516126040,
    "updates": {},
}


class Place(NamedTuple):
    """*name* is the function that the *module* calls; with a dot, the method of a class."""

    module: str
    name: str
    after: bool


PASS_PLACES = {
    "after_token_http": Place("monitor.sources.strava", "Strava.refresh", after=True),
    "after_token_commit": Place("monitor.store.connections", "release_refresh", after=False),
    "after_list_http": Place("monitor.sources.strava", "Strava.list_activities", after=True),
    "in_page_upsert": Place("monitor.store.events", "answer_events", after=True),
    "after_page_upsert": Place("jobs.pull", "store", after=True),
    "after_detail_http": Place("monitor.sources.strava", "Strava.samples", after=True),
    "after_score_write": Place("jobs.assess", "run", after=True),
    "after_outbox_insert": Place("jobs.outgoing", "queue_letter", after=True),
    "after_outbox_commit": Place("jobs.alert", "run", after=True),
    "before_smtp_data": Place("smtplib", "SMTP.data", after=False),
    "after_smtp_250": Place("smtplib", "SMTP.data", after=True),
    "before_outbox_mark": Place("jobs.deliver", "mark_sent", after=False),
}
EVENT_PLACES = {
    "after_webhook_insert": Place("monitor.web.strava_events", "note_event", after=True),
    "after_webhook_commit": Place("monitor.web.strava_events", "_kept", after=True),
}
MIGRATION_PLACES = {"mid_migration": Place("alembic.op", "create_table", after=True)}


def one_pass(settings: Settings, now: datetime) -> None:
    """Pull, assess, alert, deliver, for everybody."""
    context = start(settings, lambda: now)
    daily.run(context, passes_now(context.database, lambda: now, context.owner), now)
    deliver.run(context, now)
    context.database.close()


def one_event(settings: Settings, now: datetime) -> None:
    """Strava tells of a change, and is answered."""
    context = start(settings, lambda: now)
    app = FastAPI()
    app.include_router(strava_events.routes(strava_events.Mailbox(context.database, context.secrets, lambda: now)))
    TestClient(app).post(webhook_url("", context.secrets), json=EVENT).raise_for_status()
    context.database.close()


def one_migration(settings: Settings, _: datetime) -> None:
    """The database is brought up to date."""
    open_current(settings.database.url).close()


WORK: dict[str, Callable[[Settings, datetime], None]] = {
    "pass": one_pass,
    "event": one_event,
    "migration": one_migration,
}


def die_at(place: Place) -> None:
    """From now on nobody gets beyond this place."""
    *of_class, name = place.name.split(".")
    holder: Any = import_module(place.module)
    for part in of_class:
        holder = getattr(holder, part)
    original = getattr(holder, name)

    def deadly(*given: Any, **how: Any) -> Any:
        if place.after:
            original(*given, **how)
        os.kill(os.getpid(), signal.SIGKILL)

    setattr(holder, name, deadly)


def die_at_step(step: int, told: Path) -> None:
    """Nobody gets beyond so many statements to the database and answers of Strava; *told* holds how many there were."""
    steps = count(1)

    def deadly(*_: object) -> None:
        number = next(steps)
        told.write_text(str(number))
        if number == step:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(Engine, "before_cursor_execute", deadly)
    event.listen(Engine, "commit", deadly)
    original = BoundedSession.request

    def answered(self: BoundedSession, *given: Any, **how: Any) -> Any:
        answer = original(self, *given, **how)
        deadly()
        return answer

    BoundedSession.request = answered  # type: ignore[method-assign]


def do(work: str, given: dict[str, Any], now: datetime, end: str | tuple[int, Path] | None) -> None:
    """What the process does until its *end*: a place, or a step; without one it lives on."""
    if isinstance(end, str):
        die_at((PASS_PLACES | EVENT_PLACES | MIGRATION_PLACES)[end])
    elif end:
        die_at_step(*end)
    WORK[work](without_environment(given), now)


def ended(work: str, given: dict[str, Any], now: datetime, end: str | tuple[int, Path] | None) -> int | None:
    """How such a process ended: minus the signal's number where it was killed."""
    processes = multiprocessing.get_context("forkserver")  # a clean one, which has imported everything once
    processes.set_forkserver_preload([__name__, "monitor.sources.strava_transport", "alembic.command"])
    process = processes.Process(target=do, args=(work, given, now, end))
    process.start()
    process.join(60)
    return process.exitcode
