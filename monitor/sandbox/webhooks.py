"""The app's one webhook subscription, and the events on their way to it."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

import requests

from monitor.sandbox.answers import Refusal, bad_request
from monitor.sandbox.events import Event

TRIES = 3
NO_ANSWER = bad_request("PushSubscription", "callback url", "GET to callback URL does not return 200")
NO_ECHO = bad_request("PushSubscription", "callback url", "not verifiable")


class Subscription(NamedTuple):
    id: int
    callback_url: str
    created_at: datetime


class Posted(NamedTuple):
    """One try to deliver an event; *status* is None where the callback did not answer in time."""

    event: Event
    status: int | None


@dataclass
class Webhooks:
    """Events leave at once, or with *held* they wait in *outgoing* for a test to deliver, reorder or drop them."""

    subscription: Subscription | None = None
    held: bool = False
    outgoing: list[Event] = field(default_factory=list)
    posted: list[Posted] = field(default_factory=list)
    answer_within_s: float = 2.0  # Strava's patience
    last_id: int = 131_300

    def subscribe(self, callback_url: str, verify_token: str, now: datetime) -> Refusal | None:
        """Asks the callback to echo a challenge, and subscribes it; or says why not."""
        challenge = secrets.token_hex(16)
        asked = {"hub.mode": "subscribe", "hub.challenge": challenge, "hub.verify_token": verify_token}
        answer = self._ask("GET", callback_url, params=asked)
        if answer is None or answer.status_code != 200:
            return NO_ANSWER
        if not _echoes(answer, challenge):
            return NO_ECHO
        self.last_id += 1  # of an earlier subscription nothing counts any more
        self.subscription = Subscription(self.last_id, callback_url, now)
        return None

    def tell(self, event: Event) -> None:
        """An event for the callback, if there is one."""
        if self.subscription is None:
            return
        self.outgoing.append(event | {"subscription_id": self.subscription.id})
        if not self.held:
            self.deliver()

    def deliver(self) -> None:
        """All that are outgoing, in their order; one that is not accepted is lost, as with Strava."""
        while self.outgoing:
            self.post(self.outgoing.pop(0))

    def post(self, event: Event) -> bool:
        """One event, outgoing or not, in up to three tries; false where none was answered by 200 in time."""
        return any(self._accepted(event) for _ in range(TRIES))

    def _accepted(self, event: Event) -> bool:
        if self.subscription is None:
            return False
        answer = self._ask("POST", self.subscription.callback_url, json=event)
        self.posted.append(Posted(event, answer.status_code if answer is not None else None))
        return self.posted[-1].status == 200

    def _ask(self, method: str, url: str, **what: Any) -> requests.Response | None:
        with requests.Session() as session:
            session.trust_env = False  # a proxy of the environment cannot reach a callback on loopback
            try:
                return session.request(method, url, timeout=self.answer_within_s, allow_redirects=False, **what)
            except requests.RequestException:
                return None


def _echoes(answer: requests.Response, challenge: str) -> bool:
    try:
        return bool(answer.json() == {"hub.challenge": challenge})
    except ValueError:
        return False
