"""Leaving, in the database: what goes, what stays, and who is told later."""

from datetime import timedelta
from email.message import EmailMessage

import pytest
from sqlmodel import Session, SQLModel, col, select

from monitor.errors import Gone, UserError
from monitor.model import Origin
from monitor.rules.freshness import Access
from monitor.store.activities import extend_coverage, mark_changed, stored_activities, write_activities
from monitor.store.brake import brake, held, release
from monitor.store.connections import connection, held_tokens, note_access, note_complete
from monitor.store.consents import Subject, consent, give
from monitor.store.database import Database
from monitor.store.leaving import blank, disconnect, drop_erased, erase, last_letters, overdue
from monitor.store.people import add_runner
from monitor.store.revocations import next_revocation, owed
from monitor.store.sending import lease_letter, mark_sent
from monitor.store.strava_tables import Tombstone
from monitor.store.tables import Coverage, Runner
from tests.builders import activities
from tests.store.made import KEYS, NOW, connected

TWO_DAYS = timedelta(hours=48)


@pytest.fixture
def linked(either: Database, ann: int) -> int:
    """A runner with runs from Strava and from files."""
    with either.writing() as db:
        connected(db, ann)
        give(db, ann, Subject.STRAVA, "2026-11", NOW)
        for origin in (Origin.STRAVA, Origin.RECORDING):
            runs = activities("5 6", origin=origin)
            write_activities(db, ann, runs, NOW)
            extend_coverage(db, ann, origin, [run.day for run in runs])
    return ann


def confirmation() -> EmailMessage:
    message = EmailMessage()
    message["To"], message["Message-ID"] = "Ann <ann@example.org>", "<last@example.org>"
    message.set_content("Erased.")
    return message


def lost(db: Session, number: int) -> list[int]:
    """So many runners whose permission ends now."""
    runners = [add_runner(db, f"R{n}", f"r{n}@example.org", "UTC", None, NOW).id for n in range(number)]
    for runner_id in runners:
        connected(db, runner_id)
        note_access(db, runner_id, Access.REVOKED, NOW, "")
    return runners


def test_disconnecting_takes_what_strava_brought_and_keeps_the_tokens_for_giving_them_back(
    either: Database, linked: int
) -> None:
    with either.writing() as db:
        disconnect(db, KEYS, linked, NOW)
    with either.writing() as db:
        assert connection(db, linked) is None
        assert consent(db, linked, Subject.STRAVA) is None
        assert {run.origin for run in stored_activities(db, linked)} == {Origin.RECORDING}
        assert [row.origin for row in db.exec(select(Coverage)).all()] == ["recording"]
        number = next_revocation(db, NOW)
        assert number
        assert owed(db, KEYS, number).refresh == "a-refresh-token"
        assert next_revocation(db, NOW) is None  # its next try is in a minute, whoever asks


def test_erasing_leaves_a_tombstone_and_a_confirmation_that_is_blanked_once_it_is_over(
    either: Database, linked: int
) -> None:
    with either.writing() as db:
        erase(db, KEYS, linked, confirmation(), NOW)
    with either.writing() as db:
        leased = lease_letter(db, NOW)
        assert leased
        assert [each.is_over for each in last_letters(db, NOW)] == [False]
        mark_sent(db, leased.id, NOW)
        assert [each.is_over for each in last_letters(db, NOW)] == [False]  # another may still be on its way
        assert [each.is_over for each in last_letters(db, NOW + timedelta(minutes=2))] == [True]
        blank(db, leased.id)
        assert last_letters(db, NOW) == []
    with either.reading() as db:
        tables = [table for table in SQLModel.metadata.sorted_tables if "runner_id" in table.columns]
        rows = {table.name: db.connection().execute(table.select()).all() for table in tables}
        assert sorted(name for name, found in rows.items() if found) == ["letter", "tombstone"]


def test_nothing_is_written_for_somebody_who_left(either: Database, linked: int) -> None:
    with either.writing() as db:
        erase(db, KEYS, linked, confirmation(), NOW)
    for write in (
        lambda db: write_activities(db, linked, activities("5"), NOW),
        lambda db: mark_changed(db, linked, None),
        lambda db: note_complete(db, linked, NOW),
        lambda db: held_tokens(db, KEYS, linked),
    ):
        with pytest.raises(Gone), either.writing() as db:
            write(db)


def test_a_number_that_was_erased_is_cleared_wherever_it_turns_up_again(either: Database, linked: int) -> None:
    with either.writing() as db:
        db.add(Tombstone(runner_id=linked, at=NOW))
    with either.writing() as db:
        drop_erased(db)
    with either.reading() as db:
        assert db.get(Runner, linked) is None


def test_only_a_permission_that_ended_runs_out_of_time(either: Database, linked: int, bob: int) -> None:
    with either.writing() as db:
        connected(db, bob)
        note_access(db, linked, Access.REVOKED, NOW, "")
        note_access(db, bob, Access.NEEDS_SCOPE, NOW, "")
    with either.reading() as db:
        assert overdue(db, NOW + TWO_DAYS - timedelta(seconds=1)) == []
        assert overdue(db, NOW + TWO_DAYS) == [linked]


def test_while_the_brake_is_on_nobody_runs_out_of_time(either: Database) -> None:
    with either.writing() as db:
        runners = lost(db, 3)
    with either.writing() as db:
        assert brake(db)
        assert [row.runner_id for row in held(db)] == runners
        assert overdue(db, NOW + 9 * TWO_DAYS) == []
        assert release(db, NOW + TWO_DAYS, TWO_DAYS, ask_again=False) == runners
    with either.reading() as db:
        assert brake(db) is None
        assert overdue(db, NOW + 2 * TWO_DAYS) == runners
        assert len(db.exec(select(Runner).where(col(Runner.alert_due))).all()) == 3
        with pytest.raises(UserError, match="not on"):
            release(db, NOW, TWO_DAYS, ask_again=True)
