"""One budget for all who ask, on SQLite and PostgreSQL."""

import threading
from datetime import UTC, datetime

import pytest

from monitor.sources.strava_budget import Purpose
from monitor.store.budget import budget, note_limits, take
from monitor.store.database import Database

NOW = datetime(2026, 6, 1, 12, 20, tzinfo=UTC)
NEXT_QUARTER = datetime(2026, 6, 1, 12, 30, 10, tzinfo=UTC)


def taken(
    database: Database, times: int, purpose: Purpose = Purpose.LIST, now: datetime = NOW
) -> list[datetime | None]:
    answers = []
    for _ in range(times):
        with database.writing() as db:
            answers.append(take(db, purpose, now))
    return answers


def test_what_was_never_asked_has_all_its_room(either: Database) -> None:
    with either.reading() as db:
        assert budget(db, NOW).left(Purpose.LIST) == 100


def test_a_request_beyond_the_limit_is_told_when_to_come_back_and_counts_nothing(either: Database) -> None:
    assert taken(either, 102)[-3:] == [None, NEXT_QUARTER, NEXT_QUARTER]
    with either.reading() as db:
        assert budget(db, NOW).quarter_used == 100


def test_the_next_quarter_has_room_again(either: Database) -> None:
    taken(either, 100)
    assert taken(either, 1, now=NEXT_QUARTER) == [None]


def test_samples_leave_a_tenth_for_lists(either: Database) -> None:
    assert taken(either, 91, Purpose.SAMPLES)[-2:] == [None, NEXT_QUARTER]
    assert taken(either, 10) == [None] * 10


def test_what_strava_says_of_its_limits_is_kept(either: Database) -> None:
    with either.writing() as db:
        note_limits(db, {"X-ReadRateLimit-Limit": "200,2000", "X-ReadRateLimit-Usage": "150,151"}, NOW)
    with either.reading() as db:
        assert budget(db, NOW).left(Purpose.LIST) == 50


def test_an_answer_of_a_window_that_is_over_is_not_taken_for_this_one(either: Database) -> None:
    taken(either, 1, now=NEXT_QUARTER)
    with either.writing() as db:
        note_limits(db, {"X-ReadRateLimit-Usage": "100,500"}, NOW)
    with either.reading() as db:
        assert budget(db, NEXT_QUARTER).quarter_used == 1


@pytest.mark.dialect
def test_racing_askers_never_take_more_than_there_is(either: Database) -> None:
    answers: list[datetime | None] = []
    askers = [threading.Thread(target=lambda: answers.extend(taken(either, 30))) for _ in range(4)]
    for asker in askers:
        asker.start()
    for asker in askers:
        asker.join()
    assert answers.count(None) == 100
