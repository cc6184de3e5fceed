"""Strava out of order, on its whole way: what a runner sees, what is asked, and that nothing is lost."""

from dataclasses import replace
from datetime import timedelta
from hashlib import sha256

import pytest
from sqlmodel import select

from monitor.model import Finding, Freshness
from monitor.sandbox import faults
from monitor.sandbox.faults import Fault
from monitor.store.activities import stored_activities
from monitor.store.findings import stored_findings
from monitor.store.people import Person
from monitor.store.status import status
from monitor.store.tables import Quarantine
from tests.jobs.conftest import NOW, SIX_WEEKS, SPIKE_YESTERDAY, World
from tests.jobs.faulty import LATER, LIST, QUARTER_LATER, during
from tests.sources.scripted_server import nobody_listens


def findings(world: World, person: Person) -> list[Finding]:
    with world.context.database.reading() as db:
        return stored_findings(db, person.id)


def test_a_strava_that_is_not_there_is_named_changes_no_finding_and_is_found_again(world: World) -> None:
    """N1."""
    person = world.join(world.athlete(SPIKE_YESTERDAY))
    world.one_pass()
    before, there = findings(world, person), world.context
    world.context = replace(there, strava=replace(there.strava, base_url=nobody_listens()))
    world.one_pass(LATER)
    seen = world.seen(person, LATER).verdict
    assert (seen.freshness, findings(world, person)) == (Freshness.SOURCE_DOWN, before)
    assert "Strava unreachable since 30 Sep" in str(seen.reason)
    world.context = there
    world.one_pass(QUARTER_LATER)
    assert world.seen(person, QUARTER_LATER).verdict.freshness is Freshness.OK
    assert len(world.sent) == 1


def test_an_answer_that_drips_holds_up_nobody_but_its_own_runner(world: World) -> None:
    """N2."""
    slow, other = world.athlete(SIX_WEEKS), world.join(world.athlete(SIX_WEEKS))
    person = world.join(slow)
    world.context = replace(world.context, strava=replace(world.context.strava, total_s=0.3))
    world.sandbox.refuse(slow.id, faults.drip, path="/api")
    world.one_pass()
    assert world.connection(person).failure == "Strava does not answer: it takes too long"
    assert world.connection(other).last_complete_at == NOW


@pytest.mark.parametrize("spoiled", [faults.cut, faults.status(500), faults.html], ids=["N3 cut", "N5 500", "N4 html"])
def test_a_list_that_breaks_off_is_not_stored_by_halves(world: World, spoiled: Fault) -> None:
    world.sandbox.short_pages = True
    athlete = world.athlete("6 " * 119)
    for n in range(100):
        athlete.activities.append(athlete.activities[n] | {"id": 77_000 + n})
    person = world.join(athlete)
    world.sandbox.script(athlete.id, faults.fine, spoiled, path=LIST)
    world.pull(person)
    assert world.runs(person) == []
    world.pull(person, LATER)
    with world.context.database.reading() as db:
        assert len(stored_activities(db, person.id)) == 219


@pytest.mark.drill  # two hours, minute by minute
def test_an_outage_of_hours_is_probed_four_times_an_hour_and_said_with_its_beginning(world: World) -> None:
    """N5."""
    team = [world.join(world.athlete(SIX_WEEKS)) for _ in range(5)]
    for person in team:
        world.pull(person)
    world.sandbox.requests.clear()
    during(world, faults.status(503))
    for minute in range(120):
        for person in team:
            world.pull(person, LATER + timedelta(minutes=minute))
    assert len(world.sandbox.requests) == 5 + 2 * 4 - 1  # five to notice it, then one a quarter of an hour
    last = LATER + timedelta(hours=2)
    assert {world.seen(person, last).verdict.freshness for person in team} == {Freshness.SOURCE_DOWN}
    with world.context.database.reading() as db:
        assert "status 503" in status(db, last).strava


UNREADABLE = {
    "N4 html": (faults.html, b"<!doctype html><title>Strava</title><p>We will be right back.</p>"),
    "N4 empty": (faults.body(b""), b""),
    "N4 null": (faults.body(b"null"), b"null"),
}


@pytest.mark.parametrize(("fault", "page"), UNREADABLE.values(), ids=UNREADABLE)
def test_of_a_page_that_cannot_be_read_digest_and_size_are_kept(world: World, fault: Fault, page: bytes) -> None:
    person = world.join(world.athlete("8 8"))
    during(world, fault)
    for now in (NOW, LATER):
        world.pull(person, now)
    with world.context.database.reading() as db:
        [row] = db.exec(select(Quarantine)).all()
    assert (row.sha256, row.size, row.record_id) == (sha256(page).hexdigest(), len(page), None)


OVER: dict[str, Fault] = {
    "N3 cut": faults.cut,
    "N4 html": faults.html,
    "N4 huge": faults.huge,
    "N4 lying encoding": faults.lying_encoding,
    "N4 empty": faults.body(b""),
    "N5 502": faults.status(502),
    "N14 redirect": faults.redirect("http://169.254.169.254/latest"),
}


@pytest.mark.parametrize("fault", OVER.values(), ids=OVER)
def test_when_a_fault_is_over_the_next_list_is_as_if_it_had_never_been(world: World, fault: Fault) -> None:
    athlete = world.athlete(SIX_WEEKS)
    person = world.join(athlete)
    world.pull(person)
    athlete.activities[0]["distance"] = 9_100.0
    during(world, fault)
    world.pull(person, LATER)
    assert world.connection(person).failing_since == LATER
    assert 9_100 not in world.distances(person)
    world.sandbox.heal(None)
    world.pull(person, QUARTER_LATER)
    assert (world.connection(person).failing_since, world.connection(person).last_complete_at) == (None, QUARTER_LATER)
    assert 9_100 in world.distances(person)
