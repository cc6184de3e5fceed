"""How the product stands, and what needs a person."""

from datetime import UTC, datetime, timedelta

import pytest

from monitor.rules.freshness import Access
from monitor.sources.strava_budget import Purpose
from monitor.store.budget import note_limits, take
from monitor.store.coaches import add_coach
from monitor.store.connections import note_access
from monitor.store.database import Database
from monitor.store.due import due_passes, finish
from monitor.store.heartbeats import beat
from monitor.store.outbox import queue_letter
from monitor.store.people import add_runner
from monitor.store.sending import lease_letter, mark_failed
from monitor.store.source_state import note_fault
from monitor.store.status import Status, status
from monitor.store.subscription import keep_subscription, note_heard
from monitor.store.tables import Runner
from monitor.watch import Part
from tests.delivery.mailserver import mail
from tests.store.made import NOW, connected

HOUR = timedelta(hours=1)


def stands(database: Database, hours: float = 0) -> Status:
    with database.reading() as db:
        return status(db, NOW + hours * HOUR)


@pytest.fixture
def passed(either: Database, ann: int) -> int:
    """A connected runner whose pass was done at NOW."""
    with either.writing() as db:
        connected(db, ann)
    for each in due_passes(either, lambda: NOW, "me", 7):
        with either.writing() as db:
            finish(db, each, "me", NOW)
    return ann


def test_an_empty_product_needs_nobody(either: Database) -> None:
    found = stands(either)
    assert (found.last_pass_at, found.unfinished_passes, found.strava) == (None, (), "answers")
    assert (found.connections, found.letters, found.needs_a_person) == ({}, {}, ())


def test_a_product_at_work_tells_its_figures_and_needs_nobody(either: Database, passed: int) -> None:
    with either.writing() as db:
        queue_letter(db, passed, "findings", "1", mail(), NOW, NOW)
    found = stands(either)
    assert (found.last_pass_at, found.unfinished_passes, found.strava) == (NOW, (), "answers")
    assert (found.connections, found.letters, found.needs_a_person) == ({"ok": 1}, {"queued": 1}, ())


def test_requests_used_and_left_are_told_and_how_many_runners_that_keeps_fresh(either: Database) -> None:
    with either.writing() as db:
        take(db, Purpose.LIST, NOW)
    assert stands(either).strava_budget == {
        "used this quarter of an hour": 1,
        "allowed in it": 100,
        "used today": 1,
        "allowed a day": 1_000,
        "runners kept fresh by that at most": 606,
    }


def test_more_runners_than_the_limit_keeps_fresh_need_a_person(either: Database, passed: int) -> None:
    with either.writing() as db:
        note_limits(db, {"X-ReadRateLimit-Limit": "1,1"}, NOW)
    assert stands(either).needs_a_person == ()  # a limit of one request a day is a typing error, or a test
    with either.writing() as db:
        note_limits(db, {"X-ReadRateLimit-Limit": "2,2"}, NOW)
        connected(db, add_runner(db, "Bea", "bea@example.org", "UTC", None, NOW).id, athlete_id=78)
    assert stands(either).needs_a_person == ("2 runners are connected, and Strava's limit keeps about 1 of them fresh",)


def test_whether_strava_tells_of_changes_is_told(either: Database) -> None:
    assert stands(either).strava_events == "none: everybody is listed daily"
    with either.writing() as db:
        keep_subscription(db, 9, "https://club.example", NOW)
    assert stands(either).strava_events == "subscription 9, no event yet"
    with either.writing() as db:
        note_heard(db, NOW)
    assert stands(either).strava_events == "subscription 9, last event 2026-11-22 07:00 UTC"


def test_a_day_without_a_finished_pass_needs_a_person(either: Database, passed: int) -> None:
    assert stands(either, 26).needs_a_person == ()
    late = "The daily pass has not run since Sun 22 Nov 2026, 07:00 UTC: what you see may be old."
    assert stands(either, 26.1).needs_a_person == (late,)


def test_a_half_that_fell_silent_needs_a_person_and_its_last_sign_is_told(either: Database) -> None:
    """W1."""
    with either.writing() as db:
        beat(db, Part.WORKER, NOW, timedelta(seconds=45))
    assert stands(either, 45 / 3600).needs_a_person == ()
    found = stands(either, 46 / 3600)
    assert found.heartbeats == {"worker": NOW}
    assert [(each.part, each.since) for each in found.late] == [(Part.WORKER, NOW)]
    assert found.needs_a_person == tuple(each.says for each in found.late)


def test_a_clock_that_cannot_be_right_needs_a_person(either: Database) -> None:
    """S12."""
    with either.reading() as db:
        [said] = status(db, datetime(1970, 1, 1, tzinfo=UTC)).needs_a_person
    assert "1970-01-01" in said


def test_a_pass_that_failed_tells_why(either: Database, ann: int) -> None:
    [due] = due_passes(either, lambda: NOW, "me", 7)
    with either.writing() as db:
        finish(db, due, "me", NOW, "status 503")
    assert stands(either).unfinished_passes == (f"runner {ann}, 2026-11-22: status 503",)


def test_a_source_that_is_down_needs_a_person(either: Database, passed: int) -> None:
    with either.writing() as db:
        note_fault(db, passed, "the app is inactive", NOW, app_wide=True, retry_at=None)
    found = stands(either)
    assert found.strava == "the app is inactive"
    assert found.needs_a_person == ("Strava does not answer as it should: the app is inactive",)


def test_a_limit_that_strava_sets_needs_nobody(either: Database, passed: int) -> None:
    with either.writing() as db:
        note_fault(db, passed, "limit", NOW, app_wide=True, retry_at=NOW + HOUR)
    assert stands(either).needs_a_person == ()


def test_a_runner_who_revoked_needs_nobody_and_a_lost_key_does(either: Database, passed: int) -> None:
    with either.writing() as db:
        note_access(db, passed, Access.REVOKED, NOW, "revoked")
    assert stands(either).connections == {"revoked": 1}
    assert stands(either).needs_a_person == ()
    with either.writing() as db:
        note_access(db, passed, Access.NEEDS_REAUTH, NOW, "does not open")
    [said] = stands(either).needs_a_person
    assert "HAMWATCH_SECRET_KEY" in said


def test_a_letter_that_waits_for_the_morning_needs_nobody(either: Database, passed: int) -> None:
    with either.writing() as db:
        queue_letter(db, passed, "findings", "1", mail(), NOW, NOW + 9 * HOUR)
    assert stands(either, 8).needs_a_person == ()


def test_a_letter_refused_for_good_needs_a_person(either: Database, passed: int) -> None:
    with either.writing() as db:
        queue_letter(db, passed, "findings", "1", mail(), NOW, NOW)
        letter = lease_letter(db, NOW)
        assert letter
        mark_failed(db, letter, "550 no such user", NOW, permanent=True)
    refused, said = stands(either).needs_a_person
    assert "mail to 1 addresses was refused for good" in refused
    assert "could not be delivered" in said


def test_a_letter_that_goes_on_failing_for_two_hours_needs_a_person(either: Database, passed: int) -> None:
    with either.writing() as db:
        queue_letter(db, passed, "findings", "1", mail(), NOW, NOW)
        for minutes in (0, 1, 6, 21, 51, 111):
            now = NOW + timedelta(minutes=minutes)
            letter = lease_letter(db, now)
            assert letter
            mark_failed(db, letter, "450 later", now, permanent=False)
    assert stands(either, 2).needs_a_person == ()
    [said] = stands(either, 2.1).needs_a_person
    assert "more than 2 hours" in said


def test_zones_that_are_not_known_here_are_told_once_each(either: Database, ann: int) -> None:
    """M10."""
    with either.writing() as db:
        db.get_one(Runner, ann).timezone = "Mars/Base"
        add_runner(db, "Ben", "ben@example.org", "Europe/Paris", None, NOW)
        for name in ("Cora", "Carl"):
            add_coach(db, name, f"{name}@example.org", "Harriers").timezone = "Venus/Base"
    told = stands(either).needs_a_person
    assert [each.partition(";")[0] for each in told] == [
        "zone Mars/Base is not known here",
        "zone Venus/Base is not known here",
    ]
    assert all("Remedy: update the package tzdata" in each for each in told)
