"""What a webhook event says of a change: never the change itself, only where to look."""

from datetime import datetime
from typing import Any

from monitor.sandbox.summary import Record
from monitor.sandbox.tokens import Grant

Event = dict[str, Any]  # as Strava's JSON has it; its subscription is written in when it is sent

TOLD = {"name": "title", "sport_type": "type"}


def of_activity(
    grant: Grant | None, owner_id: int, before: Record | None, after: Record | None, now: datetime
) -> Event | None:
    """A run is new (*before* is None), another, or gone (*after* is None); None where the app is told nothing.

    What the app may not see does not exist for it, so a run that becomes private is deleted. Only a new title, type
    or privacy is an update: of a new distance, as after cropping, no event tells.
    Source: Strava's page "Webhook Events API".
    """
    was, is_now = (grant is not None and row is not None and grant.shows(row) for row in (before, after))
    updates = _updates(before, after) if before and after and was and is_now else {}
    if was == is_now and not updates:
        return None
    aspect = "update" if updates else "create" if is_now else "delete"
    return _event("activity", (after or before or {})["id"], aspect, owner_id, updates, now)


def of_withdrawal(athlete_id: int, now: datetime) -> Event:
    """The athlete took the app's access away."""
    return _event("athlete", athlete_id, "update", athlete_id, {"authorized": "false"}, now)


def _updates(before: Record, after: Record) -> dict[str, str]:
    updates = {TOLD[key]: after[key] for key in TOLD if before.get(key) != after.get(key)}
    was_private, private = (row.get("visibility") == "only_me" for row in (before, after))
    return updates if was_private == private else updates | {"private": str(private).lower()}


def _event(kind: str, about: int, aspect: str, owner_id: int, updates: dict[str, str], now: datetime) -> Event:
    return {
        "object_type": kind,
        "object_id": about,
        "aspect_type": aspect,
        "owner_id": owner_id,
        "event_time": int(now.timestamp()),
        "updates": updates,
    }
