"""Streams become samples, over HTTP and from the sandbox's stories."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from pydantic import SecretStr

from monitor.errors import AccessRevoked, BadRecord, SourceUnavailable
from monitor.model import Exposure
from monitor.sandbox import Athlete, Sandbox, serving, team
from monitor.sources.exposure import exposure
from monitor.sources.strava import Strava
from monitor.sources.strava_streams import samples_of
from tests.sources.scripted_server import answer
from tests.sources.strava_world import NOW, Served, complaint, recorded, served
from tests.sources.watch import metres_from

__all__ = ["served"]

STREAMS = "/api/v3/activities/16000000000/streams"
TOLD: dict[str, list[Any]] = {
    "time": [0, 1, 2],
    "distance": [0.0, 3.1, 6.2],
    "velocity_smooth": [3.0, 3.1, 3.1],
    "altitude": [12.2, 12.4, 12.4],
    "heartrate": [120, None, 124],
    "cadence": [84, 85, 85],
    "moving": [False, True, True],
}


def by_type(streams: dict[str, list[Any]]) -> dict[str, Any]:
    return {kind: {"data": data, "series_type": "distance", "original_size": 3} for kind, data in streams.items()}


def as_list(streams: dict[str, list[Any]]) -> list[Any]:
    return [{"type": kind, "data": data} for kind, data in streams.items()]


@pytest.mark.parametrize("form", [by_type, as_list])
def test_streams_in_either_form_are_samples(served: Served, form: Any) -> None:
    strava, _ = served({STREAMS: answer(form(TOLD))})
    samples = strava.samples("access-canary", "16000000000", NOW)
    assert samples is not None
    assert (samples.time_s.tolist(), samples.distance_m.tolist()) == ([0, 1, 2], [0, 3.1, 6.2])
    assert samples.cadence_spm is not None
    assert samples.cadence_spm.tolist() == [168, 170, 170]  # Strava counts one leg
    assert samples.heartrate_bpm is not None
    assert samples.heartrate_bpm[[0, 2]].tolist() == [120, 124]
    assert samples.moving is not None
    assert samples.moving.tolist() == [False, True, True]


def test_one_request_asks_for_all_and_for_no_places(served: Served) -> None:
    strava, script = served({STREAMS: answer(by_type(TOLD))})
    strava.samples("access-canary", "16000000000", NOW)
    assert len(script.requests) == 1
    request = script.requests[0]
    assert request.query["key_by_type"] == "true"
    assert set(request.query["keys"].split(",")) == set(TOLD)
    assert request.headers["Authorization"] == "Bearer access-canary"


@pytest.mark.parametrize(
    "reply",
    [
        pytest.param(answer(complaint("Activity", "id", "not found"), 404), id="entered by hand"),
        pytest.param(answer({}), id="empty object"),
        pytest.param(answer([]), id="empty list"),
        pytest.param(answer(by_type({"distance": [0.0, 3.1]})), id="no time"),
        pytest.param(answer(by_type({"time": [0, 1], "heartrate": [90, 91]})), id="nothing that tells a speed"),
        pytest.param(answer(by_type({"time": [], "distance": []})), id="empty streams"),
    ],
)
def test_a_run_without_usable_streams_has_no_samples(served: Served, reply: Any) -> None:
    strava, _ = served({STREAMS: reply})
    assert strava.samples("access-canary", "16000000000", NOW) is None


@pytest.mark.parametrize(
    "told",
    [
        pytest.param(by_type(TOLD | {"distance": [0.0, 3.1]}), id="streams of different lengths"),
        pytest.param(by_type(TOLD | {"time": [0, 2, 1]}), id="time running backwards"),
        pytest.param(by_type(TOLD | {"time": [0, None, 2]}), id="a moment missing"),
        pytest.param("streams", id="no streams at all"),
    ],
)
def test_streams_that_contradict_each_other_are_a_bad_record(served: Served, told: Any) -> None:
    strava, _ = served({STREAMS: answer(told)})
    with pytest.raises(BadRecord):
        strava.samples("access-canary", "16000000000", NOW)


def test_what_is_no_number_is_missing() -> None:
    samples = samples_of(by_type(TOLD | {"altitude": ["NaN", 10**400, 12.4], "heartrate": [None, None, None]}))
    assert samples is not None
    assert samples.altitude_m is not None
    assert str(samples.altitude_m.tolist()) == "[nan, nan, 12.4]"
    assert samples.heartrate_bpm is None


def test_other_refusals_are_what_they_are_for_every_request(served: Served) -> None:
    limit, gone = answer({"message": "Rate Limit Exceeded"}, 429), answer(complaint("Athlete", "token", "invalid"), 401)
    strava, _ = served({STREAMS: [limit, gone]})
    with pytest.raises(SourceUnavailable, match="limit") as limited:
        strava.samples("access-canary", "16000000000", NOW)
    assert limited.value.retry_at is not None
    with pytest.raises(AccessRevoked):
        strava.samples("access-canary", "16000000000", NOW)


def test_a_real_answer_that_holds_distances_alone_has_no_samples() -> None:
    assert samples_of(recorded("client__activity_streams__00")["body"]) is None


TODAY = datetime(2026, 6, 1, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def sandbox() -> Iterator[tuple[Sandbox, Strava]]:
    sandbox = Sandbox(team(TODAY), lambda: TODAY)
    with serving(sandbox) as base_url:
        yield sandbox, Strava(base_url, sandbox.client_id, SecretStr(sandbox.client_secret), waits_s=())


def run_of(world: tuple[Sandbox, Strava], story: str, days_ago: int) -> tuple[Exposure, dict[str, Any]]:
    """The exposure of a story's run, fetched as the product does, and the row that Strava lists for it."""
    sandbox, strava = world
    athlete = next(one for one in sandbox.athletes.values() if one.story == story)
    row = next(row for row in athlete.activities if _days_ago(athlete, row) == days_ago)
    token = strava.exchange(sandbox.authorise(athlete.id), TODAY).access
    samples = strava.samples(token, str(row["id"]), TODAY)
    assert samples is not None
    return exposure(samples, indoors=False), row


def _days_ago(athlete: Athlete, row: dict[str, Any]) -> int:
    from zoneinfo import ZoneInfo

    local_today = TODAY.astimezone(ZoneInfo(athlete.timezone)).date()
    return (local_today - datetime.fromisoformat(row["start_date_local"]).date()).days


def test_six_times_400_fetched_from_strava_are_2400_fast_metres(sandbox: tuple[Sandbox, Strava]) -> None:
    found, row = run_of(sandbox, "first-speed", days_ago=2)  # the work at 5.2 m/s, the jogs at 2.1
    assert metres_from(3.7, found) == pytest.approx(2400, rel=0.03)  # the sandbox's watch looks every five seconds
    assert found.repetitions[45] == 6
    assert sum(found.speed_m) == pytest.approx(row["distance"], rel=0.01)
    assert sum(found.speed_s) == pytest.approx(row["moving_time"], rel=0.01)
    assert (found.heartrate_coverage, found.uphill_m) == (pytest.approx(1.0, abs=0.01), ())


def test_an_easy_run_fetched_from_strava_has_no_fast_metres(sandbox: tuple[Sandbox, Strava]) -> None:
    found, row = run_of(sandbox, "first-speed", days_ago=3)
    assert (metres_from(4.0, found), found.sprint_m) == (0, 0)
    assert found.cadence_spm == pytest.approx(2 * row["average_cadence"], abs=1)


def test_five_hills_fetched_from_strava_are_a_thousand_metres_uphill(sandbox: tuple[Sandbox, Strava]) -> None:
    found, _ = run_of(sandbox, "hills-then-speed", days_ago=5)
    assert found.uphill_m is not None
    assert sum(found.uphill_m) == pytest.approx(1000, rel=0.15)  # the turns at foot and top are less steep
    assert found.climb_m == pytest.approx(60, rel=0.15)


def test_the_fast_day_after_the_hills_is_flat(sandbox: tuple[Sandbox, Strava]) -> None:
    found, _ = run_of(sandbox, "hills-then-speed", days_ago=2)
    assert metres_from(3.8, found) == pytest.approx(1000, rel=0.06)
    assert found.uphill_m == ()
