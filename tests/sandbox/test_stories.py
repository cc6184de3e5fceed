"""The twelve runners: that each story holds, counted from the rows that Strava would list."""

from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from functools import cache
from statistics import mean, stdev
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from monitor.sandbox import Athlete, team

MOMENTS = [
    pytest.param(datetime(2026, 9, 30, 0, 30, tzinfo=UTC), id="just past midnight in Greenwich"),
    pytest.param(datetime(2026, 9, 30, 18, tzinfo=UTC), id="an evening"),
    pytest.param(datetime(2026, 3, 29, 1, 30, tzinfo=UTC), id="as Europe's summer time begins"),
    pytest.param(datetime(2026, 12, 31, 12, tzinfo=UTC), id="the last day of a year"),
]
SPIKES = {"long-run-42", "long-run-15", "long-run-130"}
EVEN = {"first-speed", "hills-then-speed", "steady", "stopped", "two-devices", "taper"}


class Team:
    """The athletes at a moment, with their runs by how many local days ago they began."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.athletes = {athlete.story: athlete for athlete in team(now)}
        self.runs = {story: self._runs(athlete) for story, athlete in self.athletes.items()}

    def _runs(self, athlete: Athlete) -> dict[int, list[dict[str, Any]]]:
        today, runs = self.now.astimezone(ZoneInfo(athlete.timezone)).date(), defaultdict(list)
        for row in athlete.activities:
            runs[(today - date.fromisoformat(row["start_date_local"][:10])).days].append(row)
        return runs

    def longest(self, story: str, days_ago: int) -> float:
        return max((row["distance"] for row in self.runs[story].get(days_ago, [])), default=0.0)

    def longest_before(self, story: str, days_ago: int) -> float:
        return max(self.longest(story, day) for day in range(days_ago + 1, days_ago + 31))

    def spike(self, story: str, days_ago: int) -> float:
        """A run against the longest of the 30 days before; 0 where there was none."""
        longest_before = self.longest_before(story, days_ago)
        return self.longest(story, days_ago) / longest_before if longest_before else 0.0

    def streams(self, story: str, days_ago: int) -> dict[str, list[Any]]:
        return self.athletes[story].streams(self.runs[story][days_ago][0])


at = cache(Team)  # the tests only read


@pytest.fixture(params=MOMENTS)
def club(request: pytest.FixtureRequest) -> Team:
    return at(request.param)


def fast_m(streams: dict[str, list[Any]]) -> float:
    return sum(speed for speed in streams["velocity_smooth"] if speed >= 4.5)


def uphill_m(streams: dict[str, list[Any]]) -> float:
    pairs = zip(streams["velocity_smooth"], streams["grade_smooth"], strict=True)
    return sum(speed for speed, grade in pairs if grade >= 4)


def test_there_are_twelve_runners_of_many_places(club: Team) -> None:
    athletes = club.athletes.values()
    assert len(athletes) == 12
    assert len({athlete.timezone for athlete in athletes}) == 12
    assert len({athlete.timezone.split("/")[0] for athlete in athletes}) == 5
    assert all(athlete.email.endswith("@example.org") for athlete in athletes)
    assert len({row["id"] for athlete in athletes for row in athlete.activities}) == sum(
        len(athlete.activities) for athlete in athletes
    )


def test_the_same_moment_gives_the_same_team() -> None:
    now = datetime(2026, 9, 30, 8, tzinfo=UTC)
    assert [athlete.activities for athlete in team(now)] == [athlete.activities for athlete in team(now)]


def test_a_run_keeps_its_id_the_next_day() -> None:
    today, tomorrow = (team(datetime(2026, 9, day, 8, tzinfo=UTC))[7] for day in (29, 30))
    assert len({row["id"] for row in today.activities} & {row["id"] for row in tomorrow.activities}) > 70


def test_nothing_lies_in_the_future(club: Team) -> None:
    for athlete in club.athletes.values():
        for row in athlete.activities:
            end = datetime.fromisoformat(row["start_date"]) + timedelta(seconds=row["elapsed_time"])
            assert end < club.now


def test_everybody_but_the_newcomer_has_seven_months_of_runs(club: Team) -> None:
    for story, athlete in club.athletes.items():
        assert max(club.runs[story]) == athlete.history_days
        assert athlete.history_days >= (9 if story == "new" else 210)


@pytest.mark.parametrize(
    ("story", "days_ago", "ratio"),
    [("long-run-42", 1, 1.42), ("long-run-15", 2, 1.15), ("long-run-130", 1, 2.3)],
)
def test_the_planted_long_run_is_exact(club: Team, story: str, days_ago: int, ratio: float) -> None:
    assert club.spike(story, days_ago) == ratio


def test_no_other_run_of_the_last_days_is_a_spike(club: Team) -> None:
    planted = {("long-run-42", 1), ("long-run-15", 2), ("long-run-130", 1)}
    for story in club.athletes.keys() - {"new"}:
        for days_ago in range(11):
            if (story, days_ago) not in planted:
                assert club.spike(story, days_ago) <= 1.10, (story, days_ago)


def test_ordinary_runners_rest_in_every_fortnight_and_never_stay_away(club: Team) -> None:
    for story in SPIKES | EVEN:
        ran = [day in club.runs[story] for day in range(75)]
        for day in range(30):
            assert not all(ran[day : day + 14]), (story, day)
            assert sum(len(club.runs[story].get(n, [])) for n in range(day, day + 30)) >= 4
        assert all(any(ran[day : day + 10]) for day in range(60)), story


def test_ordinary_weeks_differ_from_day_to_day(club: Team) -> None:
    for story in SPIKES | EVEN:
        week = [sum(row["distance"] for row in club.runs[story].get(day, [])) for day in range(7)]
        assert mean(week) / stdev(week) < 2, story


def test_first_speed_ran_nothing_fast_for_five_weeks(club: Team) -> None:
    assert fast_m(club.streams("first-speed", 2)) > 2_000
    assert all(fast_m(club.streams("first-speed", day)) == 0 for day in club.runs["first-speed"] if 2 < day < 37)
    assert all(fast_m(club.streams("first-speed", day)) > 2_000 for day in range(37, 100, 7))


def test_hills_came_first_and_speed_three_days_later(club: Team) -> None:
    story = "hills-then-speed"
    assert uphill_m(club.streams(story, 5)) > 600
    assert fast_m(club.streams(story, 5)) == 0
    assert fast_m(club.streams(story, 2)) > 300
    for day in club.runs[story]:
        if 5 < day < 50:
            assert uphill_m(club.streams(story, day)) == fast_m(club.streams(story, day)) == 0


def test_no_rest_ran_on_sixteen_days_in_a_fuller_week_of_equal_days(club: Team) -> None:
    story = "no-rest"
    ran = [day in club.runs[story] for day in range(18)]
    assert ran[1:] == [True] * 16 + [False]
    daily = [club.longest(story, day) for day in range(29)]
    for first in (0, 1):  # with and without the day that has only begun
        week = daily[first : first + 7]
        assert mean(week) / stdev(week) > 2
        assert mean(week) > 1.2 * mean(daily[first : first + 28])


def test_no_rest_runs_today_once_the_morning_is_over() -> None:
    dawn, noon = (Team(datetime(2026, 9, 30, hour, 30, tzinfo=UTC)) for hour in (0, 6))  # 06:00 and 12:00 in Kolkata
    assert 0 not in dawn.runs["no-rest"]
    assert 0 in noon.runs["no-rest"]


def test_comeback_paused_for_forty_days_and_started_with_the_longest(club: Team) -> None:
    days = sorted(club.runs["comeback"])
    assert days[:5] == [1, 3, 4, 6, 47]
    assert club.spike("comeback", 6) == 0
    assert max(club.longest("comeback", day) for day in days[:4]) == club.longest("comeback", 6)


def test_steady_runs_55_km_in_every_week(club: Team) -> None:
    weeks = [sum(club.longest("steady", day) for day in range(first, first + 7)) for first in range(1, 200, 7)]
    assert all(54_000 < metres < 56_000 for metres in weeks)


def test_new_has_ten_days_with_today(club: Team) -> None:
    assert max(club.runs["new"]) == 9


def test_two_devices_tell_of_each_outdoor_run_half_a_minute_apart(club: Team) -> None:
    rows = club.athletes["two-devices"].activities
    treadmill = [row for row in rows if row["trainer"]]
    watch, phone = (
        [row for row in rows if not row["trainer"] and row["has_heartrate"] is has] for has in (True, False)
    )
    assert len(treadmill) == 62
    assert len(watch) == len(phone) == 93 - 31
    for one, other in zip(watch, phone, strict=True):
        apart = datetime.fromisoformat(other["start_date"]) - datetime.fromisoformat(one["start_date"])
        assert apart == timedelta(seconds=30)
        assert 0.98 < other["distance"] / one["distance"] < 0.99
    assert {row["distance"] for row in club.runs["two-devices"][5]} == {10_020.0, 9_870.0}


def test_taper_shrinks_week_by_week_on_trails(club: Team) -> None:
    weeks = [sum(club.longest("taper", day) for day in range(first, first + 7)) for first in (1, 8, 15, 22)]
    assert weeks == sorted(weeks)
    assert weeks[0] / weeks[3] == pytest.approx(0.55, abs=0.01)
    assert {row["sport_type"] for row in club.athletes["taper"].activities} == {"TrailRun"}
    assert all(row["total_elevation_gain"] > 80 for row in club.athletes["taper"].activities)
