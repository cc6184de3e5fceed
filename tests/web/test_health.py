"""Whether the product is alive, and whether it does its work."""

from datetime import timedelta

import pytest
from starlette.testclient import TestClient
from structlog.testing import capture_logs

from monitor.rules import RULES
from monitor.settings import without_environment
from monitor.store.connections import connect
from monitor.store.due import due_passes, finish
from monitor.store.heartbeats import beat
from monitor.store.sealing import keyring
from monitor.store.source_state import note_fault
from monitor.watch import Part
from monitor.web.app import create_app
from tests.web.club import BASE_URL, NOW, add, ask

KEYS = keyring(["a secret of more than thirty-two characters"])


@pytest.fixture
def working(empty):
    """A product at work: Alice is connected, and her pass was done."""
    runner_id = add(empty, "Alice", [])
    tokens = {"access": "a", "refresh": "r", "expires_at": NOW + timedelta(hours=6), "scope": "activity:read"}
    with empty.writing() as db:
        connect(db, KEYS, runner_id, athlete_id=1, now=NOW, **tokens)
    for due in due_passes(empty, lambda: NOW, "test", 7):
        with empty.writing() as db:
            finish(db, due, "test", NOW)
    return empty


def test_a_process_that_answers_is_alive_even_without_its_database():
    def broken():
        raise RuntimeError("no database")

    client = TestClient(create_app(broken, broken, RULES, lambda: NOW, without_environment({})), base_url=BASE_URL)
    with capture_logs() as logged:
        assert client.get("/healthz").json() == {"status": "alive"}
        assert client.get("/healthz/deep").status_code == 500
    assert [line["event"] for line in logged] == ["page failed"]


def test_a_product_at_work_is_well(working):
    answer = ask(working).get("/healthz/deep")
    assert answer.status_code == 200
    assert answer.json()["needs_a_person"] == []
    assert answer.json()["connections"] == {"ok": 1}


def test_a_source_that_is_down_is_a_503_that_says_why(working):
    with working.writing() as db:
        note_fault(db, 1, "the app is inactive", NOW, app_wide=True, retry_at=None)
    answer = ask(working).get("/healthz/deep")
    assert answer.status_code == 503
    assert answer.json()["needs_a_person"] == ["Strava does not answer as it should: the app is inactive"]


def test_passes_that_are_late_are_a_503(working):
    late = TestClient(
        create_app(working.reading, working.commits, RULES, lambda: NOW + timedelta(hours=27), without_environment({})),
        base_url=BASE_URL,
    )
    assert late.get("/healthz/deep").status_code == 503


def test_a_worker_that_fell_silent_is_a_503_that_says_since_when(working):
    """W1."""
    with working.writing() as db:
        beat(db, Part.WORKER, NOW - timedelta(seconds=46), timedelta(seconds=45))
    answer = ask(working).get("/healthz/deep")
    assert answer.status_code == 503
    [late] = answer.json()["late"]
    assert (late["part"], late["since"]) == ("worker", "2026-11-22T08:59:14+00:00")
    assert answer.json()["needs_a_person"] == [late["says"]]
    assert answer.json()["heartbeats"] == {"worker": "2026-11-22T08:59:14+00:00"}


def test_failed_passes_are_counted_and_nobody_is_named(working):
    tomorrow = NOW + timedelta(days=1)
    for due in due_passes(working, lambda: tomorrow, "test", 7):
        with working.writing() as db:
            finish(db, due, "test", tomorrow, "Alice's list is broken")
    answer = ask(working).get("/healthz/deep")
    assert answer.json()["unfinished_passes"] == 1
    assert "Alice" not in answer.text
    assert "example.org" not in answer.text
