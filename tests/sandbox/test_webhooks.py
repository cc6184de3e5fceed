"""What the app is told of changes, when, and what a test can do with an event on its way."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest

from monitor.sandbox import Athlete
from monitor.sandbox.plan import easy
from tests.sandbox.callback import SILENCE, Callback, listening
from tests.sandbox.conftest import ADA, NOW, Wire

NOON = datetime.fromisoformat("2026-09-30 12:00")
PRIVATE, PUBLIC = {"visibility": "only_me"}, {"visibility": "everyone"}


@pytest.fixture
def callback(wire: Wire) -> Iterator[Callback]:
    """Subscribed, and Ada is connected."""
    wire.token()
    with listening() as callback:
        assert wire.sandbox.webhooks.subscribe(callback.url, "open sesame", NOW) is None
        yield callback


@pytest.fixture
def ada(wire: Wire) -> Athlete:
    return wire.sandbox.athletes[ADA]


def told(callback: Callback) -> list[tuple[str, dict[str, str]]]:
    return [(event["aspect_type"], event["updates"]) for event in callback.events]


def test_a_new_run_is_told_at_once_in_stravas_words(wire: Wire, callback: Callback, ada: Athlete) -> None:
    row = wire.sandbox.record(ada, NOON, easy(7_000))
    assert callback.events == [
        {
            "object_type": "activity",
            "object_id": row["id"],
            "aspect_type": "create",
            "owner_id": ADA,
            "subscription_id": 131_301,
            "event_time": int(NOW.timestamp()),
            "updates": {},
        }
    ]
    assert row in ada.activities
    assert wire.sandbox.outgoing == []


@pytest.mark.parametrize(
    ("changed", "updates"),
    [
        pytest.param({"name": "Intervals"}, {"title": "Intervals"}, id="a title"),
        pytest.param({"sport_type": "Ride"}, {"type": "Ride"}, id="a type"),
        pytest.param({"name": "Hills", "distance": 9.0}, {"title": "Hills"}, id="a title and more"),
    ],
)
def test_an_edit_is_told_by_what_strava_names(
    wire: Wire, callback: Callback, ada: Athlete, changed: dict[str, Any], updates: dict[str, str]
) -> None:
    wire.sandbox.edit(ada, ada.activities[3], **changed)
    assert told(callback) == [("update", updates)]
    assert ada.activities[3].items() >= changed.items()


def test_of_a_new_distance_alone_nothing_is_told(wire: Wire, callback: Callback, ada: Athlete) -> None:
    wire.sandbox.edit(ada, ada.activities[3], distance=4_000.0)
    assert callback.events == []


def test_a_deleted_run_is_told(wire: Wire, callback: Callback, ada: Athlete) -> None:
    gone = ada.activities[3]
    wire.sandbox.delete(ada, gone)
    assert told(callback) == [("delete", {})]
    assert callback.events[0]["object_id"] == gone["id"]
    assert gone not in ada.activities


def test_what_becomes_private_is_deleted_for_an_app_with_the_narrow_scope(
    wire: Wire, callback: Callback, ada: Athlete
) -> None:
    row = ada.activities[3]
    for visibility in (PRIVATE, PRIVATE, PUBLIC):
        wire.sandbox.edit(ada, row, **visibility)
    wire.sandbox.edit(ada, row, **PRIVATE)
    wire.sandbox.edit(ada, row, name="Secret")
    wire.sandbox.delete(ada, row)
    assert told(callback) == [("delete", {}), ("create", {}), ("delete", {})]


def test_what_becomes_private_is_an_update_for_an_app_that_may_read_all(
    wire: Wire, callback: Callback, ada: Athlete
) -> None:
    wire.token(scope="read,activity:read_all")
    for visibility in (PRIVATE, PUBLIC):
        wire.sandbox.edit(ada, ada.activities[3], **visibility)
    assert told(callback) == [("update", {"private": "true"}), ("update", {"private": "false"})]


def test_withdrawal_ends_every_token_and_is_told_as_the_athletes_update(
    wire: Wire, callback: Callback, ada: Athlete
) -> None:
    token = wire.token()
    wire.sandbox.withdraw(ada)
    (event,) = callback.events
    assert (event["object_type"], event["object_id"], event["owner_id"]) == ("athlete", ADA, ADA)
    assert told(callback) == [("update", {"authorized": "false"})]
    assert wire.get("/api/v3/athlete", token).status_code == 401
    wire.sandbox.withdraw(ada)
    wire.sandbox.record(ada, NOON, easy(7_000))
    assert len(callback.events) == 1


def test_nobody_is_told_of_athletes_who_did_not_let_the_app_read(wire: Wire, callback: Callback) -> None:
    stranger, narrow = (Athlete(n, "Ben", "Test", "ben@example.org", "Asia/Tokyo") for n in (2, 3))
    wire.sandbox.athletes |= {2: stranger, 3: narrow}
    wire.token(athlete_id=3, scope="read")
    for athlete in (stranger, narrow):
        wire.sandbox.record(athlete, NOON, easy(7_000))
    assert callback.events == []
    wire.sandbox.withdraw(narrow)
    assert told(callback) == [("update", {"authorized": "false"})]


def test_what_a_test_changes_in_an_athlete_itself_is_told_to_nobody(
    wire: Wire, callback: Callback, ada: Athlete
) -> None:
    ada.record(NOON, easy(7_000))
    ada.activities.pop(0)
    assert callback.events == []


def test_without_a_subscription_there_are_no_events(wire: Wire, ada: Athlete) -> None:
    wire.token()
    wire.sandbox.record(ada, NOON, easy(7_000))
    assert wire.sandbox.outgoing == []


@pytest.mark.parametrize(
    ("statuses", "tries", "accepted"),
    [
        pytest.param([], 1, True, id="200"),
        pytest.param([503], 2, True, id="503, then 200"),
        pytest.param([500, SILENCE], 3, True, id="500, silence, then 200"),
        pytest.param([500, 404, 302], 3, False, id="three refusals"),
        pytest.param([201, 204, 202], 3, False, id="a success that is not 200"),
    ],
)
def test_an_event_is_tried_three_times_at_most(
    wire: Wire, callback: Callback, ada: Athlete, statuses: list[int], tries: int, accepted: bool
) -> None:
    webhooks = wire.sandbox.webhooks
    webhooks.answer_within_s, callback.statuses = 0.2, list(statuses)
    wire.sandbox.edit(ada, ada.activities[0], name="Intervals")
    assert [posted.status for posted in webhooks.posted] == [*(s or None for s in statuses), 200][:tries]
    assert len(callback.events) == tries
    assert (webhooks.posted[-1].status == 200) is accepted
    assert wire.sandbox.outgoing == []


def test_held_events_wait_to_be_reordered_repeated_delayed_and_dropped(
    wire: Wire, callback: Callback, ada: Athlete
) -> None:
    sandbox = wire.sandbox
    sandbox.webhooks.held = True
    row = sandbox.record(ada, NOON, easy(7_000))
    sandbox.edit(ada, row, name="Intervals")
    wire.clock.forward(hours=12)
    sandbox.delete(ada, row)
    assert [event["aspect_type"] for event in sandbox.outgoing] == ["create", "update", "delete"]
    assert callback.events == []
    del sandbox.outgoing[1]
    sandbox.outgoing.reverse()
    repeated = sandbox.outgoing[0]
    sandbox.webhooks.deliver()
    assert sandbox.webhooks.post(repeated)
    assert [aspect for aspect, _ in told(callback)] == ["delete", "create", "delete"]
    assert [event["event_time"] - int(NOW.timestamp()) for event in callback.events] == [43_200, 0, 43_200]
    assert sandbox.outgoing == []


def test_an_event_of_a_subscription_that_ended_still_names_it(wire: Wire, callback: Callback, ada: Athlete) -> None:
    wire.sandbox.webhooks.held = True
    wire.sandbox.record(ada, NOON, easy(7_000))
    wire.sandbox.webhooks.subscribe(callback.url, "open sesame", NOW)
    wire.sandbox.webhooks.deliver()
    assert [event["subscription_id"] for event in callback.events] == [131_301]
