"""Lists, single activities, streams and rate limits, as a client sees them."""

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.sandbox.conftest import ADA, NARROW, Wire

LIST = "/api/v3/athlete/activities"


def pages(wire: Wire, **params: Any) -> list[list[dict[str, Any]]]:
    """All pages up to the first empty one."""
    token, found = wire.token(), []
    while page := wire.get(LIST, token, page=len(found) + 1, **params).json():
        found.append(page)
    return found


def days(rows: list[dict[str, Any]]) -> list[str]:
    return [row["start_date"][:10] for row in rows]


def test_the_list_is_newest_first_thirty_to_a_page(wire: Wire) -> None:
    (page,) = pages(wire)
    assert len(page) == 30
    assert days(page)[:2] == ["2026-09-29", "2026-09-28"]


def test_pages_hold_every_run_once_and_end_with_an_empty_one(wire: Wire) -> None:
    sizes = [len(page) for page in pages(wire, per_page=12)]
    assert sizes == [12, 12, 6]


@pytest.mark.parametrize("wire", [{"short_pages": True}], indirect=True)
def test_short_pages_lose_nothing(wire: Wire) -> None:
    found = pages(wire, per_page=12)
    assert [len(page) for page in found] == [9, 9, 9, 3]
    assert len({row["id"] for page in found for row in page}) == 30


def test_after_turns_the_order_round_and_both_ends_are_left_out(wire: Wire) -> None:
    second_last, last = datetime(2026, 9, 28, 5, tzinfo=UTC), datetime(2026, 9, 29, 5, tzinfo=UTC)
    (after,) = pages(wire, after=int(datetime(2026, 9, 27, tzinfo=UTC).timestamp()))
    assert days(after) == ["2026-09-27", "2026-09-28", "2026-09-29"]
    window = {"after": int(second_last.timestamp()) - 1, "before": int(last.timestamp())}
    assert [days(page) for page in pages(wire, **window)] == [["2026-09-28"]]
    assert pages(wire, after=int(last.timestamp())) == []


@pytest.mark.parametrize(
    ("params", "field"),
    [
        pytest.param({"per_page": 201}, "per page", id="more than 200 a page"),
        pytest.param({"after": 4_000_000_000}, "after", id="after a time to come"),
        pytest.param({"page": "one"}, "page", id="no number"),
        pytest.param({"page": 0}, "page", id="page zero"),
    ],
)
def test_what_strava_does_not_understand_is_a_bad_request(wire: Wire, params: dict[str, Any], field: str) -> None:
    reply = wire.get(LIST, wire.token(), **params)
    assert reply.status_code == 400
    assert reply.json()["message"] == "Bad Request"
    assert reply.json()["errors"][0]["field"] == field


def test_runs_added_edited_and_deleted_are_seen_at_once(wire: Wire) -> None:
    runs = wire.sandbox.athletes[ADA].activities
    token, gone = wire.token(), runs.pop()
    runs[-1]["distance"] = 6_000.0
    runs.append(runs[0] | {"id": 77, "start_date": "2026-09-30T05:00:00Z"})
    rows = wire.get(LIST, token).json()
    assert rows[0]["id"] == 77
    assert rows[1]["distance"] == 6_000.0
    assert gone["id"] not in {row["id"] for row in rows}
    assert wire.get(f"/api/v3/activities/{gone['id']}", token).status_code == 404


def test_a_row_with_a_spoiled_start_is_still_listed(wire: Wire) -> None:
    wire.sandbox.athletes[ADA].activities[3]["start_date"] = "yesterday"
    (page,) = pages(wire, after=0)
    assert len(page) == 30


def test_without_the_scope_nothing_is_read(wire: Wire) -> None:
    reply = wire.get(LIST, wire.token(scope="read"))
    assert reply.status_code == 401
    assert reply.json() == {
        "message": "Authorization Error",
        "errors": [{"resource": "AccessToken", "field": "activity:read_permission", "code": "missing"}],
    }


def test_only_me_activities_need_the_wider_scope(wire: Wire) -> None:
    wire.sandbox.athletes[ADA].activities[0]["visibility"] = "only_me"
    assert len(wire.get(LIST, wire.token(), per_page=200).json()) == 29
    assert len(wire.get(LIST, wire.token(scope="read,activity:read_all"), per_page=200).json()) == 30


def test_an_activity_tells_more_than_its_row(wire: Wire) -> None:
    row = wire.sandbox.athletes[ADA].activities[0]
    activity = wire.get(f"/api/v3/activities/{row['id']}", wire.token()).json()
    assert activity["resource_state"] == 3
    assert activity["device_name"] == "Sandbox watch"
    assert activity["name"] == row["name"] == "Morning Run"
    assert "device_name" not in row


def test_an_unknown_activity_is_not_found(wire: Wire) -> None:
    reply = wire.get("/api/v3/activities/12", wire.token())
    assert reply.status_code == 404
    assert reply.json() == {
        "message": "Resource Not Found",
        "errors": [{"resource": "Activity", "field": "", "code": "not found"}],
    }


def test_streams_come_by_type_or_as_a_list_and_always_with_the_distance(wire: Wire) -> None:
    token, path = wire.token(), f"/api/v3/activities/{wire.sandbox.athletes[ADA].activities[0]['id']}/streams"
    by_type = wire.get(path, token, keys="time,heartrate,watts", key_by_type="true").json()
    assert set(by_type) == {"time", "heartrate", "distance"}
    assert by_type["time"]["original_size"] == len(by_type["time"]["data"])
    assert {stream["type"] for stream in wire.get(path, token, keys="time").json()} == {"time", "distance"}


def test_a_row_that_a_test_wrote_has_streams_too(wire: Wire) -> None:
    row = wire.sandbox.athletes[ADA].activities[0] | {"id": 77, "distance": 3_000.0, "moving_time": 1_000}
    wire.sandbox.athletes[ADA].activities.append(row)
    streams = wire.get("/api/v3/activities/77/streams", wire.token(), keys="time", key_by_type="true").json()
    assert streams["distance"]["data"][-1] == 3_000.0


@pytest.mark.parametrize("wire", [NARROW], indirect=True)
def test_reads_and_all_requests_are_counted_and_the_fourth_read_of_three_is_refused(wire: Wire) -> None:
    token = wire.token()
    first = wire.get("/api/v3/athlete", token).headers
    assert first["X-RateLimit-Limit"] == "5,8"
    assert first["X-RateLimit-Usage"] == "1,1"
    assert first["X-ReadRateLimit-Limit"] == "3,6"
    assert first["X-ReadRateLimit-Usage"] == "1,1"
    assert [wire.get("/api/v3/athlete", token).status_code for _ in range(3)] == [200, 200, 429]
    refused = wire.get("/api/v3/athlete", token)
    assert refused.headers["X-ReadRateLimit-Usage"] == "5,5"
    assert refused.json()["errors"] == [{"resource": "Application", "field": "rate limit", "code": "exceeded"}]


@pytest.mark.parametrize("wire", [NARROW], indirect=True)
def test_the_quarter_begins_by_the_clock_and_the_day_at_midnight_utc(wire: Wire) -> None:
    token = wire.token()  # at 12:07
    used = [wire.get("/api/v3/athlete", token).headers["X-ReadRateLimit-Usage"] for _ in range(3)]
    assert used == ["1,1", "2,2", "3,3"]
    wire.clock.forward(minutes=8)
    used = [wire.get("/api/v3/athlete", token).headers["X-ReadRateLimit-Usage"] for _ in range(3)]
    assert used == ["1,4", "2,5", "3,6"]
    wire.clock.forward(minutes=15)
    assert wire.get("/api/v3/athlete", token).status_code == 429  # the day's six are used up
    wire.clock.forward(hours=12)
    fresh = wire.get("/api/v3/athlete", wire.token())
    assert fresh.status_code == 200
    assert fresh.headers["X-ReadRateLimit-Usage"] == "1,1"


def test_every_request_is_written_down(wire: Wire) -> None:
    wire.get("/api/v3/athlete", wire.token())
    wire.get("/api/v3/athlete", "nobody's")
    assert wire.sandbox.requests == [
        ("POST", "/oauth/token", ADA, 200),
        ("GET", "/api/v3/athlete", ADA, 200),
        ("GET", "/api/v3/athlete", None, 401),
    ]
