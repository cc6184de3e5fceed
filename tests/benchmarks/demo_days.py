"""What two days of the demo team cost in requests to Strava: `python -m tests.benchmarks.demo_days`.

The product against the sandbox, a tick every quarter of an hour of a clock that is set: the day on which all twelve
connect, with 120 days to read, and the ordinary day after it. Events are noted as the pages would that Strava tells.
"""

import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from jobs.__main__ import tick
from jobs.context import Context
from jobs.start import start
from monitor.cli.demo import demo_settings, join
from monitor.cli.logs import show_logs
from monitor.sandbox import Sandbox, serving, team
from monitor.sandbox.webhooks import Subscription
from monitor.store.events import Aspect, note_event
from monitor.store.subscription import keep_subscription, note_heard

FIRST = datetime(2026, 9, 28, tzinfo=UTC)
TICK, DAY = timedelta(minutes=15), timedelta(days=1)
KINDS = {  # by the end of the path
    "activities": "lists",
    "streams": "samples",
    "token": "tokens renewed",
    "push_subscriptions": "looks at the subscription",
}


def main() -> None:
    print("requests of the demo team's twelve runners")
    for tells in (False, True):
        events = "with" if tells else "without"
        with connected(tells) as days:
            for name in ("the first day", "an ordinary day"):
                count, ended = days.live()
                each = ", ".join(f"{kind} {count[kind]}" for kind in KINDS.values())
                print(f"  {events} events, {name:<16}{count.total():5}: {each}; {ended} runs ended")


@dataclass
class Days:
    """The sandbox and the product at *now*, which `live` moves on."""

    sandbox: Sandbox
    tells: bool
    now: datetime = FIRST
    product: Context | None = None

    def live(self) -> tuple[Counter[str], int]:
        """One day; the requests of each kind, and how many runs ended in it."""
        before, ended = len(self.sandbox.requests), 0
        for _ in range(DAY // TICK):
            self.now += TICK
            ended += self._upload()
            if self.product:
                tick(self.product)
        asked = self.sandbox.requests[before:]
        return Counter(KINDS[each.path.rpartition("/")[2]] for each in asked), ended

    def _upload(self) -> int:
        """The runs that ended since the last tick; Strava tells of each where it tells."""
        runs = [(each.id, row) for each in self.sandbox.athletes.values() for row in each.activities]
        ended = [(whose, row["id"]) for whose, row in runs if self.now - TICK <= _end(row) < self.now]
        if self.tells and self.product:
            with self.product.database.writing() as db:
                for whose, number in ended:
                    note_event(db, whose, Aspect.CREATE, number, int(self.now.timestamp()), self.now)
                    note_heard(db, self.now)
        return len(ended)


def _end(row: dict[str, object]) -> datetime:
    return datetime.fromisoformat(str(row["start_date"])) + timedelta(seconds=int(str(row["elapsed_time"])))


@contextmanager
def connected(tells: bool) -> Iterator[Days]:
    """Everybody connects at the beginning of the first day, 198 days into their stories."""
    sandbox = Sandbox(team(FIRST + 2 * DAY), lambda: FIRST)
    sandbox.webhooks.subscription = Subscription(1, "https://club.example", FIRST) if tells else None
    days = Days(sandbox, tells)
    sandbox.now = lambda: days.now
    with tempfile.TemporaryDirectory() as folder, serving(sandbox) as url:
        settings = demo_settings(Path(folder), url, sandbox.client_id, sandbox.client_secret, 8000)
        show_logs(settings.log)
        days.product = start(settings, lambda: days.now)
        if sandbox.webhooks.subscription:
            with days.product.database.writing() as db:
                keep_subscription(db, *sandbox.webhooks.subscription[:2], FIRST)
        for athlete in sandbox.athletes.values():
            join(days.product, athlete, FIRST)
        yield days
        days.product.database.close()


if __name__ == "__main__":
    main()
