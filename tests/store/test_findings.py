"""Findings: replaced day by day, and what is still to be assessed."""

from datetime import date, timedelta

from monitor.model import Finding, Level, Origin
from monitor.store.activities import mark_changed
from monitor.store.database import Database
from monitor.store.findings import (
    assess_from,
    clear_alert_due,
    mark_assessed,
    save_findings,
    stored_findings,
    with_alert_due,
)
from tests.builders import FIRST_DAY as MONDAY

TUESDAY, WEDNESDAY = MONDAY + timedelta(days=1), MONDAY + timedelta(days=2)


def spike(day: date, value: float = 1.42, level: Level = Level.CAUTION) -> Finding:
    facts = {"distance_km": 14.2, "longest_30d_km": 10.0}
    origins = frozenset({Origin.STRAVA, Origin.EXPORT})
    return Finding("single_session_spike", day, level, value, facts, origins)


def test_a_finding_comes_back_as_it_was_saved(either: Database, ann: int) -> None:
    with either.writing() as db:
        save_findings(db, ann, MONDAY, MONDAY, [spike(MONDAY, 1.1000000000000001)])
    with either.reading() as db:
        assert stored_findings(db, ann) == [spike(MONDAY, 1.1000000000000001)]


def test_days_assessed_again_replace_what_was_found_on_them_and_no_other_day(either: Database, ann: int) -> None:
    with either.writing() as db:
        save_findings(db, ann, MONDAY, WEDNESDAY, [spike(MONDAY), spike(TUESDAY), spike(WEDNESDAY)])
        save_findings(db, ann, TUESDAY, WEDNESDAY, [spike(WEDNESDAY, 2.5, Level.STRONG)])
        assert stored_findings(db, ann) == [spike(MONDAY), spike(WEDNESDAY, 2.5, Level.STRONG)]


def test_a_finding_outside_the_days_assessed_is_not_saved(either: Database, ann: int) -> None:
    with either.writing() as db:
        save_findings(db, ann, TUESDAY, TUESDAY, [spike(MONDAY), spike(WEDNESDAY)])
        assert stored_findings(db, ann) == []


def test_two_rules_on_one_day_are_two_findings_and_another_runners_stay(either: Database, ann: int, bob: int) -> None:
    restless = Finding("no_rest_day", MONDAY, Level.WATCH, 8.0)
    with either.writing() as db:
        save_findings(db, ann, MONDAY, MONDAY, [spike(MONDAY), restless])
        save_findings(db, bob, MONDAY, MONDAY, [spike(MONDAY)])
        save_findings(db, bob, MONDAY, MONDAY, [])
        assert stored_findings(db, ann) == [restless, spike(MONDAY)]
        assert stored_findings(db, bob) == []


def test_findings_are_asked_for_by_their_days(either: Database, ann: int) -> None:
    with either.writing() as db:
        save_findings(db, ann, MONDAY, WEDNESDAY, [spike(MONDAY), spike(TUESDAY), spike(WEDNESDAY)])
        assert [found.day for found in stored_findings(db, ann, TUESDAY, TUESDAY)] == [TUESDAY]


def test_a_runner_never_assessed_is_assessed_from_the_beginning(either: Database, ann: int) -> None:
    with either.reading() as db:
        assert assess_from(db, ann, "rules") == date.min


def test_the_earliest_change_since_the_last_assessment_counts(either: Database, ann: int) -> None:
    with either.writing() as db:
        mark_assessed(db, ann, "rules")
        assert assess_from(db, ann, "rules") is None
        for day in (TUESDAY, MONDAY, WEDNESDAY, None):
            mark_changed(db, ann, day)
        assert assess_from(db, ann, "rules") == MONDAY


def test_other_rules_or_lines_mean_assessing_everything_anew(either: Database, ann: int) -> None:
    with either.writing() as db:
        mark_assessed(db, ann, "rules")
        assert assess_from(db, ann, "other rules") == date.min


def test_the_alert_job_looks_once_at_each_runner_who_was_assessed(either: Database, ann: int, bob: int) -> None:
    with either.writing() as db:
        assert with_alert_due(db) == []
        mark_assessed(db, bob, "rules")
        mark_assessed(db, ann, "rules")
        assert with_alert_due(db) == [ann, bob]
        clear_alert_due(db, ann)
        assert with_alert_due(db) == [bob]
