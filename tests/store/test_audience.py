"""Who sees whom, and which of their rows: the runner all of it, a coach what the runner agreed to."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import pytest

from monitor.model import Finding, Freshness, Level, Origin
from monitor.rules import RULES
from monitor.rules.freshness import Access
from monitor.store.activities import stored_activities, told_of, write_activities
from monitor.store.audience import COACHES, COACHES_WITH_STRAVA, OWN
from monitor.store.connections import note_access, note_complete
from monitor.store.consents import Subject, give, team_wording, withdraw
from monitor.store.database import Database
from monitor.store.exposures import stored_exposures, write_exposures
from monitor.store.findings import save_findings
from monitor.store.people import add_runner, people
from monitor.store.seen import not_agreed
from monitor.store.training import hidden, training_log
from monitor.store.view import Judged, judged, team_board, team_member
from tests.builders import activity, held
from tests.store.made import NOW, connected
from tests.store.test_view import TODAY, runs_of

HARRIERS = 1


def agree(database: Database, *runner_ids: int) -> None:
    with database.writing() as db:
        for runner_id in runner_ids:
            give(db, runner_id, Subject.TEAM, team_wording(strava_is_shared=True), NOW)


def names(database: Database, **shared: bool) -> list[str]:
    with database.reading() as db:
        return [row.person.name for row in team_board(db, HARRIERS, RULES, NOW, **shared)]


def coach_sees(database: Database, runner_id: int, **shared: bool) -> Judged:
    with database.reading() as db:
        found = team_member(db, HARRIERS, runner_id, RULES, NOW, **shared)
    assert found
    return found


def origins(of: Iterable[Any]) -> set[Origin]:
    return {each.origin for each in of}


@pytest.fixture
def both(either: Database, ann: int) -> int:
    """A runner who agreed: six weeks of files that end today, and a run yesterday that only Strava knows."""
    agree(either, ann)
    with either.writing() as db:
        connected(db, ann)
        runs_of(db, ann, Origin.RECORDING)
        write_activities(db, ann, [activity(f"{TODAY - timedelta(days=1)} 18:00", 30_000)], NOW)
        note_complete(db, ann, NOW)
    return ann


@pytest.fixture
def from_strava_alone(either: Database, ann: int) -> int:
    """A runner who agreed, with six weeks from Strava and nothing else."""
    agree(either, ann)
    with either.writing() as db:
        connected(db, ann)
        runs_of(db, ann, Origin.STRAVA)
        note_complete(db, ann, NOW)
    return ann


def test_a_coach_sees_who_agreed_and_how_many_have_not(either: Database, ann: int, bob: int) -> None:
    agree(either, bob)
    assert names(either) == ["Bob"]
    with either.reading() as db:
        assert not_agreed(db, HARRIERS) == 1


def test_consent_to_strava_is_no_consent_to_the_team(either: Database, ann: int) -> None:
    with either.writing() as db:
        connected(db, ann)
    assert names(either) == []


def test_whoever_stops_sharing_is_gone_at_the_next_look_and_back_when_they_share_again(
    either: Database, ann: int
) -> None:
    agree(either, ann)
    with either.writing() as db:
        withdraw(db, ann, Subject.TEAM, NOW)
    assert names(either) == []
    agree(either, ann)
    assert names(either) == ["Ann"]


def test_nobody_and_one_who_has_not_agreed_and_one_of_another_team_are_the_same_to_a_coach(
    either: Database, ann: int
) -> None:
    with either.writing() as db:
        eve = add_runner(db, "Eve", "eve@example.org", "UTC", "Another team", NOW).id
    agree(either, eve)
    with either.reading() as db:
        assert [team_member(db, HARRIERS, each, RULES, NOW) for each in (ann, eve, 999)] == [None, None, None]


def test_the_runner_and_the_operator_see_everybody_and_everything(either: Database, both: int, bob: int) -> None:
    with either.reading() as db:
        assert [each.name for each in people(db)] == ["Ann", "Bob"]
        assert origins(stored_activities(db, both)) == {Origin.RECORDING, Origin.STRAVA}
        assert hidden(db, {both: TODAY}, OWN)[both].note == ""


def test_rows_of_stravas_api_are_not_read_for_a_coach(either: Database, both: int) -> None:
    with either.writing() as db:
        runs_of(db, both, Origin.STRAVA)
        runs = stored_activities(db, both)
        write_exposures(db, both, [(run.key, held()) for run in runs], NOW)
    with either.reading() as db:
        assert origins(stored_activities(db, both, COACHES)) == {Origin.RECORDING}
        assert {key[0] for key in stored_exposures(db, both, COACHES)} == {Origin.RECORDING}
        assert {origin for origin, _ in told_of(db, [both], COACHES)[both]} == {Origin.RECORDING}
        log = training_log(db, both, COACHES)
    assert set(log.told_since) == {Origin.RECORDING}
    assert origins(run for each in log.runs for run in (each.run, *each.copies)) == {Origin.RECORDING}


def test_where_the_operator_shares_strava_a_coach_reads_all_rows(either: Database, both: int) -> None:
    with either.reading() as db:
        assert origins(stored_activities(db, both, COACHES_WITH_STRAVA)) == {Origin.RECORDING, Origin.STRAVA}


def test_whoever_agreed_to_a_text_without_strava_is_seen_without_it_whatever_the_operator_shares_since(
    either: Database, both: int
) -> None:
    with either.writing() as db:
        give(db, both, Subject.TEAM, team_wording(strava_is_shared=False), NOW)
    assert coach_sees(either, both, strava_is_shared=True).hidden.runs == 1
    agree(either, both)
    assert coach_sees(either, both, strava_is_shared=True).hidden.runs == 0


def test_what_is_hidden_is_counted_and_a_run_that_a_file_tells_too_is_not(either: Database, both: int) -> None:
    with either.writing() as db:
        copy = stored_activities(db, both, COACHES)[0]
        write_activities(db, both, [activity(copy.start_local, copy.distance_m)], NOW)
    assert coach_sees(either, both).hidden.note == "1 of 19 runs hidden: Strava only"


def test_a_coachs_findings_are_made_of_the_rows_they_may_see(either: Database, both: int) -> None:
    with either.writing() as db:
        day = TODAY - timedelta(days=1)
        facts = {"distance_km": 30.0, "beyond_percent": 200, "longest_30d_km": 10.0, "runs_30d": 12}
        save_findings(db, both, day, day, [Finding("single_session_spike", day, Level.STRONG, 3.0, facts)])
        assert judged(db, both, RULES, NOW).verdict.level is Level.STRONG  # type: ignore[union-attr]
    seen = coach_sees(either, both)
    assert day not in {finding.day for finding in seen.findings if finding.rule == "single_session_spike"}
    assert {origin for finding in seen.findings for origin in finding.origins} <= {Origin.RECORDING}
    assert coach_sees(either, both, strava_is_shared=True).verdict.level is Level.STRONG


def test_no_line_crossed_is_not_said_where_runs_are_hidden(either: Database, both: int) -> None:
    verdict = coach_sees(either, both).verdict
    assert (verdict.level, verdict.reason) == (None, "hidden: 1 of 19 runs are on Strava only")


def test_of_a_runner_with_strava_alone_nothing_can_be_said(either: Database, from_strava_alone: int) -> None:
    seen = coach_sees(either, from_strava_alone)
    assert (seen.verdict.level, seen.verdict.reason) == (None, "hidden: all there is comes from Strava")
    assert (seen.history, seen.runs, seen.findings, seen.exposures) == (None, (), (), {})
    assert seen.verdict.data_until is None
    assert seen.hidden.note == "18 of 18 runs hidden: Strava only"


def test_how_a_hidden_source_fares_is_not_told_either(either: Database, both: int) -> None:
    with either.writing() as db:
        note_access(db, both, Access.REVOKED, NOW, "revoked")
        assert judged(db, both, RULES, NOW).verdict.freshness is Freshness.REVOKED  # type: ignore[union-attr]
    assert "Strava only" in coach_sees(either, both).hidden.note
    assert "disconnected" not in coach_sees(either, both).verdict.reason


def test_when_files_were_last_told_is_judged_without_the_hidden_source(either: Database, ann: int) -> None:
    old = TODAY - timedelta(days=12)
    agree(either, ann)
    with either.writing() as db:
        connected(db, ann)
        runs_of(db, ann, Origin.EXPORT, old)
        runs_of(db, ann, Origin.STRAVA)
        note_complete(db, ann, NOW)
    assert coach_sees(either, ann).verdict.freshness is Freshness.STALE
