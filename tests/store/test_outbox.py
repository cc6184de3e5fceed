"""The outbox: nothing is told twice, and nothing that was decided is lost."""

from contextlib import suppress

from monitor.alerts.policy import Told
from monitor.model import Finding, Level
from monitor.store.database import Database
from monitor.store.outbox import letters, note_told, queue_letter, told
from tests.delivery.mailserver import mail
from tests.store.made import NOW


def queue(database: Database, runner_id: int) -> int | None:
    with database.writing() as db:
        return queue_letter(db, runner_id, "findings", "1/spike", mail(), NOW, NOW)


def test_the_same_episode_is_queued_once(either: Database, ann: int) -> None:
    assert queue(either, ann) is not None
    assert queue(either, ann) is None
    with either.reading() as db:
        assert len(letters(db)) == 1


def test_what_a_letter_told_is_remembered(either: Database, ann: int, bob: int) -> None:
    day, letter_id = NOW.date(), queue(either, ann)
    assert letter_id is not None
    with either.writing() as db:
        for level in (Level.WATCH, Level.CAUTION):  # told first, and told again because it became worse
            note_told(db, ann, [Finding("single_session_spike", day, level, 1.42)], "first", letter_id, NOW)
        assert sorted(told(db, ann), key=lambda notice: notice.level) == [
            Told("single_session_spike", day, Level.WATCH, NOW),
            Told("single_session_spike", day, Level.CAUTION, NOW),
        ]
        assert told(db, bob) == []


def test_a_decision_that_fails_half_way_leaves_no_letter(either: Database, ann: int) -> None:
    with suppress(RuntimeError), either.writing() as db:
        queue_letter(db, ann, "findings", "1/spike", mail(), NOW, NOW)
        raise RuntimeError("half-way")
    with either.reading() as db:
        assert list(letters(db)) == []
