"""Signs of life, and who tells the operator of an outage."""

from datetime import UTC, datetime, timedelta

from monitor.store import outages
from monitor.store.database import Database
from monitor.store.heartbeats import beat, beats, forget, signs
from monitor.store.outbox import queue_letter
from monitor.store.sending import lease_letter, mark_failed
from monitor.watch import Late, Part, Signs
from tests.delivery.mailserver import mail
from tests.store.made import NOW, connected

SECOND, MINUTE, HOUR, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
SILENCE = 45 * SECOND
WORKER = Late(Part.WORKER, NOW, "The worker is dead.")


def beaten(database: Database, at: datetime) -> datetime:
    with database.writing() as db:
        since = beat(db, Part.WEB, at, SILENCE)
    assert since
    return since


def seen(database: Database, now: datetime) -> Signs:
    with database.reading() as db:
        return signs(db, now)


def claimed(database: Database, now: datetime) -> int | None:
    with database.writing() as db:
        found = outages.claim(db, WORKER, now)
    return found.times if found else None


def told(database: Database, now: datetime) -> None:
    with database.writing() as db:
        outages.told(db, Part.WORKER, now)


def test_a_part_is_awake_since_its_last_long_silence(either: Database) -> None:
    assert beaten(either, NOW) == NOW
    assert beaten(either, NOW + 45 * SECOND) == NOW
    assert beaten(either, NOW + 91 * SECOND) == NOW + 91 * SECOND
    assert seen(either, NOW).web == NOW + 91 * SECOND


def test_a_part_that_one_process_does_belongs_to_it_until_it_is_silent(either: Database) -> None:
    """M9."""

    def leads(owner: str, seconds: float) -> bool:
        with either.writing() as db:
            return beat(db, Part.WORKER, NOW + seconds * SECOND, SILENCE, owner) is not None

    assert leads("one", 0)
    assert not leads("two", 1)
    assert leads("one", 40)
    assert not leads("two", 85)
    assert leads("two", 86)
    assert not leads("one", 87)


def test_a_sign_of_life_after_2038_is_kept(either: Database) -> None:
    """S12."""
    later = datetime(2040, 1, 1, tzinfo=UTC)
    beaten(either, later)
    assert seen(either, later).web == later


def test_of_what_has_never_run_nothing_is_expected(either: Database, ann: int) -> None:
    assert seen(either, NOW + DAY) == Signs()


def test_a_half_that_was_forgotten_is_not_expected(either: Database) -> None:
    beaten(either, NOW)
    with either.writing() as db:
        forget(db, Part.WEB)
        assert beats(db) == {}


def test_before_the_first_pass_its_time_runs_from_when_there_was_somebody_to_look_after(
    either: Database, ann: int
) -> None:
    with either.writing() as db:
        connected(db, ann)
    first = seen(either, NOW).last_pass
    assert first is not None
    with either.writing() as db:
        beat(db, Part.WORKER, NOW, SILENCE)
    assert seen(either, NOW).last_pass == first


def test_a_letter_waits_from_when_it_was_due_and_each_try_counts(either: Database, ann: int) -> None:
    with either.writing() as db:
        queue_letter(db, ann, "findings", "1", mail(), NOW, NOW + HOUR)
    assert seen(either, NOW + 59 * MINUTE).oldest_due is None
    assert seen(either, NOW + 2 * HOUR).oldest_due == NOW + HOUR
    with either.writing() as db:
        letter = lease_letter(db, NOW + 2 * HOUR)
        assert letter
    assert seen(either, NOW + 2 * HOUR).oldest_due is None
    assert seen(either, NOW + 3 * HOUR).oldest_due == NOW + 2 * HOUR + 120 * SECOND  # its sender died
    with either.writing() as db:
        mark_failed(db, letter, "450 later", NOW + 3 * HOUR, permanent=False)
    assert seen(either, NOW + 3 * HOUR).oldest_due is None


def test_an_outage_is_told_by_one_and_again_each_day(either: Database) -> None:
    assert claimed(either, NOW) == 0
    assert claimed(either, NOW) is None
    told(either, NOW)
    assert claimed(either, NOW + 23 * HOUR) is None
    assert claimed(either, NOW + 24 * HOUR) == 1


def test_a_mail_that_was_not_taken_is_tried_again_soon(either: Database) -> None:
    assert claimed(either, NOW) == 0
    assert claimed(either, NOW + 4 * MINUTE) is None
    assert claimed(either, NOW + 5 * MINUTE) == 0  # the same mail again, by its number


def test_an_outage_that_ended_is_told_anew_when_it_comes_again(either: Database) -> None:
    claimed(either, NOW)
    told(either, NOW)
    with either.writing() as db:
        outages.end(db, [WORKER])
    assert claimed(either, NOW + HOUR) is None
    with either.writing() as db:
        outages.end(db, [])
    assert claimed(either, NOW + HOUR) == 0
