"""What Strava listed → runs, and the records that cannot be used."""

from dataclasses import dataclass, replace
from datetime import datetime

from monitor.errors import BadRecord
from monitor.model import Activity, Flag
from monitor.sources.strava_json import digest_of
from monitor.sources.strava_record import activity_of, record_id, start_of


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


def listing_of(listed: list[list[object]], after: datetime, now: datetime, athlete_id: int | None) -> Listing:
    """The pages of a whole list as rows: those that started after *after*, each id once, in its last form."""
    rows: dict[str, Activity | Refused] = {}
    for page in listed:
        doubtful = _told_twice(page)
        for raw in page:
            if (start := start_of(raw)) is None or start > after:  # the older ones only prove that the list is whole
                row = row_of(raw, now, athlete_id)
                if isinstance(row, Activity) and row.origin_id in doubtful:
                    row = replace(row, flags=row.flags | {Flag.TOLD_TWICE})
                rows[_key(row)] = row  # the last one of an id wins
    activities = tuple(row for row in rows.values() if isinstance(row, Activity))
    refused = tuple(row for row in rows.values() if isinstance(row, Refused))
    ids = {row.origin_id for row in activities} | {row.record_id for row in refused if row.record_id}
    return Listing(activities, refused, requests=len(listed), ids=frozenset(ids))


def row_of(raw: object, now: datetime, athlete_id: int | None) -> Activity | Refused:
    """One record; refused where it cannot be used, or is of another account than *athlete_id*."""
    try:
        return activity_of(raw, now, athlete_id)
    except BadRecord as error:
        return Refused(record_id(raw), str(error), *digest_of(raw))


def _told_twice(page: list[object]) -> set[str]:
    """The ids that stand on one page with different contents: nobody edits a run between two rows."""
    seen: dict[str, object] = {}
    return {number for raw in page if (number := record_id(raw)) and seen.setdefault(number, raw) != raw}


def _key(row: Activity | Refused) -> str:
    return row.origin_id if isinstance(row, Activity) else row.record_id or row.sha256
