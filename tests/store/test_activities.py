"""Runs in and out: what is new, what changed, what went, and which days are known."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlmodel import select

from monitor.model import Flag, Origin
from monitor.store.activities import (
    extend_coverage,
    missing_from,
    purge_unseen,
    quarantine,
    remove_activities,
    replace_coverage,
    stored_activities,
    told_of,
    write_activities,
)
from monitor.store.database import Database
from monitor.store.findings import assess_from, mark_assessed
from monitor.store.tables import Quarantine
from monitor.store.training import training_log
from tests.builders import FIRST_DAY, activities, activity
from tests.store.made import NOW, TOMORROW

RULES = "the rules"
LAST_DAY = FIRST_DAY + timedelta(days=2)
RUNS = activities("8 - 10")


def stored(database: Database, runner_id: int) -> list[int | None]:
    """The distances of the stored runs, oldest first [m]."""
    with database.reading() as db:
        return [run.distance_m for run in sorted(stored_activities(db, runner_id), key=lambda run: run.start)]


def to_assess(database: Database, runner_id: int) -> date | None:
    with database.reading() as db:
        return assess_from(db, runner_id, RULES)


@pytest.fixture
def told(either: Database, ann: int) -> int:
    """A runner with the runs of a complete list of three days, all of them assessed."""
    with either.writing() as db:
        write_activities(db, ann, RUNS, NOW)
        replace_coverage(db, ann, Origin.STRAVA, FIRST_DAY, LAST_DAY)
        mark_assessed(db, ann, RULES)
    return ann


def test_a_run_comes_back_as_it_was_written(either: Database, ann: int) -> None:
    run = activity(name="Zoë's 5 a.m. ☀", climb_m=12.5, flags=frozenset({Flag.TREADMILL, Flag.MANUAL}))
    with either.writing() as db:
        write_activities(db, ann, [run], NOW)
    with either.reading() as db:
        assert list(stored_activities(db, ann)) == [run]


def test_writing_the_same_runs_again_changes_nothing(either: Database, told: int) -> None:
    with either.writing() as db:
        changes = write_activities(db, told, RUNS, TOMORROW)
    assert (changes.new, changes.changed, changes.same, changes.first_day) == (0, 0, 2, None)
    assert to_assess(either, told) is None


@pytest.mark.dialect
def test_an_edited_run_changes_and_its_days_are_assessed_anew(either: Database, told: int) -> None:
    edited = activity(RUNS[1].start_local, 9_000, origin_id=RUNS[1].origin_id)
    with either.writing() as db:
        changes = write_activities(db, told, [edited], TOMORROW)
    assert (changes.new, changes.changed, changes.same) == (0, 1, 0)
    assert stored(either, told) == [8_000, 9_000]
    assert to_assess(either, told) == LAST_DAY


def test_a_run_moved_to_a_later_day_has_both_days_assessed(either: Database, told: int) -> None:
    moved = activity("2026-03-03 07:00", 8_000, origin_id=RUNS[0].origin_id)
    with either.writing() as db:
        write_activities(db, told, [moved], TOMORROW)
    assert to_assess(either, told) == FIRST_DAY


@pytest.mark.dialect
def test_of_two_rows_with_one_id_the_last_counts(either: Database, ann: int) -> None:
    first, last = (activity(distance_m=metres, origin_id="77") for metres in (5_000, 6_000))
    with either.writing() as db:
        assert write_activities(db, ann, [first, last], NOW).new == 1
    assert stored(either, ann) == [6_000]


def test_the_same_id_from_another_source_or_for_another_runner_is_another_row(
    either: Database, told: int, bob: int
) -> None:
    with either.writing() as db:
        own_file = activity("2026-03-02 19:00", origin=Origin.EXPORT, origin_id=RUNS[0].origin_id)
        assert write_activities(db, told, [own_file], NOW).new == 1
        assert write_activities(db, bob, RUNS, NOW).new == 2
    assert len(stored(either, told)) == 3


def test_a_run_that_its_list_no_longer_names_goes(either: Database, told: int) -> None:
    kept, gone = RUNS[0].origin_id, RUNS[1].origin_id
    window = (RUNS[0].start - timedelta(seconds=1), NOW)
    with either.writing() as db:
        assert missing_from(db, told, Origin.STRAVA, [kept], *window) == [gone]
        remove_activities(db, told, Origin.STRAVA, [gone])
    assert stored(either, told) == [8_000]
    assert to_assess(either, told) == LAST_DAY


def test_what_lies_outside_the_window_or_came_from_a_file_is_never_missing(either: Database, told: int) -> None:
    with either.writing() as db:
        write_activities(db, told, [activity("2026-03-03 07:00", origin=Origin.EXPORT)], NOW)
        found = missing_from(db, told, Origin.STRAVA, [], RUNS[0].start, RUNS[1].start)
    assert found == []


def test_rows_that_no_list_has_shown_for_too_long_go_and_the_runners_own_files_stay(either: Database, ann: int) -> None:
    with either.writing() as db:
        write_activities(db, ann, [activity("2026-03-02 07:00", 8_000)], NOW)
        write_activities(db, ann, [activity("2026-03-03 07:00", 9_000, origin=Origin.EXPORT)], NOW)
        write_activities(db, ann, [activity("2026-03-04 07:00", 10_000)], TOMORROW)
        purge_unseen(db, ann, Origin.STRAVA, before=TOMORROW)
    assert stored(either, ann) == [9_000, 10_000]


def test_a_source_whose_rows_went_unseen_tells_no_day_any_more(either: Database, told: int) -> None:
    with either.writing() as db:
        purge_unseen(db, told, Origin.STRAVA, before=TOMORROW)
    with either.reading() as db:
        assert training_log(db, told).history is None
    assert to_assess(either, told) == FIRST_DAY


def test_a_known_day_without_a_run_is_rest(either: Database, told: int) -> None:
    with either.reading() as db:
        history = training_log(db, told).history
    assert history is not None
    assert history.first_day == FIRST_DAY
    assert history.distance_m.tolist() == [8_000, 0, 10_000]


def test_without_a_run_nothing_is_known(either: Database, ann: int) -> None:
    with either.writing() as db:
        replace_coverage(db, ann, Origin.STRAVA, FIRST_DAY, LAST_DAY)
        assert training_log(db, ann).history is None


def test_a_complete_list_replaces_what_its_source_told_and_leaves_the_other(either: Database, told: int) -> None:
    with either.writing() as db:
        extend_coverage(db, told, Origin.EXPORT, [date(2025, 1, 5), date(2025, 1, 1)])
        replace_coverage(db, told, Origin.STRAVA, LAST_DAY, LAST_DAY)
        assert sorted(told_of(db, [told])[told]) == [
            (Origin.EXPORT, (date(2025, 1, 1), date(2025, 1, 5))),
            (Origin.STRAVA, (LAST_DAY, LAST_DAY)),
        ]


def test_a_second_file_extends_the_days_that_files_told(either: Database, ann: int) -> None:
    with either.writing() as db:
        extend_coverage(db, ann, Origin.EXPORT, [date(2025, 3, 1), date(2025, 6, 1)])
        extend_coverage(db, ann, Origin.EXPORT, [date(2025, 1, 1), date(2025, 4, 1)])
        extend_coverage(db, ann, Origin.EXPORT, [])
        assert told_of(db, [ann])[ann] == [(Origin.EXPORT, (date(2025, 1, 1), date(2025, 6, 1)))]


def test_a_day_that_was_not_told_before_is_assessed(either: Database, told: int) -> None:
    with either.writing() as db:
        replace_coverage(db, told, Origin.STRAVA, FIRST_DAY, LAST_DAY + timedelta(days=2))
    assert to_assess(either, told) == LAST_DAY + timedelta(days=1)


def test_a_record_in_quarantine_is_kept_once_with_its_latest_reason(either: Database, ann: int) -> None:
    with either.writing() as db:
        for reason in ("distance is negative", "distance is below zero"):
            quarantine(db, ann, Origin.STRAVA, [("77", reason, "ab" * 32, 512)] * 2, NOW)
        assert [(row.record_id, row.reason) for row in db.exec(select(Quarantine)).all()] == [
            ("77", "distance is below zero")
        ]


def test_a_negative_distance_is_refused_by_the_database_itself(either: Database, ann: int) -> None:
    with pytest.raises(sa.exc.IntegrityError), either.writing() as db:
        write_activities(db, ann, [activity(distance_m=-1)], NOW)
    assert stored(either, ann) == []
