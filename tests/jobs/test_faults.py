"""Strava's faults on their whole way: what a runner sees, what is asked, and that nothing is lost when it is over."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from sqlmodel import select

from jobs import samples
from jobs.start import start
from monitor.model import Finding, Freshness
from monitor.rules.freshness import Access
from monitor.sandbox import faults
from monitor.sandbox.faults import Fault
from monitor.settings import without_environment
from monitor.sources.strava_budget import GRACE
from monitor.store.activities import stored_activities
from monitor.store.findings import stored_findings
from monitor.store.people import Person
from monitor.store.source_state import blocked_until
from monitor.store.status import status
from monitor.store.tables import Quarantine
from tests.jobs.conftest import NOW, SIX_WEEKS, SPIKE_YESTERDAY, World
from tests.sources.scripted_server import nobody_listens

LATER = NOW + timedelta(hours=1)
QUARTER_LATER = LATER + timedelta(minutes=15) + GRACE
LIST, TOKEN = "/api/v3/athlete/activities", "/oauth/token"


def findings(world: World, person: Person) -> list[Finding]:
    with world.context.database.reading() as db:
        return stored_findings(db, person.id)


def asked_of(world: World) -> list[tuple[str, int]]:
    return [(each.path, each.status) for each in world.sandbox.requests]


def blocked(world: World, now: datetime = LATER) -> datetime | None:
    with world.context.database.reading() as db:
        return blocked_until(db, now)


def during(world: World, fault: Fault, *, times: int | None = None) -> None:
    world.sandbox.refuse(None, fault, path="/api", times=times)


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


def test_a_limit_reached_between_two_pages_ends_all_asking_and_then_the_list_is_whole(world: World) -> None:
    """N7."""
    world.sandbox.short_pages = True
    person, other = (world.join(world.athlete("6 " * 119)) for _ in range(2))
    world.sandbox.script(1, faults.fine, faults.rate_limited, path=LIST)
    world.pull(person, LATER + GRACE)
    asked = len(world.sandbox.requests)
    for each in (person, other):
        world.pull(each, QUARTER_LATER - timedelta(seconds=1))
    assert (len(world.sandbox.requests), world.runs(person)) == (asked, [])
    world.pull(person, QUARTER_LATER)
    assert len(world.runs(person)) == 119


@pytest.mark.parametrize(
    ("fault", "until"),
    [
        pytest.param(faults.rate_limited, QUARTER_LATER, id="N7 the quarter of an hour"),
        pytest.param(faults.rate_limited_today, datetime(2026, 10, 1, tzinfo=UTC) + GRACE, id="N8 the day"),
        pytest.param(faults.rate_limited_without_headers, QUARTER_LATER, id="N8 no headers"),
        pytest.param(faults.rate_limited_in_garbage, QUARTER_LATER, id="N8 garbage"),
    ],
)
def test_after_a_limit_nobody_asks_until_its_window_turns(world: World, fault: Fault, until: datetime) -> None:
    person = world.join(world.athlete("8 8"))
    inside = LATER + GRACE
    during(world, fault)
    world.pull(person, inside)
    assert (blocked(world, inside), world.connection(person).retry_at) == (until, until)


@pytest.mark.parametrize("path", [LIST, "/api/v3/activities/"], ids=["N7 a list", "N7 samples"])
def test_each_process_comes_back_a_little_after_the_window_turns(world: World, path: str) -> None:
    world.context = replace(world.context, lateness=lambda: timedelta(seconds=13))
    world.ask_for_samples()
    person = world.join(world.athlete("8 8"))
    world.sandbox.refuse(None, faults.rate_limited, path=path)
    world.pull(person, LATER + GRACE)
    samples.run(world.context, LATER + GRACE)
    assert blocked(world, LATER + GRACE) == QUARTER_LATER + timedelta(seconds=13)


def test_what_comes_with_the_settings_is_five_to_thirty_seconds(tmp_path: Path) -> None:
    """N7."""
    settings = without_environment(
        {"secret_key": "a secret of at least thirty-two characters", "database": {"url": f"sqlite:///{tmp_path}/a.db"}}
    )
    context = start(settings, lambda: NOW)
    seconds = [(GRACE + context.lateness()).total_seconds() for _ in range(200)]
    assert 5 <= min(seconds) < max(seconds) <= 30
    context.database.close()


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


def test_a_token_that_strava_calls_expired_costs_one_refresh_and_one_more_try(world: World) -> None:
    """N9; T3: our clock stands seven hours behind Strava's, and says that the token is good."""
    person = world.join(world.athlete("8 8"))
    world.sandbox.now = lambda: NOW + timedelta(hours=7)
    world.sandbox.requests.clear()
    world.pull(person)
    assert asked_of(world) == [(LIST, 401), (TOKEN, 200), (LIST, 200), (LIST, 200)]
    assert len(world.runs(person)) == 2


def test_a_fresh_token_that_is_refused_too_ends_the_permission_after_two_tries(world: World) -> None:
    """N9, N10."""
    person = world.join(world.athlete("8 8"))
    world.sandbox.requests.clear()
    during(world, faults.revoked)
    for now in (NOW, LATER):
        world.pull(person, now)
    assert asked_of(world) == [(LIST, 401), (TOKEN, 200), (LIST, 401)]
    assert world.connection(person).access == Access.REVOKED


def test_a_box_left_empty_is_explained_and_takes_nothing_away(world: World) -> None:
    """N11."""
    person = world.join(world.athlete(SIX_WEEKS))
    world.one_pass()
    runs = world.runs(person)
    during(world, faults.scope_missing)
    world.one_pass(LATER)
    world.one_pass(LATER + timedelta(days=1))
    assert world.seen(person, LATER).verdict.freshness is Freshness.NEEDS_SCOPE
    assert (world.runs(person), world.connection(person).delete_at) == (runs, None)
    [mail] = world.sent
    words = mail.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert "activities" in words.replace("=\r\n", "").replace("=\n", "")


def test_an_inactive_app_is_said_to_the_operator_and_costs_one_request_a_quarter_of_an_hour(world: World) -> None:
    """N12."""
    team = [world.join(world.athlete(SIX_WEEKS)) for _ in range(3)]
    for person in team:
        world.pull(person)
    world.sandbox.requests.clear()
    during(world, faults.inactive)
    for person in team:
        world.pull(person, LATER)
    assert asked_of(world) == [(LIST, 403)]
    assert {world.seen(person, LATER).verdict.freshness for person in team} == {Freshness.SOURCE_DOWN}
    with world.context.database.reading() as db:
        assert "reactivate the app" in " ".join(status(db, LATER).needs_a_person)


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
