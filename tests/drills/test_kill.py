"""I1: killed at a named place, the product comes back to the very store that it would have without."""

import signal
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

import pytest

from monitor.store.connections import connect
from tests.drills.club import LATER, Drill, Store, drill, stored
from tests.drills.killed import EVENT_PLACES, PASS_PLACES
from tests.jobs.conftest import NOW

pytestmark = pytest.mark.drill


def test_what_is_compared_is_a_full_store(undisturbed: Store) -> None:
    filled = {name for name, rows in undisturbed.items() if rows}
    assert filled >= {"activity", "exposure", "finding", "letter", "notice", "coverage", "job_run", "connection"}
    assert len(undisturbed["activity"]) == len(undisturbed["exposure"]) == 20
    assert [letter["state"] for letter in undisturbed["letter"]] == ["sent"]


@pytest.mark.parametrize("place", [place for place in PASS_PLACES if place != "after_token_http"])
def test_a_pass_that_was_killed_is_made_up_for(
    place: str, undisturbed: Store, tmp_path: Path, stack: ExitStack
) -> None:
    """I1, M5."""
    club = drill(tmp_path, stack)
    assert club.child("pass", place) == -signal.SIGKILL
    club.go_on("pass")
    assert stored(club.world.context.database) == undisturbed
    assert len(set(club.arrived)) == 1
    assert len(club.arrived) == (2 if place in ("after_smtp_250", "before_outbox_mark") else 1)
    assert club.refreshes() == [200]


def test_a_token_that_was_lost_with_its_process_ends_in_reconnecting_and_nothing_else_is_lost(
    undisturbed: Store, tmp_path: Path, stack: ExitStack
) -> None:
    """T2: between Strava's answer and our commit there is a moment that no order of steps can close."""
    club = drill(tmp_path, stack)
    assert club.child("pass", "after_token_http") == -signal.SIGKILL
    for hours in (1, 2, 3):
        club.go_on("pass", NOW + timedelta(hours=hours))
    assert club.refreshes() == [200, 400]  # the dead token is tried once, and never again
    assert club.world.connection(club.person).access == "revoked"
    assert [letter["kind"] for letter in stored(club.world.context.database)["letter"]] == ["reconnect"]
    reconnected(club)
    club.go_on("pass")
    found = stored(club.world.context.database)
    for table in ("activity", "exposure", "finding", "coverage"):
        assert found[table] == undisturbed[table]
    assert [letter["kind"] for letter in found["letter"]] == ["reconnect", "findings"]


def reconnected(club: Drill) -> None:
    context = club.world.context
    tokens = context.strava.exchange(club.sandbox.authorise(club.athlete.id), LATER)
    with context.database.writing() as db:
        connect(
            db,
            context.keys,
            club.person.id,
            athlete_id=club.athlete.id,
            access=tokens.access,
            refresh=tokens.refresh,
            expires_at=tokens.expires_at,
            scope="read,activity:read",
            now=LATER,
        )


@pytest.mark.parametrize("place", EVENT_PLACES)
def test_an_event_whose_answer_strava_never_got_is_told_again_and_kept_once(
    place: str, tmp_path: Path, stack: ExitStack
) -> None:
    """I1, I10."""
    club = drill(tmp_path, stack)
    assert club.child("event", place) == -signal.SIGKILL
    before = stored(club.world.context.database)["strava_event"]
    assert len(before) == (place == "after_webhook_commit")
    club.go_on("event")
    after = stored(club.world.context.database)["strava_event"]
    assert [row["object_id"] for row in after] == [16_000_000_001]
    club.go_on("pass", LATER + timedelta(minutes=5))
    assert stored(club.world.context.database)["strava_event"] == []
