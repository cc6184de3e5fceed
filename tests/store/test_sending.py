"""Sending: each letter leaves once, when it may, and is tried again where it did not get through."""

from datetime import datetime, timedelta

import pytest

from monitor.alerts.units import Units
from monitor.store.consents import Subject, withdraw
from monitor.store.database import Database
from monitor.store.outbox import letters, queue_letter
from monitor.store.own_settings import set_own
from monitor.store.sending import Leased, lease_letter, mark_failed, mark_sent
from tests.delivery.mailserver import mail
from tests.store.made import NOW, TOMORROW, connected

SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)


def queue(database: Database, runner_id: int, episode: str = "1/spike", due_at: datetime = NOW) -> int | None:
    with database.writing() as db:
        return queue_letter(db, runner_id, "findings", episode, mail(), NOW, due_at)


def lease(database: Database, now: datetime = NOW) -> Leased | None:
    with database.writing() as db:
        return lease_letter(db, now)


def fail(database: Database, letter: Leased, now: datetime, *, permanent: bool = False) -> bool:
    with database.writing() as db:
        return mark_failed(db, letter, "450 come again", now, permanent=permanent)


@pytest.fixture
def leased(either: Database, ann: int) -> Leased:
    """A letter to Ada that somebody is about to send."""
    queue(either, ann)
    letter = lease(either)
    assert letter
    return letter


def test_a_letter_comes_out_as_it_went_in(leased: Leased) -> None:
    assert leased.recipient == "Ada <ada@example.org>"
    assert leased.message["Subject"] == "Yesterday's 22.7 km"
    assert leased.message["Message-ID"] == "<alert-7@example.org>"
    assert "Hello Zoë" in leased.message.get_content()
    assert (leased.attempts, leased.decided_at) == (1, NOW)


@pytest.mark.parametrize(("own", "leaves"), [(None, True), ((0, 23), False), ((5, 5), True)])
def test_a_runners_own_quiet_hours_beat_those_of_everybody(
    either: Database, ann: int, own: tuple[int, int] | None, leaves: bool
) -> None:
    queue(either, ann)
    everybody = (0, 23) if own == (5, 5) else (0, 0)
    with either.writing() as db:
        set_own(db, ann, timezone="UTC", quiet=own, units=Units.KM)
    with either.writing() as db:
        assert (lease_letter(db, NOW, everybody) is not None) == leaves


def test_a_letter_is_not_sent_before_it_is_due(either: Database, ann: int) -> None:
    queue(either, ann, due_at=TOMORROW)
    assert lease(either, TOMORROW - SECOND) is None
    assert lease(either, TOMORROW) is not None


def test_what_is_due_first_goes_first(either: Database, ann: int) -> None:
    late, early = (queue(either, ann, str(n), due_at) for n, due_at in enumerate((TOMORROW, NOW)))
    assert [getattr(lease(either, TOMORROW), "id", None) for _ in range(3)] == [early, late, None]


def test_a_letter_that_somebody_sends_is_nobody_elses_until_the_lease_runs_out(
    either: Database, leased: Leased
) -> None:
    assert lease(either, NOW + 2 * MINUTE) is None
    again = lease(either, NOW + 2 * MINUTE + SECOND)
    assert again
    assert (again.id, again.attempts) == (leased.id, 2)


def test_a_letter_that_was_sent_never_goes_again(either: Database, leased: Leased) -> None:
    with either.writing() as db:
        mark_sent(db, leased.id, NOW)
    assert lease(either, NOW + timedelta(days=30)) is None
    with either.reading() as db:
        assert [row.sent_at for row in letters(db, "sent")] == [NOW]


def next_try(database: Database) -> datetime:
    with database.reading() as db:
        return letters(db)[0].due_at


def test_tries_follow_after_1_5_15_30_and_60_minutes(either: Database, ann: int) -> None:
    queue(either, ann)
    now, waits = NOW, []
    for _ in range(7):
        letter = lease(either, now)
        assert letter
        assert not fail(either, letter, now)
        waits.append((next_try(either) - now) / MINUTE)
        now = next_try(either)
    assert waits == [1, 5, 15, 30, 60, 60, 60]


def test_a_letter_is_given_up_two_days_after_it_was_decided(either: Database, leased: Leased) -> None:
    assert not fail(either, leased, NOW + timedelta(hours=47))
    again = lease(either, NOW + timedelta(hours=48))
    assert again
    assert fail(either, again, NOW + timedelta(hours=48))
    assert lease(either, NOW + timedelta(days=9)) is None


def test_a_letter_refused_for_good_is_given_up_at_once_with_its_reason(either: Database, leased: Leased) -> None:
    assert fail(either, leased, NOW, permanent=True)
    with either.reading() as db:
        assert [(row.state, row.error) for row in letters(db)] == [("failed", "450 come again")]


def needing(database: Database, runner_id: int, needs: Subject | None, episode: str) -> int | None:
    with database.writing() as db:
        return queue_letter(db, runner_id, "findings", episode, mail(), NOW, NOW, needs)


def test_a_letter_leaves_while_the_consent_it_needs_is_in_force(either: Database, ann: int) -> None:
    with either.writing() as db:
        connected(db, ann)
    queued = needing(either, ann, Subject.STRAVA, "1/spike")
    assert getattr(lease(either), "id", None) == queued


def test_a_letter_whose_consent_was_withdrawn_is_cancelled_and_the_next_one_goes(
    either: Database, ann: int, bob: int
) -> None:
    with either.writing() as db:
        for each in (ann, bob):
            connected(db, each)
    needing(either, ann, Subject.STRAVA, "1/spike")
    rests_on_files = needing(either, ann, None, "1/rest")
    of_bob = needing(either, bob, Subject.STRAVA, "2/spike")
    with either.writing() as db:
        withdraw(db, ann, Subject.STRAVA, NOW)
    assert [getattr(lease(either), "id", None) for _ in range(3)] == [rests_on_files, of_bob, None]
    with either.reading() as db:
        assert [(row.episode, row.error) for row in letters(db, "cancelled")] == [
            ("1/spike", "the consent to strava is not in force")
        ]


def test_a_cancelled_letter_stays_cancelled_when_consent_is_given_again(either: Database, ann: int) -> None:
    needing(either, ann, Subject.STRAVA, "1/spike")
    assert lease(either) is None
    with either.writing() as db:
        connected(db, ann)
    assert lease(either, TOMORROW) is None
