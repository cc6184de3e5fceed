"""When all asking waits: a limit, an app that is inactive, or faults with many runners."""

from datetime import datetime, timedelta

from monitor.store.database import Database
from monitor.store.source_state import blocked_until, note_answer, note_fault, strava_state
from tests.store.made import NOW

QUARTER = timedelta(minutes=15)


def fail(
    database: Database, runner_id: int, *, app_wide: bool = False, retry_at: datetime | None = None, reason: str = "503"
) -> None:
    with database.writing() as db:
        note_fault(db, runner_id, reason, NOW, app_wide=app_wide, retry_at=retry_at)


def waits(database: Database, now: datetime = NOW) -> datetime | None:
    with database.reading() as db:
        return blocked_until(db, now)


def is_down(database: Database) -> bool:
    with database.reading() as db:
        return strava_state(db).down_since is not None


def test_at_first_nobody_waits(either: Database) -> None:
    assert waits(either) is None
    assert not is_down(either)


def test_four_runners_with_faults_stop_nobody_and_the_fifth_stops_all(either: Database) -> None:
    for runner_id in (1, 2, 3, 4):
        fail(either, runner_id)
    assert waits(either) is None
    fail(either, 5)
    assert waits(either) == NOW + QUARTER
    assert is_down(either)


def test_the_faults_of_one_runner_stop_only_that_runner(either: Database) -> None:
    for _ in range(9):
        fail(either, 1)
    assert waits(either) is None


def test_a_fault_of_the_whole_source_stops_all_at_once(either: Database) -> None:
    fail(either, 1, app_wide=True, reason="the app is inactive")
    assert waits(either) == NOW + QUARTER
    assert is_down(either)


def test_the_wait_is_over_when_its_time_has_come(either: Database) -> None:
    fail(either, 1, app_wide=True)
    assert waits(either, NOW + QUARTER - timedelta(seconds=1)) == NOW + QUARTER
    assert waits(either, NOW + QUARTER) is None


def test_a_limit_holds_until_strava_says_and_is_not_called_down(either: Database) -> None:
    midnight = NOW + timedelta(hours=17)
    fail(either, 1, app_wide=True, retry_at=midnight, reason="limit")
    assert waits(either) == midnight
    assert not is_down(either)


def test_a_good_answer_forgets_every_fault(either: Database) -> None:
    for runner_id in (1, 2, 3, 4, 5):
        fail(either, runner_id)
    with either.writing() as db:
        note_answer(db)
    assert waits(either) is None
    assert not is_down(either)
    fail(either, 6)
    assert waits(either) is None
