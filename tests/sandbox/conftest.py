"""A served sandbox with one runner, Ada, who ran 5 km on each of 30 mornings, and what a client needs to call it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import requests

from monitor.sandbox import Athlete, Limits, Sandbox, serving
from monitor.sandbox.plan import easy

NOW = datetime(2026, 9, 30, 12, 7, tzinfo=UTC)
ADA = 1


def ada(runs: int = 30) -> Athlete:
    athlete = Athlete(ADA, "Ada", "Test", "ada@example.org", "Europe/Paris")
    for days_ago in range(runs, 0, -1):
        athlete.record(datetime.fromisoformat("2026-09-30 07:00") - timedelta(days=days_ago), easy(5_000))
    return athlete


@dataclass
class Clock:
    moment: datetime = NOW

    def __call__(self) -> datetime:
        return self.moment

    def forward(self, **time: float) -> None:
        self.moment += timedelta(**time)


@dataclass
class Wire:
    """The sandbox, seen from outside."""

    sandbox: Sandbox
    clock: Clock
    base_url: str
    session: requests.Session

    def get(self, path: str, token: str = "", timeout: float = 10, **params: Any) -> requests.Response:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        url = self.base_url + path
        return self.session.get(url, params=params, headers=headers, timeout=timeout, allow_redirects=False)

    def post(self, path: str, token: str = "", **form: Any) -> requests.Response:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        return self.session.post(self.base_url + path, data=form, headers=headers, timeout=10)

    def ask_token(self, **form: str) -> requests.Response:
        app = {"client_id": self.sandbox.client_id, "client_secret": self.sandbox.client_secret}
        return self.post("/oauth/token", **app | form)

    def tokens(self, athlete_id: int = ADA, scope: str = "read,activity:read") -> dict[str, Any]:
        code = self.sandbox.authorise(athlete_id, scope)
        return dict(self.ask_token(grant_type="authorization_code", code=code).json())

    def token(self, **who: Any) -> str:
        return str(self.tokens(**who)["access_token"])


@pytest.fixture
def wire(request: pytest.FixtureRequest) -> Iterator[Wire]:
    """`@pytest.mark.parametrize("wire", [{"short_pages": True}], indirect=True)` builds another sandbox."""
    clock = Clock()
    sandbox = Sandbox([ada()], clock, **getattr(request, "param", {}))
    with serving(sandbox) as base_url, requests.Session() as session:
        session.trust_env = False
        yield Wire(sandbox, clock, base_url, session)


NARROW = {"limits": Limits(overall=(5, 8), read=(3, 6))}
