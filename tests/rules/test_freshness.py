"""Whether a runner can be judged: the table of states, the first that fits."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from monitor.load.daily import History
from monitor.model import Freshness
from monitor.rules.freshness import Access, Ledger, State, known_days, state, unusable_share
from tests.builders import history

NOW = datetime(2026, 4, 12, 7, tzinfo=UTC)
FIRST = date(2026, 3, 1)
PARIS = ZoneInfo("Europe/Paris")
FRESH = Ledger(PARIS, access=Access.OK, last_complete_at=NOW - timedelta(hours=1))
SIX_WEEKS = history("8 - 8 - 8 - 12 " * 6, FIRST)  # 1 March to 11 April


def told(ledger: Ledger, days: History | None = SIX_WEEKS, now: datetime = NOW) -> State:
    return state(now, ledger, days)


def seen_on(day: int, days: History) -> State:
    """The state on that day of April, with a list just read."""
    now = datetime(2026, 4, day, 7, tzinfo=UTC)
    return state(now, replace(FRESH, last_complete_at=now), days)


def test_a_fresh_source_with_six_known_weeks_is_ok() -> None:
    assert told(FRESH) == State(Freshness.OK)


def test_a_list_of_36_hours_ago_is_fresh_and_an_older_one_stale() -> None:
    assert told(replace(FRESH, last_complete_at=NOW - timedelta(hours=36))).freshness is Freshness.OK
    late = replace(FRESH, last_complete_at=NOW - timedelta(hours=36, seconds=1))
    assert told(late) == State(Freshness.STALE, "stale since 10 Apr")


def test_the_day_of_the_last_list_is_told_in_the_runners_own_zone() -> None:
    ledger = replace(FRESH, zone=ZoneInfo("Pacific/Auckland"), last_complete_at=datetime(2026, 4, 9, 20, tzinfo=UTC))
    assert told(ledger).reason == "stale since 10 Apr"


@pytest.mark.parametrize(
    ("access", "freshness", "words"),
    [
        (Access.REVOKED, Freshness.REVOKED, "the runner needs to reconnect Strava"),
        (Access.NEEDS_SCOPE, Freshness.NEEDS_SCOPE, "permission to read activities is missing"),
        (Access.NEEDS_REAUTH, Freshness.NEEDS_REAUTH, "the stored token does not open"),
    ],
)
def test_a_lost_permission_is_told_before_anything_else(access: Access, freshness: Freshness, words: str) -> None:
    ledger = replace(FRESH, access=access, access_since=NOW - timedelta(days=1), down_since=NOW, last_complete_at=None)
    found = told(ledger)
    assert found.freshness is freshness
    assert words in found.reason
    assert found.reason.startswith("disconnected since 11 Apr")


def test_an_unreachable_strava_is_told_before_stale() -> None:
    ledger = replace(FRESH, down_since=NOW - timedelta(days=2), last_complete_at=NOW - timedelta(days=2))
    assert told(ledger) == State(Freshness.SOURCE_DOWN, "Strava unreachable since 10 Apr")


def test_an_outage_of_strava_does_not_touch_a_runner_with_files_only() -> None:
    ledger = Ledger(PARIS, down_since=NOW, last_imported=NOW.date())
    assert told(ledger).freshness is Freshness.OK


def test_ten_days_of_history_are_ten_of_twenty_eight() -> None:
    days = history("8 - 8 - 8 - 8 - 8 -", date(2026, 4, 3))
    assert told(FRESH, days) == State(Freshness.INSUFFICIENT_HISTORY, "10 of 28 days")


def test_nobody_is_judged_without_any_data() -> None:
    assert told(FRESH, None) == State(Freshness.INSUFFICIENT_HISTORY, "0 of 28 days")


def test_28_known_days_in_42_suffice_wherever_the_gap_is() -> None:
    assert told(FRESH, history("8 - 8 - 8 - 8 " * 3 + "? " * 14 + "8 - " * 4, FIRST)).freshness is Freshness.OK


def test_unknown_days_are_not_counted_as_known() -> None:
    days = history("8 - 8 - ? ? ? 8", date(2026, 4, 5))
    assert known_days(date(2026, 4, 12), days) == 5


def test_files_are_stale_after_the_days_that_the_settings_allow() -> None:
    ledger = Ledger(PARIS, last_imported=date(2026, 4, 2), files_stale_after_days=10)
    assert told(ledger).freshness is Freshness.OK
    assert told(ledger, now=NOW + timedelta(days=1)) == State(Freshness.STALE, "no file since 2 Apr")


def test_nine_days_without_a_run_are_judged_and_ten_are_not() -> None:
    days = history("8 - 8 - 8 - 12 " * 5 + "- " * 8, FIRST)  # the last run was on 4 April
    assert seen_on(13, days).freshness is Freshness.OK
    assert seen_on(14, days) == State(Freshness.NO_ACTIVITY, "no runs since 4 Apr: rest, injury or unrecorded")


def test_more_than_a_quarter_of_unusable_running_time_cannot_be_judged() -> None:
    unusable = np.where(SIX_WEEKS.distance_m > 0, 0.0, np.nan_to_num(SIX_WEEKS.distance_m))
    unusable[-1] = np.nansum(SIX_WEEKS.moving_s[-28:]) / 2  # a third of the whole
    days = replace(SIX_WEEKS, unusable_s=unusable)
    assert unusable_share(days) == pytest.approx(1 / 3)
    assert told(FRESH, days) == State(Freshness.INSUFFICIENT_HISTORY, "33% of 28 days' running time is not usable")
