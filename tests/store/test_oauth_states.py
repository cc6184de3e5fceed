"""An answer from Strava is taken once, and only while it is fresh."""

from datetime import timedelta

from sqlmodel import select

from monitor.store.database import Database
from monitor.store.oauth_states import begin, take
from monitor.store.strava_tables import OauthState
from tests.store.made import NOW

TEN_MINUTES, SECOND = timedelta(minutes=10), timedelta(seconds=1)


def sent_away(database: Database, runner_id: int, nonce: str, days: int = 0) -> None:
    with database.writing() as db:
        begin(db, runner_id, nonce, NOW + timedelta(days=days))


def test_an_answer_names_its_runner_once(either: Database, ann: int) -> None:
    sent_away(either, ann, "nonce")
    with either.writing() as db:
        assert [take(db, "nonce", NOW) for _ in range(2)] == [ann, None]


def test_an_answer_that_nobody_waits_for_is_nobodys(either: Database, ann: int) -> None:
    sent_away(either, ann, "nonce")
    with either.writing() as db:
        assert take(db, "another nonce", NOW) is None


def test_an_answer_is_taken_for_ten_minutes(either: Database, ann: int) -> None:
    for nonce in ("in time", "too late"):
        sent_away(either, ann, nonce)
    with either.writing() as db:
        assert take(db, "in time", NOW + TEN_MINUTES) == ann
        assert take(db, "too late", NOW + TEN_MINUTES + SECOND) is None


def test_what_nobody_came_back_for_goes_and_the_nonce_itself_is_never_kept(either: Database, ann: int) -> None:
    for days in range(3):
        sent_away(either, ann, f"nonce {days}", days)
    with either.reading() as db:
        [kept] = db.exec(select(OauthState)).all()
    assert kept.expires_at == NOW + timedelta(days=2) + TEN_MINUTES
    assert "nonce" not in kept.digest
