"""What Strava's token endpoint replies, read so that a strange reply costs a renewal and never the consent."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from monitor.errors import SourceUnavailable
from monitor.sources.check import clean_name

LONGEST_LIFE = timedelta(days=7)  # six hours at present
Token = Annotated[str, Field(pattern=r"^[!-~]{1,2048}$")]  # what may stand in a header
UNUSABLE = "Strava's reply holds no usable token; try again later"


@dataclass(frozen=True, slots=True)
class Tokens:
    """What an athlete's consent gave. *scope* and the athlete are None where the reply does not name them."""

    access: str = field(repr=False)
    refresh: str = field(repr=False)
    expires_at: datetime
    scope: frozenset[str] | None = None
    athlete_id: int | None = None
    athlete_name: str | None = field(default=None, repr=False)


class _Reply(BaseModel):
    model_config = ConfigDict(strict=True, hide_input_in_errors=True)  # no token in an error's text

    access_token: Token
    refresh_token: Token | None = None
    expires_at: object = None
    scope: object = None
    athlete: object = None


def tokens_of(reply: object, now: datetime, old_refresh_token: str | None) -> Tokens:
    """The tokens in a reply; one without a refresh token leaves the old one valid. SourceUnavailable where unusable."""
    try:
        read = _Reply.model_validate(reply)
    except ValidationError as error:
        raise SourceUnavailable(UNUSABLE) from error
    refresh_token = read.refresh_token or old_refresh_token
    if refresh_token is None:
        raise SourceUnavailable(UNUSABLE)
    athlete = read.athlete if isinstance(read.athlete, dict) else {}
    return Tokens(
        access=read.access_token,
        refresh=refresh_token,
        expires_at=_expiry(read.expires_at, now),
        scope=frozenset(read.scope.replace(",", " ").split()) if isinstance(read.scope, str) else None,
        athlete_id=athlete["id"] if type(athlete.get("id")) is int else None,
        athlete_name=_full_name(athlete),
    )


def _expiry(epoch_s: object, now: datetime) -> datetime:
    """When the access token ends; *now*, so that it is renewed before its next use, where the reply makes no sense."""
    if isinstance(epoch_s, int) and now.timestamp() < epoch_s < (now + LONGEST_LIFE).timestamp():
        return datetime.fromtimestamp(epoch_s, UTC)
    return now


def _full_name(athlete: dict[str, Any]) -> str | None:
    parts = [part for part in (athlete.get("firstname"), athlete.get("lastname")) if isinstance(part, str)]
    return clean_name(" ".join(parts)) if any(part.strip() for part in parts) else None
