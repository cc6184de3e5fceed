"""What every job works with, and the fence around each runner."""

import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog

from monitor.delivery import Notify, Send
from monitor.delivery.channels import notifier
from monitor.errors import Gone
from monitor.rules.rule import Rule
from monitor.settings import Settings
from monitor.sources.strava import Strava
from monitor.store import due as due_work
from monitor.store.database import Database
from monitor.store.due import Due
from monitor.store.sealing import Keyring

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Context:
    """The product put together once, at start."""

    database: Database
    keys: Keyring
    strava: Strava
    rules: tuple[Rule, ...]
    send: Send
    settings: Settings
    clock: Callable[[], datetime]  # who holds a lease is judged by it; what is due, by the `now` of a job
    secrets: tuple[str, ...] = field(repr=False)
    owner: str  # tells this process from another that works on the same database
    notify: Notify = field(default_factory=notifier)
    jitter: Callable[[], float] = lambda: 1.0  # what a wait before another try is multiplied by
    lateness: Callable[[], timedelta] = timedelta  # how much later than the end of a limit this process comes back

    def back_at(self, retry_at: datetime | None) -> datetime | None:
        """When to ask a source again that says when: not in the moment in which everybody does."""
        return retry_at + self.lateness() if retry_at else None

    @property
    def rules_by_name(self) -> dict[str, Rule]:
        return {rule.name: rule for rule in self.rules}


def running(context: Context, now: datetime) -> Callable[[], datetime]:
    """A *now* that goes on while a job does: a lease taken late in a long job must not be born expired."""
    started = context.clock()
    return lambda: now + (context.clock() - started)


@contextmanager
def only_this_runner(context: Context, due: Due, now: datetime) -> Iterator[None]:
    """One runner's trouble stays with that runner: it is logged, tried again later, and the next one is served."""
    error = ""
    with fenced("pass failed", runner=due.person.id) as failures:
        yield
    if failures:
        error = failures[0]
    with context.database.writing() as db:
        due_work.finish(db, due, context.owner, now, error)


@contextmanager
def fenced(event: str, **about: object) -> Iterator[list[str]]:
    """Log whatever goes wrong inside and go on; the only broad `except` of the jobs.

    That somebody left meanwhile is nothing wrong.
    """
    failures: list[str] = []
    try:
        yield failures
    except Gone as left:
        log.info("left meanwhile", **about, reason=str(left))
    except Exception as error:
        failures.append(f"{type(error).__name__}: {error}"[:300])
        log.error(event, **about, error=failures[0], where=traceback.format_tb(error.__traceback__)[-1].strip())
