"""Ada ran much further than usual on Thursday 19 November 2026; it is Friday morning."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from monitor.alerts.letter import Told
from monitor.alerts.message import Addressee, Envelope
from monitor.load.headroom import Headroom
from monitor.model import Finding, Level
from monitor.rules import RULES
from tests.builders import history

THURSDAY, FRIDAY = date(2026, 11, 19), date(2026, 11, 20)
FOUR_WEEKS = history("8 - 10 - 8 - 16 " * 4 + "22.7", first_day=THURSDAY - timedelta(days=28))
BY_NAME = {rule.name: rule for rule in RULES}
ROOM = Headroom(  # on Friday: the long run of Thursday is not built upon
    FRIDAY,
    easy_ceiling_m=22_700,
    longest_30d_m=22_700,
    builds_on_record=True,
    fast_usual_m=2_000.0,
    fast_left_m=1_200.0,
    climb_m=240.0,
    hard_from=datetime.fromisoformat("2026-11-21 08:30"),
)
FACTS = {"distance_km": 22.7, "longest_30d_km": 16.0, "beyond_percent": 41.875, "runs_30d": 16.0}


def spike(day: date = THURSDAY, level: Level = Level.CAUTION, **facts: float) -> Told:
    found = Finding("single_session_spike", day, level, 1.41875, FACTS | facts)
    return BY_NAME["single_session_spike"], found


def no_rest(day: date = THURSDAY, level: Level = Level.WATCH) -> Told:
    return BY_NAME["no_rest_day"], Finding("no_rest_day", day, level, 15.0)


def envelope(name: str = "Ada", email: str = "ada@example.org", **given: Any) -> Envelope:
    defaults = {
        "to": Addressee(name, email),
        "sender": Addressee("Hamwatch", "hamwatch@example.org"),
        "message_id": "<alert-7-2026-11-20@example.org>",
        "sent_at": datetime(2026, 11, 20, 6, 30, tzinfo=UTC),
        "base_url": "https://hamwatch.example.org/",
        "runner_id": 7,
    }
    return Envelope(**(defaults | given))
