"""Strava's events over HTTP: kept once, answered at once, and nothing kept of what is not Strava's."""

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlmodel import select

from monitor.rules import RULES
from monitor.settings import without_environment
from monitor.store.connections import connect
from monitor.store.database import Database, file_of
from monitor.store.people import add_runner
from monitor.store.sealing import keyring
from monitor.store.strava_tables import StravaEvent
from monitor.store.subscription import keep_subscription, subscription
from monitor.web import strava_events
from monitor.web.app import create_app
from monitor.web.links import verify_token, webhook_url
from monitor.web.strava_events import OF_ONE_AT_ONCE
from tests.web.visiting import visiting

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
SECRET = "a secret of at least thirty-two characters"
ATHLETE, SUBSCRIPTION = 5, 9
# As published: developers.strava.com/docs/webhooks
CREATED = {
    "object_type": "activity",
    "aspect_type": "create",
    "object_id": 16_000_000_001,
    "owner_id": ATHLETE,
    "subscription_id": SUBSCRIPTION,
    "event_time": 1516126040,
    "updates": {},
}


@dataclass
class Post:
    """The address that Strava was given, and what arrived there."""

    client: TestClient
    mailbox: strava_events.Mailbox
    database: Database
    path: str = webhook_url("", (SECRET,))

    def send(self, told: object = CREATED, **changed: Any) -> int:
        body = json.dumps(told | changed) if isinstance(told, dict) else told
        return self.client.post(self.path, content=body, headers={"Content-Type": "application/json"}).status_code

    @property
    def kept(self) -> list[tuple[str, int]]:
        with self.database.reading() as db:
            return [(row.aspect, row.object_id) for row in db.exec(select(StravaEvent)).all()]


@pytest.fixture
def post(database: Database) -> Iterator[Post]:
    settings = without_environment({"secret_key": SECRET})
    with database.writing() as db:
        runner = add_runner(db, "Ada", "ada@example.org", "UTC", None, NOW)
        connect(
            db,
            keyring([SECRET]),
            runner.id,
            athlete_id=ATHLETE,
            access="a",
            refresh="r",
            expires_at=NOW,
            scope="activity:read",
            now=NOW,
        )
        keep_subscription(db, SUBSCRIPTION, "https://club.example", NOW)
    app = create_app(database.reading, database.commits, RULES, lambda: NOW, settings)
    hurried = database.impatient(0.1)
    mailbox = strava_events.Mailbox(hurried, (SECRET,), lambda: NOW)
    app.include_router(strava_events.routes(mailbox))
    yield Post(visiting(app, base_url="http://127.0.0.1"), mailbox, database)
    hurried.close()


def test_an_event_is_a_row_before_it_is_answered(post: Post) -> None:
    """Bad input 69."""
    assert post.send() == 200
    assert post.kept == [("create", 16_000_000_001)]


def test_an_event_that_comes_three_times_is_kept_once(post: Post) -> None:
    """I10."""
    assert [post.send() for _ in range(3)] == [200] * 3
    assert len(post.kept) == 1


@pytest.mark.parametrize("withdrawn", ["false", False], ids=["70 as text", "71 as truth value"])
def test_a_withdrawn_permission_is_a_hint_like_any_other(post: Post, withdrawn: object) -> None:
    told = {"object_type": "athlete", "aspect_type": "update", "object_id": ATHLETE}
    assert post.send(**told, updates={"authorized": withdrawn}) == 200
    assert post.kept == [("deauthorize", ATHLETE)]


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param({"object_type": "athlete", "updates": {"authorized": "true"}}, id="72 a permission given"),
        pytest.param({"object_type": "athlete", "updates": None}, id="73 no updates"),
        pytest.param({"object_type": "club"}, id="74 a club"),
        pytest.param({"event_time": -1}, id="75 before time began"),
        pytest.param({"event_time": 10**13}, id="75 in milliseconds"),
        pytest.param({"event_time": "now"}, id="75 a word"),
        pytest.param({"owner_id": 77}, id="I11 somebody unknown"),
        pytest.param({"subscription_id": 8}, id="I11 another subscription"),
        pytest.param({"object_id": 2**63}, id="a number that no database holds"),
    ],
)
def test_what_is_of_no_use_is_answered_and_not_kept(post: Post, changed: dict[str, Any]) -> None:
    assert post.send(**changed) == 200
    assert post.kept == []
    assert sum(post.mailbox.counts.values()) == 1


@pytest.mark.parametrize("body", ["", "[", "null", "[]", '{"a": 1, "a": 2}', "[" * 10_000, "\x00"])
def test_what_is_no_event_is_answered_and_counted(post: Post, body: str) -> None:
    assert post.send(body) == 200
    assert post.mailbox.counts == {"unreadable": 1}


def test_without_a_subscription_no_event_is_meant(post: Post) -> None:
    with post.database.writing() as db:
        held = subscription(db)
        db.delete(held)
    assert post.send() == 200
    assert post.kept == []


def test_a_body_larger_than_any_event_is_refused(post: Post) -> None:
    """Bad input 76."""
    assert post.send(" " * 70_000) == 413


def test_another_kind_of_content_is_refused(post: Post) -> None:
    """Bad input 77."""
    answer = post.client.post(post.path, content=json.dumps(CREATED), headers={"Content-Type": "text/plain"})
    assert answer.status_code == 415


def test_an_address_that_was_guessed_is_nowhere(post: Post) -> None:
    """Attack 14."""
    answer = post.client.post("/webhooks/strava/guessed", json=CREATED)
    assert answer.status_code == post.client.get("/webhooks/strava/guessed").status_code == 404
    assert not post.mailbox.counts


def test_an_address_of_an_earlier_key_still_takes_events(post: Post) -> None:
    post.mailbox.secrets = ("another secret of at least thirty-two characters", SECRET)
    assert post.send() == 200
    assert len(post.kept) == 1


def test_a_database_that_is_held_by_another_ends_in_503_and_never_in_200_without_a_row(post: Post) -> None:
    """I13."""
    file = file_of(str(post.database.engine.url))
    assert isinstance(file, Path)
    holder = sqlite3.connect(file, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    assert post.send() == 503
    holder.execute("ROLLBACK")
    holder.close()
    assert post.send() == 200
    assert len(post.kept) == 1


def test_a_flood_is_refused_and_what_is_taken_of_it_is_kept(post: Post) -> None:
    """I12."""
    post.mailbox.everybody.room, post.mailbox.stopwatch = 3.0, lambda: 0.0  # no time goes by
    answers = [post.send(object_id=n) for n in range(1, 6)]
    assert answers == [200, 200, 200, 503, 503]
    assert len(post.kept) == 3
    post.mailbox.stopwatch = lambda: 1.0
    assert post.send(object_id=6) == 200


def test_a_flood_from_one_address_leaves_room_for_strava(post: Post) -> None:
    """I12."""
    post.mailbox.stopwatch, app = lambda: 0.0, post.client.app
    flooding, strava = (visiting(app, base_url="http://127.0.0.1", client=(ip, 1)) for ip in ("192.0.2.1", "192.0.2.2"))
    post.client = flooding
    answers = [post.send(object_id=n) for n in range(1, 301)]
    assert answers.count(200) == OF_ONE_AT_ONCE
    post.client = strava
    assert post.send(object_id=301) == 200


def test_behind_our_own_proxy_each_visitor_is_counted_and_nobody_by_what_they_claim(post: Post) -> None:
    """I12, and attack 16."""
    post.mailbox.stopwatch, post.mailbox.trusted_proxies = lambda: 0.0, [ip_network("10.0.0.1")]
    post.client = visiting(post.client.app, base_url="http://127.0.0.1", client=("10.0.0.1", 1))
    for n in range(300):  # each time somebody else, as the flooding visitor says
        post.client.headers["X-Forwarded-For"] = f"198.51.100.{n % 250}, 192.0.2.1"
        post.send(object_id=n + 1)
    assert len(post.kept) == OF_ONE_AT_ONCE
    post.client.headers["X-Forwarded-For"] = "192.0.2.2"
    assert post.send(object_id=301) == 200


def asked(**changed: str) -> dict[str, str]:
    token = verify_token((SECRET,))
    return {"hub.mode": "subscribe", "hub.challenge": "15f7d1a91c1f40f8", "hub.verify_token": token} | changed


def test_strava_is_answered_its_challenge(post: Post) -> None:
    answer = post.client.get(post.path, params=asked())
    assert (answer.status_code, answer.json()) == (200, {"hub.challenge": "15f7d1a91c1f40f8"})
    assert answer.headers["content-type"] == "application/json"


@pytest.mark.parametrize(
    "changed",
    [
        {"hub.verify_token": "wrong"},
        {"hub.verify_token": ""},
        {"hub.verify_token": "é"},
        {"hub.challenge": "<script>"},
        {"hub.challenge": "a" * 129},
        {"hub.challenge": ""},
        {"hub.mode": "unsubscribe"},
    ],
)
def test_nobody_else_is_answered_a_challenge(post: Post, changed: dict[str, str]) -> None:
    """Bad input 78."""
    answer = post.client.get(post.path, params=asked(**changed))
    assert answer.status_code == 403
    assert "<script>" not in answer.text
