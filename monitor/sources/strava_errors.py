"""What Strava's refusals mean for Hamwatch. No text repeats what Strava sent: it could hold a token or a name."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import requests

from monitor.errors import AccessRevoked, AthleteLimit, HamwatchError, SourceUnavailable
from monitor.sources.strava import INACTIVE
from monitor.sources.strava_budget import GRACE, QUARTER, next_day, pair, quarter_of
from monitor.sources.strava_json import Unreadable
from monitor.sources.strava_library import ApplicationInactive, Fault

TOO_LONG = "it takes too long"
RECONNECT = "the runner has to connect Strava again"


@contextmanager
def in_our_words(now: datetime | None = None) -> Iterator[None]:
    """Around one call: what stravalib and requests raise, as an error that says what to do next."""
    try:
        yield
    except ApplicationInactive as error:
        raise SourceUnavailable(INACTIVE, app_wide=True) from error
    except Fault as error:
        raise _refusal(error.response, now) from error
    except (requests.Timeout, requests.ConnectionError) as error:
        # One slow answer may be this runner's alone; without a connection the next runner would fare the same.
        silence = _silence(error)
        raise SourceUnavailable(f"Strava does not answer: {silence}", app_wide=silence != TOO_LONG) from error
    except requests.TooManyRedirects as error:
        raise SourceUnavailable("Strava sends us elsewhere: check strava.base_url") from error
    except (requests.RequestException, ValueError) as error:
        unreadable = error.digest if isinstance(error, Unreadable) else None
        raise SourceUnavailable("Strava's answer cannot be read; try again later", unreadable=unreadable) from error


def retry_at(headers: Mapping[str, str], now: datetime) -> datetime:
    """When a limit that was reached ends: after this quarter of an hour, or this UTC day if that is used up.

    A Retry-After header is not asked: Strava does not document one, and its limits follow the clock.
    """
    quarter = quarter_of(now)
    day_is_used_up = any(_day_is_used_up(headers, name) for name in ("X-RateLimit", "X-ReadRateLimit"))
    return (next_day(quarter) if day_is_used_up else quarter + QUARTER) + GRACE


def _refusal(response: Any, now: datetime | None) -> HamwatchError:
    status, complaints = response.status_code, _complaints(response)
    if status == 429:
        until = retry_at(response.headers, now) if now else None
        return SourceUnavailable("Strava's limit of requests is reached", retry_at=until, app_wide=True)
    if status < 400:
        return SourceUnavailable("Strava's answer cannot be read; try again later")
    if status >= 500:
        return SourceUnavailable(f"Strava reports an error of its own (status {status}); try again later")
    if "/oauth/token" in response.url:
        return _token_refusal(status, complaints)
    if status == 401:
        needs_scope = any(field.endswith("permission") and code == "missing" for _, field, code in complaints)
        reason = "lacks the permission to read activities" if needs_scope else "is no longer valid"
        return AccessRevoked(f"The access to Strava {reason}: {RECONNECT}", needs_scope=needs_scope)
    if "/oauth/revoke" in response.url and any("token" in field and code == "invalid" for _, field, code in complaints):
        return AccessRevoked("Strava does not know this token")
    return SourceUnavailable(f"Strava refuses the request (status {status})")


def _token_refusal(status: int, complaints: set[tuple[str, str, str]]) -> HamwatchError:
    resources = {resource for resource, _, _ in complaints}
    if status == 403:
        return AthleteLimit("Strava lets no more athletes connect to this app: see strava.com/settings/api")
    if "Application" in resources:
        return SourceUnavailable(
            "Strava does not know this app: check strava.client_id and strava.client_secret", app_wide=True
        )
    if resources & {"RefreshToken", "RequestToken", "AuthorizationCode"}:
        return AccessRevoked(f"Strava no longer accepts the permission given before: {RECONNECT}")
    return SourceUnavailable(f"Strava gives no token (status {status}); try again later")  # in doubt nobody is revoked


def _complaints(response: Any) -> set[tuple[str, str, str]]:
    """Resource, field and code of each error in the body; empty where the body names none."""
    try:
        body = response.json()
    except ValueError:
        return set()
    errors = body.get("errors") if isinstance(body, dict) else None
    listed = errors if isinstance(errors, list) else [errors]
    keys = ("resource", "field", "code")
    return {tuple(str(one.get(key, "")) for key in keys) for one in listed if isinstance(one, dict)}  # type: ignore[misc]


def _silence(error: requests.RequestException) -> str:
    if isinstance(error, requests.Timeout):
        return TOO_LONG
    if isinstance(error, requests.exceptions.SSLError):
        return "no secure connection is possible; check strava.base_url and the certificates"
    return "the connection failed; check the network and strava.base_url"


def _day_is_used_up(headers: Mapping[str, str], name: str) -> bool:
    limit, usage = pair(headers.get(f"{name}-Limit")), pair(headers.get(f"{name}-Usage"))
    return limit is not None and usage is not None and usage[1] >= limit[1]
