"""The state of the sandbox Strava: its athletes, what they allowed, what is counted and what is broken on purpose."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from itertools import repeat
from typing import Any, NamedTuple

from monitor.sandbox.athlete import Athlete
from monitor.sandbox.events import Event, of_activity, of_withdrawal
from monitor.sandbox.faults import Fault, fine
from monitor.sandbox.limits import Limits, Meter
from monitor.sandbox.paging import Paging, full
from monitor.sandbox.plan import Plan
from monitor.sandbox.script import Script
from monitor.sandbox.summary import Record
from monitor.sandbox.tokens import Grant, Tokens
from monitor.sandbox.webhooks import Webhooks

SCOPE = "read,activity:read"


class Asked(NamedTuple):
    """One line of the request log. *athlete_id* is None where nobody can be told from the request."""

    method: str
    path: str
    athlete_id: int | None
    status: int


class Sandbox:
    """A Strava of its own. Tests change *athletes* and their activities, script faults and read *requests*.

    What is changed through `record`, `edit`, `delete` and `withdraw` is told to the app's webhook; what a test changes
    in an athlete itself is not, like an event that got lost. With *short_pages* no page of a list is as long as asked
    for, as Strava reserves the right to do; *paging* has other ways to cut it.
    """

    def __init__(
        self,
        athletes: Iterable[Athlete],
        now: Callable[[], datetime],
        *,
        client_id: str = "10101",
        client_secret: str = "sandbox-client-secret",  # noqa: S107  it opens nothing but this sandbox
        limits: Limits = Limits(),  # noqa: B008  a tuple of numbers
        short_pages: bool = False,
        paging: Paging = full,
    ) -> None:
        self.athletes = {athlete.id: athlete for athlete in athletes}
        self.now = now
        self.client_id = client_id
        self.client_secret = client_secret
        self.short_pages = short_pages
        self.paging = paging
        self.tokens = Tokens()
        self.meter = Meter(limits)
        self.webhooks = Webhooks()
        self.requests: list[Asked] = []
        self.is_open = False
        self._scripts: dict[int | None, Script] = {}

    @property
    def outgoing(self) -> list[Event]:
        """The events that the webhook has not been told yet."""
        return self.webhooks.outgoing

    def authorise(self, athlete_id: int, scope: str = SCOPE) -> str:
        """The athlete says yes: a code for the token endpoint."""
        return self.tokens.code(Grant(athlete_id, frozenset(scope.split(","))))

    def record(self, athlete: Athlete, start: datetime, plan: Plan, **how: Any) -> Record:
        """A new run, as `Athlete.record` makes it."""
        row = athlete.record(start, plan, **how)
        self._tell(athlete, None, row)
        return row

    def edit(self, athlete: Athlete, row: Record, **changed: Any) -> None:
        """The athlete changes one of their runs. Of a new distance or time alone Strava sends no event."""
        before = dict(row)
        row.update(changed)
        self._tell(athlete, before, row)

    def delete(self, athlete: Athlete, row: Record) -> None:
        athlete.activities.remove(row)
        self._tell(athlete, row, None)

    def withdraw(self, athlete: Athlete) -> None:
        """The athlete takes the app's access away, in Strava's settings."""
        connected = self.tokens.given(athlete.id)
        self.tokens.forget(athlete.id)
        if connected:
            self.webhooks.tell(of_withdrawal(athlete.id, self.now()))

    def refuse(self, athlete_id: int | None, fault: Fault, *, path: str = "/", times: int | None = None) -> None:
        """From now on *fault* answers this athlete's requests, or everybody's where *athlete_id* is None.

        Only those whose path begins with *path*; until it is healed, or so many *times*.
        """
        self._begin(athlete_id, path, repeat(fault) if times is None else repeat(fault, times))

    def script(self, athlete_id: int | None, *faults: Fault, path: str = "/") -> None:
        """As `refuse`, but each of the *faults* answers one request, in their order; then all is well."""
        self._begin(athlete_id, path, iter(faults))

    def heal(self, athlete_id: int | None) -> None:
        """The end of what `refuse` or `script` with the same *athlete_id* began."""
        if script := self._scripts.pop(athlete_id, None):
            script.healed = True

    def fault(self, athlete_id: int | None, path: str) -> tuple[Fault, Script | None]:
        """What answers this request, an app-wide fault before the athlete's own, and the script that it is from."""
        for key in (None, athlete_id):
            script = self._scripts.get(key)
            if script and (fault := script.fault(path)):
                return fault, script
        return fine, None

    def _begin(self, athlete_id: int | None, path: str, coming: Iterator[Fault]) -> None:
        self.heal(athlete_id)
        self._scripts[athlete_id] = Script(path, coming)

    def _tell(self, athlete: Athlete, before: Record | None, after: Record | None) -> None:
        event = of_activity(self.tokens.given(athlete.id), athlete.id, before, after, self.now())
        if event:
            self.webhooks.tell(event)
