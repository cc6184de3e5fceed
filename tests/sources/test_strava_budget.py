"""What may still be asked of Strava: by its clock, for the whole app, with a tenth kept for what cannot wait."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.sources.strava_budget import GRACE, Budget, Purpose, quarter_of

QUARTER = datetime(2026, 6, 1, 12, 15, tzinfo=UTC)
FRESH = Budget(QUARTER)


def used(quarter: int, day: int) -> Budget:
    return Budget(QUARTER, quarter_used=quarter, day_used=day)


INSIDE, LATE = QUARTER + timedelta(minutes=5), QUARTER + timedelta(minutes=15, seconds=5)


def test_a_new_app_has_a_hundred_requests_a_quarter_and_a_thousand_a_day() -> None:
    assert FRESH.left(Purpose.LIST) == 100
    assert used(0, 950).left(Purpose.LIST) == 50


def test_a_tenth_is_kept_for_lists_and_for_leaving() -> None:
    """N8."""
    assert used(90, 90).left(Purpose.SAMPLES) == 0
    assert used(90, 90).left(Purpose.LIST) == used(90, 90).left(Purpose.LEAVE) == 10
    assert used(0, 900).left(Purpose.SAMPLES) == 0


def test_a_request_counts_for_the_quarter_and_for_the_day() -> None:
    assert used(3, 40).counted(INSIDE) == used(4, 41)


def test_a_request_at_the_turn_counts_for_both_quarters() -> None:
    """Strava's clock may have turned or not."""
    at_the_turn = used(99, 40).counted(LATE)
    assert at_the_turn.left(Purpose.LIST) == 0
    assert at_the_turn.at(LATE + GRACE).quarter_used == 1
    assert at_the_turn.at(LATE + timedelta(minutes=20)).quarter_used == 0


def test_a_new_quarter_gives_new_room_and_the_day_goes_on() -> None:
    turned = used(100, 300).at(QUARTER + timedelta(minutes=15) + GRACE)
    assert (turned.quarter_used, turned.day_used) == (0, 300)


def test_a_new_day_gives_new_room() -> None:
    assert used(100, 1_000).at(QUARTER + timedelta(days=1)).day_used == 0


def test_the_first_seconds_of_a_quarter_still_count_to_the_one_before() -> None:
    assert quarter_of(QUARTER + GRACE - timedelta(seconds=1)) == QUARTER - timedelta(minutes=15)
    assert quarter_of(QUARTER + GRACE) == QUARTER


def test_a_clock_that_is_set_back_gives_no_new_room() -> None:
    """T3."""
    assert used(100, 300).at(QUARTER - timedelta(hours=2)) == used(100, 300)


def test_a_used_quarter_is_free_at_the_next_one_and_a_used_day_at_midnight() -> None:
    assert used(100, 300).free_at(Purpose.LIST) == QUARTER + timedelta(minutes=15) + GRACE
    assert used(20, 1_000).free_at(Purpose.LIST) == datetime(2026, 6, 2, tzinfo=UTC) + GRACE
    assert used(20, 900).free_at(Purpose.SAMPLES) == datetime(2026, 6, 2, tzinfo=UTC) + GRACE


def test_answers_tell_the_limits_and_what_others_have_used() -> None:
    told = used(3, 40).told({"X-ReadRateLimit-Limit": "200,2000", "X-ReadRateLimit-Usage": "50,700"})
    assert told == Budget(QUARTER, 0, 50, 200, 700, 2_000)


def test_an_answer_that_was_overtaken_does_not_take_back_what_was_counted() -> None:
    """N8."""
    assert used(60, 800).told({"X-ReadRateLimit-Usage": "50,700"}) == used(60, 800)


@pytest.mark.parametrize("odd", ["101", "a,b", "-1,5", "1" * 9_000, "1,2,3", "", "²,5", "0,0"])
def test_odd_headers_change_nothing(odd: str) -> None:
    """Bad input 89."""
    assert used(3, 40).told({"X-ReadRateLimit-Limit": odd, "X-ReadRateLimit-Usage": odd}) == used(3, 40)


@given(st.integers(0, 500), st.integers(0, 5_000), st.sampled_from(Purpose))
def test_where_nothing_is_left_there_is_again_when_it_says(quarter: int, day: int, purpose: Purpose) -> None:
    held = used(quarter, day)
    if held.left(purpose) < 1:
        assert held.at(held.free_at(purpose)).left(purpose) > 0 or day >= held.day_limit
