"""A runner corrects a run: it holds through the next sync, the days are judged anew, and nothing old is mailed."""

from datetime import timedelta
from pathlib import Path

from jobs import importing, leaving
from jobs.exporting import export
from monitor.load.metrics import metrics
from monitor.model import Amendment, Change
from monitor.store.amendments import amend, amendments, take_back
from monitor.store.held import held
from monitor.store.leaving import disconnect
from monitor.store.people import Person, add_runner
from monitor.store.training import training_log
from tests.jobs.conftest import NOW, SIX_WEEKS, SPIKE_YESTERDAY, TODAY, World

TOMORROW = NOW + timedelta(days=1)


def say(world: World, person: Person, change: Change, days_ago: int, **given: object) -> Amendment:
    """What Ada says of her run of that day."""
    day = (TODAY - timedelta(days=days_ago)).date()
    run = next(run for run in world.runs(person) if run.day == day)
    said = Amendment(run.key, change, **given)  # type: ignore[arg-type]
    with world.context.database.writing() as db:
        amend(db, person.id, said, NOW)
    return said


def long_run_found(world: World, person: Person, days_ago: int) -> bool:
    """Whether the run of that day is found to be far beyond the ones before."""
    day = (TODAY - timedelta(days=days_ago)).date()
    return any(each.rule == "single_session_spike" and each.day == day for each in world.seen(person).findings)


def test_a_correction_outlives_the_next_sync_and_ends_what_rested_on_the_run(world: World) -> None:
    person = world.join(world.athlete(SPIKE_YESTERDAY))
    world.one_pass()
    assert long_run_found(world, person, 1)
    say(world, person, Change.DISTANCE, 1, value=10_200.0)
    world.one_pass(TOMORROW)
    assert world.distances(person)[-1] == 10_200
    assert not long_run_found(world, person, 1)
    assert "1 run corrected by the runner" in world.seen(person).verdict.notes


def test_taken_back_everything_is_as_it_was(world: World) -> None:
    person = world.join(world.athlete(SPIKE_YESTERDAY))
    world.one_pass()
    before = world.seen(person)
    said = say(world, person, Change.EXCLUDE, 1, reason="a ride")
    world.one_pass()
    with world.context.database.writing() as db:
        take_back(db, person.id, said.run, said.change)
    world.one_pass()
    after = world.seen(person)
    assert (after.findings, after.runs) == (before.findings, before.runs)


def test_what_a_correction_finds_on_days_long_past_is_on_the_page_and_in_no_mail(world: World) -> None:
    person = world.join(world.athlete(SIX_WEEKS))
    world.one_pass()
    world.sent.clear()
    say(world, person, Change.DISTANCE, 7, value=15_000.0)
    world.one_pass(TOMORROW)
    assert long_run_found(world, person, 7)
    assert world.sent == []


def test_read_back_from_an_export_the_corrections_hold_and_the_metrics_are_the_same(
    world: World, tmp_path: Path
) -> None:
    person = world.join(world.athlete(SPIKE_YESTERDAY))
    world.one_pass()
    say(world, person, Change.DISTANCE, 1, value=10_200.0)
    say(world, person, Change.EXCLUDE, 5, reason="a ride")
    file = tmp_path / "export.zip"
    with world.context.database.reading() as db:
        file.write_bytes(export(db, person.id, NOW))
    with world.context.database.writing() as db:
        bea = add_runner(db, "Bea", "bea@example.org", "UTC", None, NOW).id
    for _ in range(2):
        importing.run(world.context, file, bea, NOW)
    with world.context.database.reading() as db:
        one, other = (training_log(db, each).history for each in (person.id, bea))
        assert one
        assert other
        assert metrics(one).to_csv() == metrics(other).to_csv()
        told = amendments(db, bea)
    assert {(each.change, each.value, each.reason) for each in told} == {
        (Change.DISTANCE, 10_200, ""),
        (Change.EXCLUDE, None, "a ride"),
    }


def test_corrections_go_with_the_account_they_are_about_and_with_the_runner(world: World) -> None:
    person = world.join(world.athlete(SIX_WEEKS))
    world.one_pass()
    say(world, person, Change.RPE, 3, value=7)
    with world.context.database.writing() as db:
        assert held(db, person.id)["amendment"]
        disconnect(db, world.context.keys, person.id, NOW)
        assert held(db, person.id)["amendment"] == []
    leaving.erase(world.context, person.id, NOW)
    with world.context.database.reading() as db:
        assert amendments(db, person.id) == []
