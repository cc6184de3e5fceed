"""The operator's page: what needs a person on top, and nothing that a template could not show."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from monitor.store.backup import back_up
from monitor.store.connections import connect
from monitor.store.due import due_passes, finish
from monitor.store.heartbeats import beat
from monitor.store.migrations import versions
from monitor.store.outbox import queue_letter
from monitor.store.sealing import keyring
from monitor.store.sending import lease_letter, mark_failed
from monitor.store.source_state import note_fault
from monitor.store.suspensions import suspend
from monitor.store.tables import Quarantine
from monitor.watch import Part
from tests.alerts.test_message import alert
from tests.web.club import NOW, SCRIPT, add, ask
from tests.web.plain import text_of

KEYS = keyring(["a secret of more than thirty-two characters"])


@pytest.fixture
def troubled(empty):
    """Everything at once: a source that is down, a pass and a letter that failed, an address that rests, silence."""
    return trouble(empty)


def trouble(database):
    ann = add(database, "Ann", [])
    tokens = {"access": "a", "refresh": "r", "expires_at": NOW + timedelta(hours=6), "scope": "activity:read"}
    with database.writing() as db:
        connect(db, KEYS, ann, athlete_id=1, now=NOW, **tokens)
        queue_letter(db, ann, "findings", "1", alert(), NOW, NOW)
        mark_failed(db, lease_letter(db, NOW), f"451 {SCRIPT}", NOW + timedelta(days=3), permanent=False)
        suspend(db, "ann@example.org", "550 no such user", NOW)
        beat(db, Part.WORKER, NOW - timedelta(minutes=5), timedelta(seconds=45))
        kept = {"runner_id": ann, "origin": "strava", "sha256": "1", "size": 1, "seen_at": NOW}
        db.add(Quarantine(reason="no date", **kept))
    for due in due_passes(database, lambda: NOW, "test", 7):
        with database.writing() as db:
            finish(db, due, "test", NOW, "RuntimeError: no luck")
    with database.writing() as db:
        note_fault(db, ann, "the app is inactive", NOW, app_wide=True, retry_at=None)
    return database


def text(database):
    answer = ask(database).get("/operator")
    assert answer.status_code == 200
    return text_of(answer.text)


def test_an_empty_product_needs_nobody_and_says_what_there_is_not(empty):
    shown = text(empty)
    for said in ("Nothing needs a person", "Nobody has connected Strava.", "No letter has been written yet."):
        assert said in shown
    newest = max(each.name[:4] for each in Path(versions.__path__[0]).glob("0*.py"))
    assert f"schema {newest}" in shown


def test_the_newest_copy_of_the_database_is_told(empty, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert "Copies of it None has been made." in text(empty)
    back_up(empty.engine.url.render_as_string(), tmp_path / "backups", NOW - timedelta(hours=3), keep=7)
    assert "The newest is of Sun 22 Nov 2026, 06:00 UTC. copies kept 1 size of all" in text(empty).replace(" .", ".")


def test_what_needs_a_person_stands_on_top(troubled):
    shown = text(troubled)
    [first] = re.findall(r"Needs a person(.*?)Jobs", shown)
    for said in ("the app is inactive", "1 letters could not be delivered", "sent no mail since Sun 22 Nov"):
        assert said in first
    assert ".." not in first


def test_every_trouble_is_named_where_it_belongs(troubled):
    shown = text(troubled)
    for said in (
        "Worker Sun 22 Nov 2026, 08:55 UTC",
        "Runner 1 2026-11-22 1 Sun 22 Nov 2026, 09:01 UTC RuntimeError: no luck",
        "nobody is asked for until Sun 22 Nov 2026, 09:15 UTC",
        "1 × no date",
        "ann@example.org Sun 22 Nov 2026, 09:00 UTC 550 no such user",
        "failed 1",
        "used today 0",
    ):
        assert said in shown, said


def test_what_a_server_answered_is_text(troubled):
    answer = ask(troubled).get("/operator")
    assert SCRIPT not in answer.text
    assert "&lt;script&gt;" in answer.text


def test_it_is_never_kept_in_a_cache_and_the_page_of_everybody_leads_to_it(troubled):
    assert ask(troubled).get("/operator").headers["cache-control"] == "no-store"
    assert 'href="/operator"' in ask(troubled).get("/runners").text
    assert 'href="/operator"' not in ask(troubled).get("/teams/1").text
