"""The state of the sandbox Strava: its athletes, what they allowed, what is counted and what is broken on purpose."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from itertools import repeat
from typing import NamedTuple

from monitor.sandbox.athlete import Athlete
from monitor.sandbox.faults import Fault, fine
from monitor.sandbox.limits import Limits, Meter
from monitor.sandbox.paging import Paging, full
from monitor.sandbox.script import Script
from monitor.sandbox.tokens import Grant, Tokens

SCOPE = "read,activity:read"


class Asked(NamedTuple):
    """One line of the request log. *athlete_id* is None where nobody can be told from the request."""

    method: str
    path: str
    athlete_id: int | None
    status: int


class Sandbox:
    """A Strava of its own. Tests change *athletes* and their activities, script faults and read *requests*.

    With *short_pages* no page of a list is as long as asked
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
        self.requests: list[Asked] = []
        self.is_open = False
        self._scripts: dict[int | None, Script] = {}

    def authorise(self, athlete_id: int, scope: str = SCOPE) -> str:
        """The athlete says yes: a code for the token endpoint."""
        return self.tokens.code(Grant(athlete_id, frozenset(scope.split(","))))

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
