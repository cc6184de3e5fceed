"""When a mail may go."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from monitor.alerts.policy import not_before


@pytest.mark.parametrize(
    ("now", "due"),
    [
        pytest.param("2026-04-12T07:00", "2026-04-12T07:00", id="at seven it may go"),
        pytest.param("2026-04-12T06:59", "2026-04-12T07:00", id="before seven it waits for seven"),
        pytest.param("2026-04-12T20:59", "2026-04-12T20:59", id="before nine in the evening it may go"),
        pytest.param("2026-04-12T21:00", "2026-04-13T07:00", id="later it waits for the morning"),
        pytest.param("2026-03-28T23:00", "2026-03-29T07:00", id="over the night in which summer time begins"),
    ],
)
def test_nobody_is_mailed_at_night_in_their_own_zone(now: str, due: str) -> None:
    paris = ZoneInfo("Europe/Paris")
    moment = datetime.fromisoformat(now).replace(tzinfo=paris).astimezone(UTC)
    assert not_before(moment, paris, 21, 7).astimezone(paris) == datetime.fromisoformat(due).replace(tzinfo=paris)


def test_quiet_hours_can_be_switched_off() -> None:
    night = datetime(2026, 4, 12, 3, tzinfo=UTC)
    assert not_before(night, ZoneInfo("UTC"), 0, 0) == night
