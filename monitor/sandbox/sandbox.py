"""The state of the sandbox Strava: its athletes, what they allowed, what is counted and what is broken on purpose."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import NamedTuple

from monitor.sandbox.athlete import Athlete
from monitor.sandbox.faults import Fault
from monitor.sandbox.limits import Limits, Meter
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

    With *short_pages* no page of a list is as long as asked for, as Strava reserves the right to do.
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
    ) -> None:
        self.athletes = {athlete.id: athlete for athlete in athletes}
        self.now = now
        self.client_id = client_id
        self.client_secret = client_secret
        self.short_pages = short_pages
        self.tokens = Tokens()
        self.meter = Meter(limits)
        self.requests: list[Asked] = []
        self.is_open = False
        self._faults: dict[int | None, tuple[str, Fault]] = {}

    def authorise(self, athlete_id: int, scope: str = SCOPE) -> str:
        """The athlete says yes: a code for the token endpoint."""
        return self.tokens.code(Grant(athlete_id, frozenset(scope.split(","))))

    def refuse(self, athlete_id: int | None, fault: Fault, *, path: str = "/") -> None:
        """From now on *fault* answers this athlete's requests, or everybody's where *athlete_id* is None.

        Only those whose path begins with *path*.
        """
        self._faults[athlete_id] = (path, fault)

    def heal(self, athlete_id: int | None) -> None:
        """The end of what `refuse` with the same *athlete_id* began."""
        self._faults.pop(athlete_id, None)

    def fault(self, athlete_id: int | None, path: str) -> Fault | None:
        """The fault that answers this request, an app-wide one before the athlete's own."""
        candidates = [self._faults[key] for key in (None, athlete_id) if key in self._faults]
        return next((fault for beginning, fault in candidates if path.startswith(beginning)), None)

    def in_force(self, fault: Fault) -> bool:
        return self.is_open and any(fault is scripted for _, scripted in self._faults.values())
