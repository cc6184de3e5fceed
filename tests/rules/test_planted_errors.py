"""The demo's runners, read from the samples of their watches: what is planted is found, and nothing else."""

from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import pytest

from monitor.alerts.policy import Memory, Reason, reason_to_notify
from monitor.load.daily import History
from monitor.load.fast_speed import fast_speed
from monitor.load.gathering import Reading, history
from monitor.model import Activity, Exposure, Finding, Level
from monitor.rules import RULES
from monitor.rules.rule import findings
from monitor.rules.together import raise_levels
from monitor.rules.verdict import in_force
from monitor.sandbox import Athlete, team
from monitor.sources.exposure import exposure
from monitor.sources.strava_streams import samples_of
from tests.builders import activity

NOW = datetime(2026, 9, 30, 18, tzinfo=UTC)
SINCE = timedelta(days=75)
BY_NAME = {rule.name: rule for rule in RULES}


@cache
def lived(story: str) -> tuple[History, date]:
    """Eleven weeks of a runner's days, and today where they are."""
    athlete = next(one for one in team(NOW) if one.story == story)
    today = NOW.astimezone(ZoneInfo(athlete.timezone)).date()
    read = [recorded(athlete, row) for row in athlete.activities if _day(row) > today - SINCE]
    exposures = {run.key: held for run, held in read}
    fast = fast_speed([(run.day, held) for run, held in read], today, None)
    runs = [run for run, _ in read]
    days = history(runs, [(min(run.day for run in runs), today)], Reading(exposures, fast.mps if fast else None))
    assert days is not None
    return days, today


def recorded(athlete: Athlete, row: dict) -> tuple[Activity, Exposure]:
    """A row of Strava's list as a run, with what its streams held."""
    samples = samples_of({kind: {"data": data} for kind, data in athlete.streams(row).items()})
    assert samples is not None
    run = activity(row["start_date_local"].removesuffix("Z"), round(row["distance"]), row["moving_time"])
    return run, exposure(samples, indoors=False)


def _day(row: dict) -> date:
    return date.fromisoformat(row["start_date_local"][:10])


def holding(story: str, days_ago: int = 0) -> list[Finding]:
    """The findings in force so many days ago, as far as they decide a verdict."""
    days, today = lived(story)
    day = today - timedelta(days=days_ago)
    found = raise_levels(
        [one for rule in RULES for one in findings(rule, days.until(day), day - timedelta(days=7), day)]
    )
    return in_force(found, BY_NAME, day, day)


def mailed(story: str) -> Reason:
    zone = next(ZoneInfo(one.timezone) for one in team(NOW) if one.story == story)
    return reason_to_notify(holding(story), Memory(), BY_NAME, NOW, zone).reason


def test_the_first_speed_in_five_weeks_is_a_caution_and_no_mail():
    (found,) = holding("first-speed")
    assert (found.rule, found.level) == ("first_fast_running", Level.CAUTION)
    assert found.value == pytest.approx(2400, rel=0.02)
    assert mailed("first-speed") is Reason.NOTHING_NEW


def test_the_first_hills_and_then_the_first_speed_are_a_caution_with_a_mail():
    found = holding("hills-then-speed")
    assert {one.rule for one in found} == {"first_fast_running", "fast_uphill", "stacked_errors"}
    assert found[0].level is Level.CAUTION
    assert mailed("hills-then-speed") is Reason.FIRST


def test_before_the_speed_the_hills_were_not_yet_stacked():
    assert "stacked_errors" not in {one.rule for one in holding("hills-then-speed", days_ago=3)}
    assert holding("hills-then-speed", days_ago=6) == []


@pytest.mark.parametrize("story", ["steady", "taper"])
def test_an_even_runner_has_no_finding_of_speed_or_hills(story):
    assert holding(story) == []
