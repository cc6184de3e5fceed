"""The whole way with the sandbox: consent, tokens, the list, and the end of consent."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from pydantic import SecretStr

from monitor.errors import AccessRevoked
from monitor.model import Activity
from monitor.sandbox import Athlete, Sandbox, faults, serving, team
from monitor.sources.strava import Strava
from monitor.sources.strava_listing import Listing

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
AFTER = NOW - timedelta(days=120)


@pytest.fixture(params=[False, True], ids=["full pages", "short pages"])
def sandbox(request: pytest.FixtureRequest) -> Sandbox:
    return Sandbox(team(NOW), lambda: NOW, short_pages=request.param)


@pytest.fixture
def strava(sandbox: Sandbox) -> Iterator[Strava]:
    with serving(sandbox) as base_url:
        yield Strava(base_url, sandbox.client_id, SecretStr(sandbox.client_secret), waits_s=())


def some_runner(sandbox: Sandbox) -> Athlete:
    return next(iter(sandbox.athletes.values()))


def listed(strava: Strava, access_token: str) -> Listing:
    return strava.list_activities(access_token, AFTER, NOW, NOW)


def test_consent_leads_to_every_activity_of_the_window(strava: Strava, sandbox: Sandbox) -> None:
    runner = some_runner(sandbox)
    tokens = strava.exchange(sandbox.authorise(runner.id), NOW)
    listing = listed(strava, tokens.access)
    since = AFTER.strftime("%Y-%m-%dT%H:%M:%SZ")
    expected = {str(row["id"]): row["distance"] for row in runner.activities if row["start_date"] > since}
    assert (tokens.athlete_id, tokens.athlete_name) == (runner.id, runner.name)
    assert {a.origin_id: a.distance_m for a in listing.activities} == pytest.approx(expected, abs=0.5)
    assert len(expected) > 30
    assert (listing.refused, listing.ids) == ((), set(expected))


def test_the_sandboxs_runs_begin_on_the_day_that_their_runners_clock_shows(strava: Strava, sandbox: Sandbox) -> None:
    runner = some_runner(sandbox)
    listing = listed(strava, strava.exchange(sandbox.authorise(runner.id), NOW).access)
    told = {str(row["id"]): row["start_date_local"][:10] for row in runner.activities}
    assert {a.origin_id: _iso(a) for a in listing.activities}.items() <= told.items()


def test_a_refresh_token_works_once(strava: Strava, sandbox: Sandbox) -> None:
    first = strava.exchange(sandbox.authorise(some_runner(sandbox).id), NOW)
    second = strava.refresh(first.refresh, NOW)
    assert listed(strava, second.access).activities
    with pytest.raises(AccessRevoked):
        strava.refresh(first.refresh, NOW)


def test_without_the_permission_to_read_activities_the_runner_is_asked_for_it(strava: Strava, sandbox: Sandbox) -> None:
    tokens = strava.exchange(sandbox.authorise(some_runner(sandbox).id, scope="read"), NOW)
    with pytest.raises(AccessRevoked) as revoked:
        listed(strava, tokens.access)
    assert revoked.value.needs_scope


def test_after_consent_is_withdrawn_nothing_is_given(strava: Strava, sandbox: Sandbox) -> None:
    tokens = strava.exchange(sandbox.authorise(some_runner(sandbox).id), NOW)
    strava.revoke(tokens.access)
    with pytest.raises(AccessRevoked):
        listed(strava, tokens.access)


def test_one_runners_trouble_stays_with_that_runner(strava: Strava, sandbox: Sandbox) -> None:
    broken, other = list(sandbox.athletes)[:2]
    tokens = {runner: strava.exchange(sandbox.authorise(runner), NOW) for runner in (broken, other)}
    sandbox.refuse(broken, faults.revoked)
    with pytest.raises(AccessRevoked):
        listed(strava, tokens[broken].access)
    assert listed(strava, tokens[other].access).activities


def _iso(activity: Activity) -> str:
    return activity.day.isoformat()
