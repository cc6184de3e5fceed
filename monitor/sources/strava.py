"""Strava as a source: consent, tokens, a runner's activities and their samples. Every error is one of ours."""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from pydantic import SecretStr

from monitor.errors import BadRecord, SourceUnavailable
from monitor.model import Activity
from monitor.sources.samples import Samples
from monitor.sources.strava_record import activity_of, record_id
from monitor.sources.strava_streams import KEYS, nothing_there, samples_of
from monitor.sources.strava_tokens import Tokens, tokens_of

if TYPE_CHECKING:
    from monitor.sources.strava_transport import Protocol

__all__ = ["Listing", "Refused", "Strava", "Tokens"]

SCOPE = "read,activity:read"  # not read_all: what runners keep to themselves stays there
PER_PAGE = 200
INACTIVE = (
    "Strava says the app is inactive: the account that owns it needs a paid Strava subscription, "
    "then reactivate the app at strava.com/settings/api"
)
MOST_PAGES = 100  # 20,000 activities: a list that goes on is no list


@dataclass(frozen=True, slots=True)
class Refused:
    """A record that cannot be used, without anything personal: its digest tells whether it is still the same."""

    record_id: str | None
    reason: str
    sha256: str
    size: int  # [bytes] of its canonical JSON


@dataclass(frozen=True, slots=True)
class Listing:
    """A complete list: *ids* are all that Strava has in its window, those of refused records included."""

    activities: tuple[Activity, ...]
    refused: tuple[Refused, ...]
    requests: int
    ids: frozenset[str]


@dataclass(frozen=True)
class Strava:
    """Strava, or any server that speaks like it, at *base_url*: OAuth at <base>/oauth, the API at <base>/api/v3.

    Every call raises SourceUnavailable or AccessRevoked. Seconds: *timeout_s* for connecting and for each silence,
    *total_s* for a whole answer, *waits_s* before each further try after a lost connection.
    """

    base_url: str
    client_id: str
    client_secret: SecretStr
    timeout_s: tuple[float, float] = (5.0, 20.0)
    total_s: float = 60.0
    waits_s: tuple[float, ...] = (1.0, 4.0)

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

    def list_activities(self, access_token: str, after: datetime, before: datetime, now: datetime) -> Listing:
        """All activities that started between *after* and *before*.

        A page may be short without being the last, so the end is an empty page. While pages are turned a deletion
        moves a row to a page already read: a list of several pages is therefore read twice.
        """
        window: dict[str, Any] = {"after": int(after.timestamp()), "before": int(before.timestamp())}
        with self._speaking(now, access_token) as strava:
            pages = list(_pages(strava, window))
            if len(pages) > 2:
                pages += _pages(strava, window)
        return _listing(pages, now)

    def samples(self, access_token: str, activity_id: str, now: datetime) -> Samples | None:
        """The samples of one activity, by one request; None where Strava has none, as of a run entered by hand.

        BadRecord where they cannot be used: asking again would not help.
        """
        with self._speaking(now, access_token) as strava:
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
        with self._speaking(access_token=access_token) as strava:
            strava.post(f"https://{strava.server}/oauth/revoke")

    def _tokens(self, grant: dict[str, str], now: datetime) -> Tokens:
        app = {"client_id": self.client_id, "client_secret": self.client_secret.get_secret_value()}
        with self._speaking(now) as strava:
            reply = strava.post(f"https://{strava.server}/oauth/token", data=app | grant)
        return tokens_of(reply, now, old_refresh_token=grant.get("refresh_token"))

    @contextmanager
    def _speaking(self, now: datetime | None = None, access_token: str | None = None) -> Iterator["Protocol"]:
        from monitor.sources.strava_transport import BoundedSession, Protocol  # takes most of a second: only when used

        with BoundedSession(self.base_url, self.timeout_s, self.total_s, self.waits_s) as session:
            yield Protocol(session, now, access_token)


def _pages(strava: "Protocol", window: dict[str, Any]) -> Iterator[list[object]]:
    """Every page of the list, the empty one that ends it included."""
    for number in range(1, MOST_PAGES + 1):
        page = strava.get("/athlete/activities", **window, page=number, per_page=PER_PAGE)
        if not isinstance(page, list):
            raise SourceUnavailable("Strava's answer is not a list of activities; try again later")
        yield page
        if not page:
            return
    raise SourceUnavailable(f"Strava's list has no end: {MOST_PAGES} pages and more")


def _listing(pages: list[list[object]], now: datetime) -> Listing:
    rows: dict[str, Activity | Refused] = {}
    for raw in (raw for page in pages for raw in page):
        row = _row(raw, now)
        rows[_key(row)] = row  # the last one of an id wins
    activities = tuple(row for row in rows.values() if isinstance(row, Activity))
    refused = tuple(row for row in rows.values() if isinstance(row, Refused))
    ids = {row.origin_id for row in activities} | {row.record_id for row in refused if row.record_id}
    return Listing(activities, refused, requests=len(pages), ids=frozenset(ids))


def _row(raw: object, now: datetime) -> Activity | Refused:
    try:
        return activity_of(raw, now)
    except BadRecord as error:
        canonical = json.dumps(raw, sort_keys=True).encode()
        return Refused(record_id(raw), str(error), hashlib.sha256(canonical).hexdigest(), len(canonical))


def _key(row: Activity | Refused) -> str:
    return row.origin_id if isinstance(row, Activity) else row.record_id or row.sha256
