"""What pages, mails and the board are given: each runner with all that belongs to the verdict of now."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from monitor.model import Finding, Freshness, Level, Origin
from monitor.rules import RULES
from monitor.store.activities import extend_coverage, replace_coverage, write_activities
from monitor.store.connections import note_complete
from monitor.store.consents import Subject, give, team_wording
from monitor.store.database import Database
from monitor.store.findings import save_findings
from monitor.store.people import add_runner
from monitor.store.source_state import note_fault
from monitor.store.view import Judged, everyone, judged, team_board
from tests.builders import activities, activity
from tests.store.made import NOW, connected

TODAY = NOW.date()
YESTERDAY = TODAY - timedelta(days=1)
SIX_WEEKS = "8 - 8 - 10 - - " * 6


@pytest.fixture
def known(either: Database, ann: int) -> int:
    """A connected runner with six weeks from Strava that end today."""
    with either.writing() as db:
        connected(db, ann)
        runs_of(db, ann, Origin.STRAVA)
        note_complete(db, ann, NOW)
    return ann


def runs_of(db, runner_id: int, origin: Origin, last_day: date = TODAY) -> None:
    first = last_day - timedelta(days=len(SIX_WEEKS.split()) - 1)
    write_activities(db, runner_id, activities(SIX_WEEKS, first, origin=origin), NOW)
    if origin is Origin.STRAVA:
        replace_coverage(db, runner_id, origin, first, last_day)
    else:
        extend_coverage(db, runner_id, origin, [first, last_day])


def seen(database: Database, runner_id: int, days: int = 0) -> Judged:
    with database.reading() as db:
        found = judged(db, runner_id, RULES, NOW + timedelta(days=days))
    assert found
    return found


def find(database: Database, runner_id: int, day: date, level: Level = Level.CAUTION) -> None:
    facts = {"distance_km": 14.2, "beyond_percent": 42, "longest_30d_km": 10.0, "runs_30d": 12}
    with database.writing() as db:
        save_findings(db, runner_id, day, day, [Finding("single_session_spike", day, level, 1.42, facts)])


def test_a_runner_is_judged_with_history_runs_and_findings(either: Database, known: int) -> None:
    find(either, known, YESTERDAY)
    row = seen(either, known)
    assert row.verdict.level is Level.CAUTION
    assert row.history is not None
    assert (row.today, row.history.last_day, len(row.runs)) == (TODAY, TODAY, 18)
    assert [run.run.day for run in row.runs] == sorted((run.run.day for run in row.runs), reverse=True)


def test_an_unknown_runner_is_nobody(either: Database, known: int) -> None:
    with either.reading() as db:
        assert judged(db, known + 1, RULES, NOW) is None


def test_findings_of_60_days_are_shown_newest_first_and_none_of_tomorrow(either: Database, known: int) -> None:
    for days_ago in (-1, 0, 60, 61):
        find(either, known, TODAY - timedelta(days=days_ago))
    assert [found.day for found in seen(either, known).findings] == [TODAY, TODAY - timedelta(days=60)]


def test_a_finding_of_a_rule_that_is_gone_is_left_out(either: Database, known: int) -> None:
    with either.writing() as db:
        save_findings(db, known, TODAY, TODAY, [Finding("a_rule_of_last_year", TODAY, Level.STRONG, 9.0)])
    assert seen(either, known).verdict.level is Level.OK
    assert seen(either, known).findings == ()


def test_today_is_the_runners_own_day(either: Database, known: int) -> None:
    with either.reading() as db:
        late = judged(db, known, RULES, NOW + timedelta(hours=16, minutes=30))  # half past midnight in Paris
    assert late
    assert late.today == TODAY + timedelta(days=1)


def test_a_silent_source_makes_a_runner_stale(either: Database, known: int) -> None:
    assert seen(either, known, days=1).verdict.freshness is Freshness.OK
    assert seen(either, known, days=2).verdict.freshness is Freshness.STALE


def test_a_source_that_is_down_is_everybodys_who_is_connected_and_nobody_elses(
    either: Database, known: int, bob: int
) -> None:
    with either.writing() as db:
        runs_of(db, bob, Origin.EXPORT)
        note_fault(db, known, "inactive", NOW, app_wide=True, retry_at=None)
    assert seen(either, known).verdict.freshness is Freshness.SOURCE_DOWN
    assert seen(either, bob).verdict.freshness is Freshness.OK


def test_a_runner_with_files_only_is_judged_until_the_files_are_old(either: Database, ann: int) -> None:
    with either.writing() as db:
        runs_of(db, ann, Origin.EXPORT, YESTERDAY)
        allowed = judged(db, ann, RULES, NOW + timedelta(days=5), files_stale_after_days=6)
        too_old = judged(db, ann, RULES, NOW + timedelta(days=6), files_stale_after_days=6)
    assert allowed
    assert too_old
    assert allowed.verdict.freshness is Freshness.OK
    assert too_old.verdict.freshness is Freshness.STALE


def test_who_needs_a_look_comes_first_and_a_team_shows_its_own(either: Database, known: int, bob: int) -> None:
    with either.writing() as db:
        eve = add_runner(db, "Eve", "eve@example.org", "UTC", "Another team", NOW).id
        runs_of(db, eve, Origin.EXPORT)
    find(either, eve, YESTERDAY, Level.STRONG)
    with either.writing() as db:
        for each in (known, bob, eve):
            give(db, each, Subject.TEAM, team_wording(strava_is_shared=True), NOW)
        board = team_board(db, 1, RULES, NOW, strava_is_shared=True)
        assert [row.person.name for row in everyone(db, RULES, NOW)] == ["Eve", "Bob", "Ann"]  # STRONG, CANNOT SAY, OK
        assert [row.person.name for row in board] == ["Bob", "Ann"]


@pytest.mark.parametrize(("gap_min", "levels"), [(0, []), (15, [Level.WATCH])], ids=["never", "15 minutes"])
def test_what_coaches_see_of_a_partly_hidden_runner_merges_runs_as_everywhere(
    either: Database, ann: int, gap_min: int, levels: list[Level]
) -> None:
    """A warm-up, a race and a cool-down in files; what else there is came through Strava and is hidden."""
    morning = [activity(f"{YESTERDAY} {at}", km * 1_000) for at, km in (("07:00", 3), ("07:20", 6), ("08:00", 3))]
    with either.writing() as db:
        runs_of(db, ann, Origin.EXPORT)
        write_activities(db, ann, [replace(run, origin=Origin.EXPORT) for run in morning], NOW)
        write_activities(db, ann, activities("4", TODAY - timedelta(days=100)), NOW)
        give(db, ann, Subject.TEAM, team_wording(strava_is_shared=False), NOW)
        [row] = team_board(db, 1, RULES, NOW, merge_gap=timedelta(minutes=gap_min))
    found = [each.level for each in row.findings if (each.rule, each.day) == ("single_session_spike", YESTERDAY)]
    assert found == levels
