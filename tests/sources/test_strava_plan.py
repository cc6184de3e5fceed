"""Whose list is asked for, and what that costs in two weeks."""

from datetime import UTC, datetime, timedelta

import pytest

from monitor.sandbox import Limits
from monitor.sources.strava_budget import Budget, quarter_of
from monitor.sources.strava_plan import Standing, capacity, room_for_samples
from monitor.store.events import SETTLES_IN
from tests.benchmarks.strava import START, World, fewest_lists

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("standing", "tells", "due"),
    [
        pytest.param(Standing(1, NOW - HOUR), False, True, id="without events every pass asks"),
        pytest.param(Standing(1, NOW - HOUR), True, False, id="with events silence means nothing new"),
        pytest.param(Standing(1, NOW - HOUR, has_news=True), True, True, id="an event is looked up"),
        pytest.param(Standing(1, NOW - 47 * HOUR), True, False, id="for nearly two days"),
        pytest.param(Standing(1, NOW - 48 * HOUR), True, True, id="and then in any case"),
        pytest.param(Standing(1), True, True, id="who was never listed is"),
    ],
)
def test_when_a_list_is_due(standing: Standing, tells: bool, due: bool) -> None:
    assert standing.list_is_due(NOW, tells=tells) is due


def test_news_comes_before_waiting_and_waiting_longest_first() -> None:
    waiting = [Standing(1, NOW - HOUR), Standing(2, NOW - 9 * HOUR), Standing(3, NOW, has_news=True), Standing(4)]
    assert [each.runner_id for each in sorted(waiting, key=lambda each: each.order(NOW))] == [3, 4, 2, 1]


def test_whose_rows_would_soon_be_too_old_to_keep_comes_before_all_news() -> None:
    waiting = [Standing(1, NOW - HOUR, has_news=True), Standing(2, NOW - 121 * HOUR)]
    assert [each.runner_id for each in sorted(waiting, key=lambda each: each.order(NOW))] == [2, 1]


def test_events_let_more_runners_be_kept_fresh() -> None:
    assert capacity(1_000, tells=True) > capacity(1_000, tells=False) > 500


@pytest.mark.parametrize(
    ("used", "hours_ago", "tells", "room"),
    [
        pytest.param(100, [1] * 600, False, 800, id="everybody is listed: all but the tenth that is always kept"),
        pytest.param(100, [24] * 600, False, 300, id="600 lists are still to come today"),
        pytest.param(600, [24] * 600, False, 0, id="and need more than there is"),
        pytest.param(0, [], True, 900, id="nobody has a list to come"),
        pytest.param(100, [1] * 1_000, True, 485, id="with events half of 830 lists are to come"),
        pytest.param(100, [None] * 10, False, 800, id="who was never listed is to come, and fits in what is kept"),
    ],
)
def test_samples_leave_room_for_the_lists_of_the_rest_of_the_day(
    used: int, hours_ago: list[int | None], tells: bool, room: int
) -> None:
    """NOW is noon."""
    budget = Budget(quarter_of(NOW), quarter_limit=1_000, day_used=used)
    last_lists = [NOW - each * HOUR if each is not None else None for each in hours_ago]
    assert room_for_samples(budget, last_lists, NOW, tells=tells) == room


def test_within_its_capacity_an_app_asks_little_more_than_it_must_and_is_never_refused() -> None:
    """A runner and day have 0.63 runs; lists are also needed where more than 48 h lie between two of them."""
    found = World(200, Limits(overall=(200, 2_000), read=(100, 1_000)), tells=True).live()
    assert found.fewest_lists <= found.lists <= found.fewest_lists + 0.005
    assert found.lists - found.silent <= 0.65
    assert 0.60 <= found.samples <= 0.65
    assert (found.refused, found.minutes_to_store <= 5) == (0, True)
    assert found.oldest_list <= 48 * HOUR


def test_the_fewest_lists_answer_each_event_in_time_and_leave_nobody_alone_for_two_days() -> None:
    """Counted from the third day on: 48 h after the first list, the two events, 48 h after those."""
    events = [START + hours * HOUR + SETTLES_IN for hours in (60, 60.05)]
    assert fewest_lists([(at, "news", 1) for at in events], {1: START}, days=5) == 3


def test_beyond_its_capacity_lists_come_before_samples_and_nothing_is_refused() -> None:
    found = World(200, Limits(overall=(40, 200), read=(20, 150)), tells=True, days=8).live()
    assert found.refused == 0
    assert found.lists > 6 * found.samples
    assert found.waiting_lists <= 200


def test_where_only_the_lists_fit_samples_hold_up_none() -> None:
    found = World(200, Limits(overall=(40, 400), read=(20, 200)), tells=True).live()
    assert (found.refused, found.minutes_to_store <= 5) == (0, True)
    assert found.fewest_lists <= found.lists <= found.fewest_lists + 0.02
    assert found.samples >= 0.1
