"""A consent holds from when it was given to when it was withdrawn, and the record keeps both."""

from datetime import UTC, datetime, timedelta

import pytest

from monitor.store.consents import Subject, consent, consents, give, withdraw
from monitor.store.database import Database
from monitor.store.people import add_runner

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
LATER = NOW + timedelta(days=3)


@pytest.fixture
def ada(either: Database) -> int:
    with either.writing() as db:
        return add_runner(db, "Ada", "ada@example.org", "UTC", "Club", NOW).id


def test_nothing_is_agreed_to_at_first(either: Database, ada: int) -> None:
    with either.reading() as db:
        assert consent(db, ada, Subject.TEAM) is None


def test_a_consent_is_to_one_thing_and_says_since_when(either: Database, ada: int) -> None:
    with either.writing() as db:
        give(db, ada, Subject.TEAM, "2026-06", NOW)
    with either.reading() as db:
        held = consent(db, ada, Subject.TEAM)
        assert held
        assert held.at == NOW
        assert consent(db, ada, Subject.STRAVA) is None


def test_agreeing_twice_to_the_same_words_keeps_the_first_date(either: Database, ada: int) -> None:
    for moment in (NOW, LATER):
        with either.writing() as db:
            give(db, ada, Subject.TEAM, "2026-06", moment)
    with either.reading() as db:
        assert [each.at for each in consents(db, ada)] == [NOW]


def test_new_words_are_agreed_to_anew(either: Database, ada: int) -> None:
    for wording, moment in (("2026-06", NOW), ("2026-07", LATER)):
        with either.writing() as db:
            give(db, ada, Subject.TEAM, wording, moment)
    with either.reading() as db:
        assert [each.wording for each in consents(db, ada)] == ["2026-06", "2026-07"]


def test_withdrawing_ends_it_and_the_record_keeps_both(either: Database, ada: int) -> None:
    with either.writing() as db:
        give(db, ada, Subject.TEAM, "2026-06", NOW)
    with either.writing() as db:
        withdraw(db, ada, Subject.TEAM, LATER)
        withdraw(db, ada, Subject.TEAM, LATER)
    with either.reading() as db:
        assert consent(db, ada, Subject.TEAM) is None
        assert [(each.given, each.at) for each in consents(db, ada)] == [(True, NOW), (False, LATER)]
