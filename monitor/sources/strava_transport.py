"""How Hamwatch speaks to Strava's server: stravalib's protocol over a session that is bounded in every direction.

By itself stravalib waits for ever, follows redirects, reads bodies of any size and looks into the environment.
"""

import ipaddress
from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from pathlib import Path
from time import monotonic, sleep
from typing import Any
from urllib.parse import urlsplit

import requests
from urllib3.exceptions import HTTPError, ProtocolError, ReadTimeoutError

from monitor.sources.strava_budget import Told
from monitor.sources.strava_errors import in_our_words
from monitor.sources.strava_json import strict_json
from monitor.sources.strava_library import ApiV3
from monitor.sources.strava_patience import PatientAdapter

STRAVA = f"https://{ApiV3.server}"
LARGEST_BODY = 8 * 2**20
PIECE = 2**16
API = "/api/"


class Protocol(ApiV3):
    """stravalib's protocol, whose errors are ours; *now* says when a limit that was reached will end.

    It has no rate limiter, because stravalib's sleeps for hours in the calling thread.
    """

    def __init__(self, session: "BoundedSession", now: datetime | None, access_token: str | None = None) -> None:
        super().__init__(access_token=access_token, requests_session=session)
        self._now = now

    def _request(self, *args: Any, **options: Any) -> Any:
        with in_our_words(self._now):
            return super()._request(*args, **options)

    def _check_credentials(self) -> None:
        """No look into the environment: tokens are kept, and refreshed, by us."""


class Answer(requests.Response):
    """An answer read whole. stravalib's protocol parses it with `json()`, and so parses strictly."""

    def __init__(self, response: requests.Response, body: bytes) -> None:
        super().__init__()
        self.status_code, self.reason, self.url = response.status_code, response.reason, response.url
        self.headers, self.request = response.headers, response.request
        self.raw = BytesIO(body)

    def json(self, **_: Any) -> Any:
        return strict_json(self.content)


class BoundedSession(requests.Session):
    """Asks *base_url* where stravalib asks Strava: bounded in time, size and tries, and never redirected.

    *timeout_s* are the seconds for connecting and for each silence, *total_s* those for a whole answer however
    steadily it drips, *waits_s* the pauses before asking again after a lost connection. Each request to the API is
    taken from the budget first (*take*). With *ca_file* nobody else can vouch for the server; without it those do whom
    everybody trusts, or whom REQUESTS_CA_BUNDLE names.
    """

    def __init__(
        self,
        base_url: str,
        timeout_s: tuple[float, float],
        total_s: float,
        waits_s: tuple[float, ...],
        take: Callable[[], Told],
        ca_file: Path | None = None,
    ) -> None:
        super().__init__()
        self.take = take
        self.base_url, self.timeout_s, self.total_s, self.waits_s = base_url.rstrip("/"), timeout_s, total_s, waits_s
        self.trust_env = not _is_loopback(base_url)  # a proxy of the environment cannot reach a server on loopback
        self.auth = _as_it_is
        self.verify = str(ca_file) if ca_file else True
        for scheme in ("http://", "https://"):
            self.mount(scheme, PatientAdapter())

    def request(self, method: str | bytes, url: str | bytes, *args: Any, **options: Any) -> Answer:
        url = str(url).replace(STRAVA, self.base_url, 1)
        options |= {"timeout": self.timeout_s, "allow_redirects": False, "stream": True}
        options["verify"] = self.verify  # said with each request: else the environment beats the session
        deadline = monotonic() + self.total_s
        # A POST is made once: the answer that got lost may have held a new token and ended the old one.
        for wait_s in self.waits_s if method == "GET" else ():
            try:
                return self._answer(deadline, method, url, *args, **options)
            except requests.ConnectionError:
                if monotonic() + wait_s > deadline:
                    raise
                sleep(wait_s)
        return self._answer(deadline, method, url, *args, **options)

    def _answer(self, deadline: float, method: str | bytes, url: str, *args: Any, **options: Any) -> Answer:
        told = self.take() if url.startswith(f"{self.base_url}{API}") else None  # tokens are not counted
        with super().request(method, url, *args, **options) as response:
            if told:
                told(response.headers)
            if 300 <= response.status_code < 400:  # never to another host; nor is its body an answer
                raise requests.TooManyRedirects("a redirect, which is not followed")
            return Answer(response, _body(response, deadline))


def _body(response: requests.Response, deadline: float) -> bytes:
    """The whole body. Read as it comes, because a peer that drips a byte a second never trips a read timeout."""
    body = bytearray()
    try:
        while piece := response.raw.read1(PIECE, decode_content=True):
            body += piece
            if len(body) > LARGEST_BODY:
                raise requests.exceptions.ContentDecodingError("the answer is too large")
            if monotonic() > deadline:
                raise requests.Timeout("the answer takes too long")
    except ReadTimeoutError as error:
        raise requests.ReadTimeout(error) from error
    except ProtocolError as error:
        raise requests.ConnectionError(error) from error
    except HTTPError as error:
        raise requests.exceptions.ContentDecodingError(error) from error
    return bytes(body)


def _as_it_is(request: requests.PreparedRequest) -> requests.PreparedRequest:
    """As `auth`, keeps requests from replacing our token by a password it finds in ~/.netrc."""
    return request


def _is_loopback(base_url: str) -> bool:
    host = urlsplit(base_url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
