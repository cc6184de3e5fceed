"""Daily passes as claimed rows: each is carried out once, whoever asks, and none is lost."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlmodel import col, select

from monitor.store.claims import Work, claim, drop_old, last_finished, unfinished
from monitor.store.connections import note_failure
from monitor.store.database import Database
from monitor.store.due import BY_HAND, DAILY, Due, by_hand, due_passes, finish, make_due, passes_now, work_of
from monitor.store.people import Person, person
from monitor.store.tables import JobRun
from tests.store.made import NOW, TOMORROW, connected

ME, OTHER = "me", "another process"
SEVEN = 7
MINUTE = timedelta(minutes=1)


def at(moment: datetime) -> Callable[[], datetime]:
    return lambda: moment


def due(database: Database, now: datetime = NOW, owner: str = ME) -> list[Due]:
    """Claims all that is due."""
    return list(due_passes(database, at(now), owner, SEVEN))


def done(database: Database, pass_: Due, now: datetime = NOW, owner: str = ME, error: str = "") -> None:
    with database.writing() as db:
        finish(db, pass_, owner, now, error)


def ann_in(database: Database, ann: int) -> Person:
    with database.reading() as db:
        return person(db, ann)


@pytest.mark.parametrize(
    ("now", "slot"),
    [
        pytest.param("2026-11-22T05:59:59+00:00", "2026-11-21", id="a second before seven in Paris: yesterday's"),
        pytest.param("2026-11-22T06:00:00+00:00", "2026-11-22", id="seven in Paris: today's"),
        pytest.param("2026-11-22T23:30:00+00:00", "2026-11-22", id="past midnight in Paris: still that day's"),
        pytest.param("2026-07-01T05:00:00+00:00", "2026-07-01", id="seven of summer time"),
    ],
)
def test_a_pass_belongs_to_the_runners_own_day_from_seven_to_seven(
    either: Database, ann: int, now: str, slot: str
) -> None:
    assert work_of(ann_in(either, ann), datetime.fromisoformat(now), SEVEN) == (DAILY, str(ann), slot)


def test_a_pass_is_due_once_a_day(either: Database, ann: int) -> None:
    [first] = due(either)
    assert (first.person.id, first.attempt) == (ann, 1)
    done(either, first)
    assert due(either, NOW + timedelta(hours=22)) == []
    assert len(due(either, TOMORROW)) == 1


def test_what_one_process_holds_is_not_given_to_another(either: Database, ann: int) -> None:
    assert len(due(either)) == 1
    assert due(either, owner=OTHER) == []
    assert list(passes_now(either, at(NOW), OTHER)) == []


def test_a_runner_has_one_pass_at_a_time_whatever_its_day(either: Database, ann: int) -> None:
    """I8."""
    before_seven = NOW.replace(hour=4)  # yesterday's pass by the schedule, today's for somebody who asks
    [scheduled] = due(either, before_seven)
    assert list(passes_now(either, at(before_seven), OTHER)) == []
    done(either, scheduled, before_seven)
    [by_hand] = passes_now(either, at(before_seven), OTHER)
    assert by_hand.slot > scheduled.slot
    assert due(either, before_seven + MINUTE) == []


def test_a_pass_whose_holder_is_gone_is_taken_over_when_its_lease_has_run_out(either: Database, ann: int) -> None:
    due(either)
    assert due(either, NOW + 10 * MINUTE, OTHER) == []
    [again] = due(either, NOW + 11 * MINUTE, OTHER)
    assert again.attempt == 2


def test_a_holder_who_was_overtaken_changes_nothing_when_it_ends_at_last(either: Database, ann: int) -> None:
    [slow] = due(either)
    due(either, NOW + 11 * MINUTE, OTHER)
    done(either, slow, NOW + 12 * MINUTE)
    with either.reading() as db:
        assert last_finished(db) is None


def test_a_lease_begins_with_its_own_pass_and_not_with_the_first_one(either: Database, ann: int, bob: int) -> None:
    moments = iter([TOMORROW, TOMORROW, TOMORROW + 9 * MINUTE])  # asked once, then at each claim
    assert len(list(due_passes(either, lambda: next(moments), ME, SEVEN))) == 2
    taken_over = due(either, TOMORROW + 11 * MINUTE, OTHER)
    assert [each.person.id for each in taken_over] == [ann]


def test_a_pass_that_failed_waits_longer_each_time(either: Database, ann: int) -> None:
    now, waits = NOW, []
    for _ in range(6):
        [again] = due(either, now)
        done(either, again, now, error="a bug")
        with either.reading() as db:
            [row] = unfinished(db, now)
        assert row.retry_at
        waits.append((row.retry_at - now) / MINUTE)
        now = row.retry_at
    assert waits == [1, 5, 15, 30, 60, 60]


def test_a_pass_whose_source_failed_waits_until_the_source_says(either: Database, ann: int) -> None:
    with either.writing() as db:
        connected(db, ann)
        note_failure(db, ann, "limit reached", NOW, NOW + 40 * MINUTE)
    [first] = due(either)
    done(either, first)
    assert due(either, NOW + 39 * MINUTE) == []
    assert len(due(either, NOW + 40 * MINUTE)) == 1


def test_a_day_that_came_to_nothing_is_closed_when_a_later_one_is_done(either: Database, ann: int) -> None:
    [today] = due(either)
    done(either, today, error="a bug")
    [tomorrow] = due(either, TOMORROW)
    done(either, tomorrow, TOMORROW)
    with either.reading() as db:
        assert unfinished(db, TOMORROW) == []
        assert last_finished(db) == TOMORROW


def test_somebody_who_asks_now_gets_every_runner_done_or_not(either: Database, ann: int, bob: int) -> None:
    for each in due(either, NOW + timedelta(hours=12)):
        done(either, each, NOW + timedelta(hours=12))
    again = passes_now(either, at(NOW + timedelta(hours=13)), ME)
    assert [each.person.id for each in again] == [ann, bob]


def test_a_runner_who_connects_is_due_again_on_the_same_day(either: Database, ann: int) -> None:
    [first] = due(either)
    done(either, first)
    with either.writing() as db:
        make_due(db, ann)
    assert len(due(either)) == 1


def test_a_runner_who_connects_during_a_pass_does_not_trip_it(either: Database, ann: int) -> None:
    [running] = due(either)
    with either.writing() as db:
        make_due(db, ann)
    done(either, running)
    assert len(due(either)) == 1


def test_while_a_person_asks_for_a_runner_nobody_else_does(either: Database, ann: int, bob: int) -> None:
    """I8."""
    with by_hand(either, ann, at(NOW), ME) as mine, by_hand(either, ann, at(NOW), OTHER) as theirs:
        assert (mine, theirs) == (True, False)
        assert [each.person.id for each in due(either, owner=OTHER)] == [bob]
    assert [each.person.id for each in due(either, owner=OTHER)] == [ann]  # the day's pass is as due as before


def test_while_a_runners_pass_is_under_way_nobody_asks_for_them_by_hand(either: Database, ann: int) -> None:
    """I8."""
    [scheduled] = due(either)
    with by_hand(either, ann, at(NOW), OTHER) as theirs:
        assert not theirs
    done(either, scheduled)
    with by_hand(either, ann, at(NOW), OTHER) as theirs:
        assert theirs
    with either.reading() as db:
        assert last_finished(db) == NOW


def test_a_person_who_was_killed_while_asking_is_forgotten_by_the_next_pass(either: Database, ann: int) -> None:
    """I1."""
    with either.writing() as db:
        assert claim(db, Work(DAILY, str(ann), BY_HAND), "killed", NOW)
    assert due(either, NOW + 9 * MINUTE) == []
    [after] = due(either, NOW + 11 * MINUTE)
    done(either, after, NOW + 12 * MINUTE)
    with either.reading() as db:
        assert unfinished(db, NOW + 12 * MINUTE) == []
    with by_hand(either, ann, at(NOW + 13 * MINUTE), ME) as mine:
        assert mine


def test_passes_are_kept_for_a_month_before_the_last_one_that_was_done(either: Database, ann: int) -> None:
    for days, error in ((0, ""), (1, "a bug"), (31, ""), (61, "a bug")):
        [each] = due(either, NOW + timedelta(days=days))
        done(either, each, NOW + timedelta(days=days), error=error)
        with either.writing() as db:
            drop_old(db)
    with either.reading() as db:
        rows = db.exec(select(JobRun).order_by(col(JobRun.slot))).all()
    assert [(row.slot, row.state) for row in rows] == [
        ("2026-11-23", "missed"),
        ("2026-12-23", "done"),
        ("2027-01-22", "waiting"),
    ]
