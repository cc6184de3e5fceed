"""Corrections of runs kept beside the runs: what may be said, what it touches, and when it goes."""

from datetime import UTC, datetime

import pytest

from monitor.errors import UserError
from monitor.model import Amendment, Change, Origin
from monitor.store.activities import remove_activities, stored_activities, write_activities
from monitor.store.amendments import amend, amendments, take_back
from monitor.store.audience import COACHES, OWN
from monitor.store.findings import mark_assessed
from monitor.store.people import add_runner
from monitor.store.tables import Runner
from tests.builders import activity

NOW = datetime(2026, 3, 10, tzinfo=UTC)
RUN, OTHER = activity("2026-03-02 07:00", 10_000, name="Long"), activity("2026-03-02 09:00", 3_000)
FAR_OFF = activity("2026-03-05 07:00", 5_000, origin=Origin.RECORDING)


@pytest.fixture
def ada(database):
    with database.writing() as db:
        runner_id = add_runner(db, "Ada", "ada@example.org", "UTC", None, NOW).id
        write_activities(db, runner_id, [RUN, OTHER, FAR_OFF], NOW)
        mark_assessed(db, runner_id, "the rules")
    return runner_id


def say(change, value=None, run=RUN, **given):
    return Amendment(run.key, change, value, **given)


def keep(database, runner_id, *said):
    with database.writing() as db:
        for each in said:
            amend(db, runner_id, each, NOW)


def told(database, runner_id, audience=OWN):
    with database.reading() as db:
        return amendments(db, runner_id, audience)


def test_the_row_of_the_source_stays_and_a_sync_of_it_keeps_the_correction(database, ada):
    keep(database, ada, said := say(Change.DISTANCE, 12_000.0))
    with database.writing() as db:
        changes = write_activities(db, ada, [RUN, OTHER, FAR_OFF], NOW)
        assert (changes.new, changes.changed) == (0, 0)
        assert {run.distance_m for run in stored_activities(db, ada)} == {10_000, 3_000, 5_000}
    assert told(database, ada) == [said]


def test_the_days_from_the_run_on_are_assessed_anew_and_again_when_it_is_taken_back(database, ada):
    for act in (lambda db: amend(db, ada, say(Change.RPE, 7), NOW), lambda db: take_back(db, ada, RUN.key, Change.RPE)):
        with database.writing() as db:
            act(db)
        with database.writing() as db:
            assert db.get_one(Runner, ada).assess_from == RUN.day
            mark_assessed(db, ada, "the rules")
    assert told(database, ada) == []


def test_a_second_word_on_the_same_takes_the_place_of_the_first(database, ada):
    keep(database, ada, say(Change.DISTANCE, 12_000.0), say(Change.RPE, 4), say(Change.DISTANCE, 11_000.0))
    assert {(each.change, each.value) for each in told(database, ada)} == {(Change.DISTANCE, 11_000), (Change.RPE, 4)}


@pytest.mark.parametrize(
    "said",
    [
        pytest.param(say(Change.EXCLUDE, reason=" "), id="no reason"),
        pytest.param(say(Change.EXCLUDE, reason="x" * 201), id="a very long reason"),
        pytest.param(say(Change.EXCLUDE, reason="a\x00b"), id="an unprintable reason"),
        pytest.param(say(Change.DISTANCE, 0), id="nowhere"),
        pytest.param(say(Change.DISTANCE), id="no distance"),
        pytest.param(say(Change.DISTANCE, float("nan")), id="no number"),
        pytest.param(say(Change.DISTANCE, float("inf")), id="no finite number"),
        pytest.param(say(Change.DISTANCE, -5_000), id="backwards"),
        pytest.param(say(Change.DISTANCE, 42_000), id="a marathon in an hour"),
        pytest.param(say(Change.RPE, 11), id="beyond the scale"),
        pytest.param(say(Change.RPE, float("nan")), id="no rating"),
        pytest.param(say(Change.MERGE, into=RUN.key), id="one with itself"),
        pytest.param(say(Change.MERGE, into=FAR_OFF.key), id="one with a run of another day"),
        pytest.param(say(Change.MERGE, into=(Origin.STRAVA, "404")), id="one with no run"),
        pytest.param(say(Change.MERGE), id="one with nothing"),
        pytest.param(Amendment((Origin.STRAVA, "404"), Change.RPE, 5), id="of no run"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_kept(database, ada, said):
    with pytest.raises(UserError), database.writing() as db:
        amend(db, ada, said, NOW)
    assert told(database, ada) == []


def test_the_run_of_another_runner_cannot_be_corrected(database, ada):
    with database.writing() as db:
        bob = add_runner(db, "Bob", "bob@example.org", "UTC", None, NOW).id
    with pytest.raises(UserError, match="not here"):
        keep(database, bob, say(Change.RPE, 5))


def test_a_run_that_its_source_deleted_takes_what_was_said_of_it_along(database, ada):
    keep(database, ada, say(Change.RPE, 5), say(Change.RPE, 5, run=OTHER))
    with database.writing() as db:
        remove_activities(db, ada, Origin.STRAVA, [RUN.origin_id])
    assert [each.run for each in told(database, ada)] == [OTHER.key]


def test_who_may_not_see_runs_from_strava_hears_of_no_correction_of_one(database, ada):
    keep(database, ada, say(Change.RPE, 5), say(Change.RPE, 6, run=FAR_OFF))
    assert [each.run for each in told(database, ada, COACHES)] == [FAR_OFF.key]


def test_taking_back_what_was_not_said_changes_nothing(database, ada):
    with database.writing() as db:
        take_back(db, ada, RUN.key, Change.EXCLUDE)
        assert db.get_one(Runner, ada).assess_from is None
