"""What Strava says of a subscription, and what it then sends: an event is a hint to look, and proof of nothing."""

from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from monitor.errors import BadRecord, SourceUnavailable

Id = Annotated[int, Field(gt=0, lt=2**63)]
LATEST_TIME = 2**33  # [s since 1970], in the 23rd century


@dataclass(frozen=True, slots=True)
class Event:
    """Something changed at Strava. *aspect* is create, update, delete or deauthorize."""

    subscription_id: int
    athlete_id: int
    aspect: str
    object_id: int
    event_time: int  # [s since 1970]


class _Told(BaseModel):
    model_config = ConfigDict(strict=True, hide_input_in_errors=True)

    object_type: str
    aspect_type: str
    object_id: Id
    owner_id: Id
    subscription_id: Id
    event_time: Annotated[int, Field(ge=0, lt=LATEST_TIME)]
    updates: object = None


def event_of(told: object) -> Event | None:
    """The event in what was posted; None where it is of no concern here. BadRecord where it is none of Strava's."""
    try:
        read = _Told.model_validate(told)
    except ValidationError as error:
        raise BadRecord(f"{'.'.join(map(str, error.errors()[0]['loc']))} is not what Strava sends") from None
    aspect = _aspect(read)
    if aspect is None:
        return None
    return Event(read.subscription_id, read.owner_id, aspect, read.object_id, read.event_time)


def subscription_id(reply: Any) -> int:
    """The number of a new subscription. SourceUnavailable where the reply names none."""
    number = reply.get("id") if isinstance(reply, dict) else None
    if type(number) is not int:
        raise SourceUnavailable("Strava's reply names no subscription; see `hamwatch strava subscription`")
    return number


def subscriptions_of(reply: Any) -> dict[int, str]:
    """The subscriptions of a list, by number."""
    if not isinstance(reply, list):
        raise SourceUnavailable("Strava's answer is not a list of subscriptions; try again later")
    return {subscription_id(each): str(each.get("callback_url", "")) for each in reply}


def _aspect(read: _Told) -> str | None:
    if read.object_type == "activity" and read.aspect_type in ("create", "update", "delete"):
        return read.aspect_type
    # Strava writes the text "false"; who sends the truth value means the same.
    withdrawn = isinstance(read.updates, dict) and read.updates.get("authorized") in ("false", False)
    return "deauthorize" if read.object_type == "athlete" and withdrawn else None
