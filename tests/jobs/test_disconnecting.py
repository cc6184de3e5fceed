"""A runner disconnects: what Strava brought goes at once, and Strava is told, however long that takes."""

from datetime import timedelta

import pytest
from sqlmodel import select

from jobs import alert, assess, leaving, pull
from monitor.errors import UserError
from monitor.model import Origin
from monitor.sandbox import faults
from monitor.store.activities import extend_coverage, write_activities
from monitor.store.connections import claim_refresh, connection
from monitor.store.consents import Subject, consent, give
from monitor.store.outbox import letters
from monitor.store.people import Person
from monitor.store.revocations import MOST_ATTEMPTS
from monitor.store.strava_tables import Revocation
from monitor.store.tables import ActivityRow, Coverage, ExposureRow, FindingRow, Quarantine, Runner
from tests.builders import activities
from tests.jobs.conftest import NOW, SPIKE_YESTERDAY, TODAY, World

MINUTE = timedelta(minutes=1)
HELD = (ActivityRow, ExposureRow, Coverage, Quarantine)


def origins(world: World) -> set[str]:
    """The origins of all that is held."""
    with world.context.database.reading() as db:
        return {row.origin for table in HELD for row in db.exec(select(table)).all()}


def revocations(world: World) -> list[Revocation]:
    with world.context.database.reading() as db:
        return list(db.exec(select(Revocation)).all())


def asked(world: World) -> list[tuple[str, int]]:
    """How Strava was told: path and answer of each request since consent."""
    return [(each.path, each.status) for each in world.sandbox.requests if each.path != "/oauth/token"]


def with_files(world: World, person: Person) -> None:
    runs = activities("5 5 5", (TODAY - timedelta(days=3)).date(), origin=Origin.RECORDING)
    with world.context.database.writing() as db:
        write_activities(db, person.id, runs, NOW)
        extend_coverage(db, person.id, Origin.RECORDING, [run.day for run in runs])


@pytest.fixture
def ada(world: World) -> Person:
    """Ada has connected, run too far, and was mailed about it."""
    person = world.join(world.athlete(SPIKE_YESTERDAY))
    with world.context.database.writing() as db:
        give(db, person.id, Subject.STRAVA, "2026-11", NOW)
    world.one_pass()
    assert len(world.sent) == 1
    return person


def test_what_strava_brought_goes_and_the_runners_own_files_stay(world: World, ada: Person) -> None:
    with_files(world, ada)
    leaving.disconnect(world.context, ada.id, NOW)
    assert origins(world) == {"recording"}
    assert world.distances(ada) == [5_000, 5_000, 5_000]
    with world.context.database.reading() as db:
        assert connection(db, ada.id) is None
        assert consent(db, ada.id, Subject.STRAVA) is None
        assert db.get_one(Runner, ada.id).name == "Ada Test"


def test_findings_are_those_of_what_is_left(world: World, ada: Person) -> None:
    with world.context.database.reading() as db:
        assert db.exec(select(FindingRow)).all()
    leaving.disconnect(world.context, ada.id, NOW)
    with world.context.database.reading() as db:
        assert db.exec(select(FindingRow)).all() == []
    assert world.seen(ada).verdict.word == "CANNOT SAY"


def test_what_was_written_of_strava_goes_and_a_letter_that_waits_never_leaves(world: World) -> None:
    person = world.join(world.athlete(SPIKE_YESTERDAY))
    world.pull(person)
    assess.run(world.context, person, NOW)
    alert.run(world.context, NOW)
    leaving.disconnect(world.context, person.id, NOW)
    with world.context.database.reading() as db:
        assert [(row.state, row.message) for row in letters(db)] == [("cancelled", b"")]


def test_strava_is_told_with_the_next_tick_by_the_token_in_the_header(world: World, ada: Person) -> None:
    before = len(world.sandbox.requests)
    leaving.disconnect(world.context, ada.id, NOW)
    assert len(world.sandbox.requests) == before  # not while the runner waits
    leaving.run(world.context, NOW)
    assert asked(world)[-1] == ("/oauth/revoke", 200)
    assert revocations(world) == []
    assert world.sandbox.tokens.refresh_tokens == {}


def test_an_expired_token_is_refreshed_first(world: World, ada: Person) -> None:
    leaving.disconnect(world.context, ada.id, NOW)
    later = NOW + timedelta(hours=7)
    world.sandbox.now = lambda: later
    leaving.run(world.context, later)
    assert [status for path, status in asked(world) if path == "/oauth/revoke"] == [401, 200]
    assert world.sandbox.tokens.access_tokens == {}
    assert revocations(world) == []


def test_where_strava_knew_before_us_nothing_is_left_to_do(world: World, ada: Person) -> None:
    leaving.disconnect(world.context, ada.id, NOW)
    world.sandbox.refuse(None, faults.revoked)
    leaving.run(world.context, NOW)
    assert revocations(world) == []


def test_it_is_tried_again_after_1_5_15_30_60_minutes_and_then_hourly(world: World, ada: Person) -> None:
    world.sandbox.refuse(None, faults.status(503), path="/oauth/revoke")
    leaving.disconnect(world.context, ada.id, NOW)
    at, waits = NOW, []
    for _ in range(7):
        leaving.run(world.context, at)
        waits.append((revocations(world)[0].due_at - at) // MINUTE)
        leaving.run(world.context, revocations(world)[0].due_at - MINUTE / 60)
        at = revocations(world)[0].due_at
    assert waits == [1, 5, 15, 30, 60, 60, 60]
    assert [path for path, _ in asked(world)].count("/oauth/revoke") == 7
    world.sandbox.heal(None)
    world.sandbox.now = lambda: NOW
    leaving.run(world.context, at)
    assert revocations(world) == []


def test_after_thirty_days_it_is_given_up(world: World, ada: Person, logged: list[dict[str, object]]) -> None:
    world.sandbox.refuse(None, faults.status(503), path="/oauth/revoke")
    leaving.disconnect(world.context, ada.id, NOW)
    with world.context.database.writing() as db:
        db.exec(select(Revocation)).one().attempts = MOST_ATTEMPTS - 2
    leaving.run(world.context, NOW)
    assert [line["given_up"] for line in logged if line["event"] == "revocation not heard"] == [False]
    leaving.run(world.context, NOW + timedelta(hours=1))
    assert revocations(world) == []


def test_the_tokens_that_wait_for_strava_are_sealed_for_their_new_place(world: World, ada: Person) -> None:
    sealed = world.connection(ada).access_sealed
    leaving.disconnect(world.context, ada.id, NOW)
    with world.context.database.writing() as db:
        row = db.exec(select(Revocation)).one()
        assert row.access_sealed != sealed
        row.access_sealed = sealed
    leaving.run(world.context, NOW)
    assert [path for path, _ in asked(world)].count("/oauth/revoke") == 0


def test_a_list_that_was_under_way_writes_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch, logged: list[dict[str, object]]
) -> None:
    person = world.join(world.athlete(SPIKE_YESTERDAY))
    listed = pull.complete_list

    def meanwhile(*given: object) -> object:
        listing = listed(*given)  # type: ignore[arg-type]
        leaving.disconnect(world.context, person.id, NOW)
        return listing

    monkeypatch.setattr(pull, "complete_list", meanwhile)
    world.one_pass()
    assert origins(world) == set()
    assert [line["event"] for line in logged if line["log_level"] == "error"] == []
    assert "left meanwhile" in [line["event"] for line in logged]


def test_who_is_not_connected_cannot_disconnect(world: World, ada: Person) -> None:
    leaving.disconnect(world.context, ada.id, NOW)
    with pytest.raises(UserError, match="no Strava account"):
        leaving.disconnect(world.context, ada.id, NOW)
    assert len(revocations(world)) == 1


def test_while_the_token_is_being_renewed_disconnecting_waits(world: World, ada: Person) -> None:
    with world.context.database.writing() as db:
        claim_refresh(db, ada.id, NOW)
    with pytest.raises(UserError, match="try again in two minutes"):
        leaving.disconnect(world.context, ada.id, NOW)
    assert origins(world) == {"strava"}


def test_a_runner_can_connect_again(world: World, ada: Person) -> None:
    leaving.disconnect(world.context, ada.id, NOW)
    leaving.run(world.context, NOW)
    world.connect(ada, athlete_id=1)
    world.pull(ada)
    assert len(world.runs(ada)) == 19
