"""How an app subscribes to events, with the answers that Strava really gave beside those of the sandbox."""

import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from tests.sandbox.callback import SILENCE, Callback, listening
from tests.sandbox.conftest import NARROW, Wire
from tests.sandbox.test_server import Elsewhere

PATH = "/api/v3/push_subscriptions"


@pytest.fixture
def callback() -> Iterator[Callback]:
    with listening() as callback:
        yield callback


def app(wire: Wire, **more: Any) -> dict[str, Any]:
    return {"client_id": wire.sandbox.client_id, "client_secret": wire.sandbox.client_secret} | more


def subscribe(wire: Wire, callback: Callback) -> requests.Response:
    return wire.post(PATH, **app(wire, callback_url=callback.url, verify_token="open sesame"))


def unsubscribe(wire: Wire, subscription_id: int) -> requests.Response:
    return wire.session.delete(f"{wire.base_url}{PATH}/{subscription_id}", params=app(wire), timeout=10)


def recorded(name: str) -> dict[str, Any]:
    """A real answer of Strava's; the test is skipped where it is not at hand."""
    file = Path(__file__).parents[2] / "../shared/data/strava_api" / f"webhooks__{name}__00.json"
    if not file.exists():
        pytest.skip("the recorded answers of Strava are not here")
    told: dict[str, Any] = json.loads(file.read_bytes())
    return told


def assert_refused(reply: requests.Response, status: int, field: str, code: str) -> None:
    assert reply.status_code == status
    assert reply.json()["errors"] == [{"resource": "PushSubscription", "field": field, "code": code}]


def test_a_callback_that_echoes_the_challenge_is_subscribed(wire: Wire, callback: Callback) -> None:
    reply = subscribe(wire, callback)
    assert reply.status_code == 201
    assert reply.json()["callback_url"] == callback.url
    (asked,) = callback.challenges
    assert (asked["hub.mode"], asked["hub.verify_token"]) == ("subscribe", "open sesame")
    assert len(asked["hub.challenge"]) == 32
    assert wire.get(PATH, **app(wire)).json() == [reply.json()]


def test_the_answers_have_the_shape_of_stravas(wire: Wire, callback: Callback) -> None:
    created, listed, ended = (
        recorded(name) for name in ("create_push_subscription", "push_subscriptions", "delete_push_subscription")
    )
    reply = subscribe(wire, callback)
    assert reply.status_code == created["status"]
    assert reply.json().keys() == created["body"].keys()
    (row,) = wire.get(PATH, **app(wire)).json()
    assert {key: type(value) for key, value in row.items()} == {k: type(v) for k, v in listed["body"][0].items()}
    assert len(row["created_at"]) == len(listed["body"][0]["created_at"])
    assert unsubscribe(wire, row["id"]).status_code == ended["status"]
    assert wire.get(PATH, **app(wire)).json() == recorded("no_push_subscriptions")["body"]


def test_a_subscription_that_was_ended_makes_room_for_another(wire: Wire, callback: Callback) -> None:
    first = subscribe(wire, callback).json()["id"]
    assert_refused(subscribe(wire, callback), 400, "", "already exists")
    assert_refused(unsubscribe(wire, first + 1), 404, "id", "not found")
    reply = unsubscribe(wire, first)
    assert (reply.status_code, reply.content) == (204, b"")
    assert subscribe(wire, callback).json()["id"] == first + 1


@pytest.mark.parametrize("status", [403, 500, 302, SILENCE])
def test_a_callback_that_does_not_answer_200_in_time_is_refused(wire: Wire, callback: Callback, status: int) -> None:
    wire.sandbox.webhooks.answer_within_s = 0.2
    callback.statuses = [status]
    assert_refused(subscribe(wire, callback), 400, "callback url", "GET to callback URL does not return 200")
    assert wire.get(PATH, **app(wire)).json() == []


def test_a_callback_that_is_no_address_is_refused(wire: Wire) -> None:
    for url in ("", "nowhere", "http://127.0.0.1:9/webhooks"):
        assert_refused(subscribe(wire, Callback(url)), 400, "callback url", "GET to callback URL does not return 200")


@pytest.mark.parametrize("echo", [b"", b"<html>", b"[]", b'{"hub.challenge": "another"}', b'{"challenge": 1}'])
def test_a_callback_that_echoes_something_else_is_refused(wire: Wire, callback: Callback, echo: bytes) -> None:
    callback.echo = echo
    assert_refused(subscribe(wire, callback), 400, "callback url", "not verifiable")


@pytest.mark.parametrize(
    ("wrong", "status"), [({"client_id": "999"}, 400), ({"client_secret": "guess"}, 401), ({"client_secret": ""}, 401)]
)
def test_only_the_app_sees_and_changes_its_subscription(
    wire: Wire, callback: Callback, wrong: dict[str, str], status: int
) -> None:
    given = app(wire) | wrong
    replies = [
        wire.get(PATH, **given),
        wire.post(PATH, **given, callback_url=callback.url),
        wire.session.delete(f"{wire.base_url}{PATH}/1", params=given, timeout=10),
    ]
    assert [reply.status_code for reply in replies] == [status] * 3
    assert {reply.json()["errors"][0]["resource"] for reply in replies} == {"Application"}
    assert callback.challenges == []


def test_the_secret_may_come_by_form_when_a_subscription_is_ended(wire: Wire, callback: Callback) -> None:
    path = f"{wire.base_url}{PATH}/{subscribe(wire, callback).json()['id']}"
    assert wire.session.delete(path, files={k: (None, v) for k, v in app(wire).items()}, timeout=10).status_code == 204


@pytest.mark.parametrize("wire", [NARROW], indirect=True)
def test_subscriptions_cost_nothing_of_the_limits_but_tell_them(wire: Wire) -> None:
    replies = [wire.get(PATH, **app(wire)) for _ in range(9)]
    assert {reply.status_code for reply in replies} == {200}
    assert replies[-1].headers["X-ReadRateLimit-Usage"] == "0,0"


def test_stravalib_subscribes_and_ends_it(wire: Wire, callback: Callback, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SILENCE_TOKEN_WARNINGS", "1")
    monkeypatch.setattr(logging.getLogger("stravalib"), "disabled", True)
    import stravalib

    with Elsewhere(wire.base_url) as session:
        client = stravalib.Client(requests_session=session, rate_limit_requests=False)
        secret = wire.sandbox.client_secret
        made = client.create_subscription(10101, secret, callback.url, "open sesame")
        assert [row.id for row in client.list_subscriptions(10101, secret)] == [made.id]
        client.delete_subscription(made.id, 10101, secret)
        assert list(client.list_subscriptions(10101, secret)) == []
