"""The part of Strava's API that tells of runs."""

from collections.abc import Sequence
from datetime import datetime
from math import inf
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request

from monitor.sandbox.answers import NO_SUCH_ACTIVITY, SCOPE_MISSING, WRONG_ACCESS_TOKEN, bad_request, refuse
from monitor.sandbox.athlete import Athlete
from monitor.sandbox.oauth import profile
from monitor.sandbox.paging import Page, three_quarters
from monitor.sandbox.sandbox import Sandbox
from monitor.sandbox.summary import Record
from monitor.sandbox.tokens import READING, Grant

MOST_PER_PAGE = 200


def signed_in(request: Request) -> Grant:
    """What the bearer token of the request allows."""
    grant: Grant | None = request.state.grant
    return grant or refuse(WRONG_ACCESS_TOKEN)


Signed = Annotated[Grant, Depends(signed_in)]


def may_read(grant: Signed) -> Grant:
    return grant if grant.scope & READING else refuse(SCOPE_MISSING)


Reader = Annotated[Grant, Depends(may_read)]


def api(sandbox: Sandbox) -> APIRouter:
    router = APIRouter()

    @router.get("/athlete")
    async def athlete(grant: Signed) -> Record:
        return profile(sandbox.athletes[grant.athlete_id]) | {"resource_state": 3}

    @router.get("/athlete/activities")
    async def activities(
        grant: Reader,
        after: int | None = None,
        before: int | None = None,
        page: Annotated[int, Query(ge=1)] = 1,
        per_page: Annotated[int, Query(ge=1)] = 30,
    ) -> list[Any]:
        if per_page > MOST_PER_PAGE:
            refuse(bad_request("Application", "per page", "limit exceeded"))
        if after is not None and after > sandbox.now().timestamp():
            refuse(bad_request("Application", "after", "future"))
        rows = listed(sandbox.athletes[grant.athlete_id].activities, after, before)
        paging = three_quarters if sandbox.short_pages else sandbox.paging
        return paging(rows, grant.shows, Page((grant.athlete_id, after, before), page, per_page))

    @router.get("/activities/{activity_id}")
    async def activity(grant: Reader, activity_id: int) -> Record:
        athlete, row = found(sandbox, grant, activity_id)
        return detail(athlete, row)

    @router.get("/activities/{activity_id}/streams")
    async def streams(grant: Reader, activity_id: int, keys: str = "", key_by_type: bool = False) -> Any:
        athlete, row = found(sandbox, grant, activity_id)
        wanted = {"distance", *keys.split(",")}  # distance is always told
        known = {name: _stream(data) for name, data in athlete.streams(row).items() if name in wanted}
        return known if key_by_type else [{"type": name, **stream} for name, stream in known.items()]

    return router


def listed(rows: Sequence[Record], after: float | None, before: float | None) -> list[Record]:
    """The rows that start between the two (epoch seconds): newest first, but oldest first where *after* is given.

    Both ends are left out, with every row of that second. Of rows that start together the later upload is the newer.
    """
    earliest, latest = -inf if after is None else after, inf if before is None else before
    inside = [row for row in rows if (start := started(row)) is None or earliest < start < latest]
    oldest_first = sorted(inside, key=lambda row: started(row) or 0.0)
    return oldest_first if after is not None else oldest_first[::-1]


def started(row: Record) -> float | None:
    """Epoch seconds; None where a test spoiled the start, and such a row is always listed."""
    try:
        return datetime.fromisoformat(row["start_date"]).timestamp()
    except (KeyError, TypeError, ValueError):
        return None


def found(sandbox: Sandbox, grant: Grant, activity_id: int) -> tuple[Athlete, Record]:
    athlete = sandbox.athletes[grant.athlete_id]
    row = athlete.activity(activity_id)
    return (athlete, row) if row is not None and grant.shows(row) else refuse(NO_SUCH_ACTIVITY)


def detail(athlete: Athlete, row: Record) -> Record:
    """The row with what only the page of a single activity has."""
    recording = athlete.recordings.get(row["id"])
    return row | {
        "resource_state": 3,
        "description": None,
        "calories": 0.0,
        "perceived_exertion": None,
        "prefer_perceived_exertion": None,
        "device_name": recording.device if recording else None,
        "laps": [],
        "best_efforts": [],
        "splits_metric": [],
        "hide_from_home": False,
    }


def _stream(data: list[Any]) -> Record:
    return {"data": data, "series_type": "distance", "original_size": len(data), "resolution": "high"}
