"""Strava as a source: consent, tokens, a runner's activities and their samples. Every error is one of ours."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from pydantic import SecretStr

from monitor.errors import SourceUnavailable
from monitor.model import Activity
from monitor.sources.samples import Samples
from monitor.sources.strava_budget import Meter, Purpose, unmetered
from monitor.sources.strava_listing import Listing, Refused, listing_of, row_of
from monitor.sources.strava_pages import PER_PAGE, Page, pages
from monitor.sources.strava_push import subscription_id, subscriptions_of
from monitor.sources.strava_streams import KEYS, nothing_there, samples_of
from monitor.sources.strava_tokens import Tokens, tokens_of

if TYPE_CHECKING:
    from monitor.sources.strava_transport import Protocol

SCOPE = "read,activity:read"  # not read_all: what runners keep to themselves stays there
INACTIVE = (
    "Strava says the app is inactive: the account that owns it needs a paid Strava subscription, "
    "then reactivate the app at strava.com/settings/api"
)


@dataclass(frozen=True)
class Strava:
    """Strava, or any server that speaks like it, at *base_url*: OAuth at <base>/oauth, the API at <base>/api/v3.

    Every call raises SourceUnavailable or AccessRevoked. Seconds: *timeout_s* for connecting and for each silence,
    *total_s* for a whole answer, *waits_s* before each further try after a lost connection. The *meter* is asked before
    each request to the API, and told what the answer says of the limits. *ca_file* are the authorities (PEM) that may
    vouch for the server, in place of those that everybody trusts.
    """

    base_url: str
    client_id: str
    client_secret: SecretStr
    timeout_s: tuple[float, float] = (5.0, 20.0)
    total_s: float = 60.0
    waits_s: tuple[float, ...] = (1.0, 4.0)
    meter: Meter = field(default=unmetered, repr=False)
    ca_file: Path | None = None

    def authorize_url(self, redirect_uri: str, state: str) -> str:
        """Where a runner is sent to consent to our reading of their activities."""
        asked = {
            "client_id": self.client_id,
            "redirect_uri": redirect_uri,
            "response_type": "code",
            "approval_prompt": "auto",
            "scope": SCOPE,
            "state": state,
        }
        return f"{self.base_url.rstrip('/')}/oauth/authorize?{urlencode(asked)}"

    def exchange(self, code: str, now: datetime) -> Tokens:
        """The tokens for the code that the runner's consent brought back."""
        return self._tokens({"grant_type": "authorization_code", "code": code}, now)

    def refresh(self, refresh_token: str, now: datetime) -> Tokens:
        """New tokens. Store them before anything else: the old refresh token may be dead already."""
        return self._tokens({"grant_type": "refresh_token", "refresh_token": refresh_token}, now)

    def list_activities(
        self, access_token: str, after: datetime, before: datetime, now: datetime, athlete_id: int | None = None
    ) -> Listing:
        """All activities that started after *after* and before *before*, complete as `strava_pages.pages` proves it.

        A record of another account than *athlete_id* is refused.
        """
        with self._speaking(Purpose.LIST, now, access_token) as strava:

            def ask(page: Page) -> object:
                asked: dict[str, Any] = {"before": page.before, "page": page.number, "per_page": PER_PAGE}
                return strava.get("/athlete/activities", **asked | ({"after": page.after} if page.after else {}))

            listed = list(pages(ask, int(after.timestamp()), int(before.timestamp())))
        return listing_of(listed, after, now, athlete_id)

    def activity(
        self, access_token: str, activity_id: str, now: datetime, athlete_id: int | None = None
    ) -> Activity | Refused | None:
        """One activity, by one request; None where Strava has none of this number, or shows us none."""
        with self._speaking(Purpose.LEAVE, now, access_token) as strava:
            try:
                told = strava.get("/activities/{id}", id=activity_id)
            except SourceUnavailable as error:
                if nothing_there(error):
                    return None
                raise
        return row_of(told, now, athlete_id)

    def samples(self, access_token: str, activity_id: str, now: datetime) -> Samples | None:
        """The samples of one activity, by one request; None where Strava has none, as of a run entered by hand.

        BadRecord where they cannot be used: asking again would not help.
        """
        with self._speaking(Purpose.SAMPLES, now, access_token) as strava:
            try:
                told = strava.get("/activities/{id}/streams", id=activity_id, keys=KEYS, key_by_type="true")
            except SourceUnavailable as error:
                if nothing_there(error):
                    return None
                raise
        return samples_of(told)

    def revoke(self, access_token: str) -> None:
        """Tells Strava that the runner's consent has ended.

        AccessRevoked where this token is not valid: it has expired, or Strava knew before us.
        """
        with self._speaking(Purpose.LEAVE, access_token=access_token) as strava:
            strava.post(f"https://{strava.server}/oauth/revoke")

    def subscribe(self, callback_url: str, verify_token: str) -> int:
        """Asks Strava to tell *callback_url* of changes, which it looks at once; the number of the subscription."""
        with self._speaking(Purpose.LEAVE) as strava:
            asked = self._app | {"callback_url": callback_url, "verify_token": verify_token}
            return subscription_id(strava.post("/push_subscriptions", data=asked))

    def subscriptions(self) -> dict[int, str]:
        """The app's subscriptions: one or none, by number, with the address that is told."""
        with self._speaking(Purpose.LEAVE) as strava:
            return subscriptions_of(strava.get("/push_subscriptions", **self._app))

    def unsubscribe(self, number: int) -> None:
        """Strava tells no more; no error where it had no such subscription."""
        with self._speaking(Purpose.LEAVE) as strava:
            try:
                strava.delete("/push_subscriptions/{id}", id=number, **self._app)
            except SourceUnavailable as error:
                if not nothing_there(error):
                    raise

    @property
    def _app(self) -> dict[str, Any]:
        return {"client_id": self.client_id, "client_secret": self.client_secret.get_secret_value()}

    def _tokens(self, grant: dict[str, str], now: datetime) -> Tokens:
        with self._speaking(Purpose.LEAVE, now) as strava:
            reply = strava.post(f"https://{strava.server}/oauth/token", data=self._app | grant)
        return tokens_of(reply, now, old_refresh_token=grant.get("refresh_token"))

    @contextmanager
    def _speaking(
        self, purpose: Purpose, now: datetime | None = None, access_token: str | None = None
    ) -> Iterator["Protocol"]:
        from monitor.sources.strava_transport import BoundedSession, Protocol  # takes most of a second: only when used

        bounds = self.timeout_s, self.total_s, self.waits_s
        with BoundedSession(self.base_url, *bounds, partial(self.meter, purpose), self.ca_file) as session:
            yield Protocol(session, now, access_token)
