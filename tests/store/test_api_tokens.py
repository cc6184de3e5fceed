"""Keys to the API: shown once, of one holder, and ended with them."""

import pytest
import sqlalchemy as sa
from sqlmodel import col, select

from monitor.errors import Gone, UserError
from monitor.store.api_tables import ApiToken
from monitor.store.api_tokens import Holder, add_token, holder, revoke_token, tokens
from monitor.store.coaches import add_coach
from monitor.store.database import Database
from monitor.store.tables import Coach, Runner
from tests.store.made import NOW


def test_a_token_tells_whose_it_is_and_only_its_digest_is_kept(either: Database, ann: int) -> None:
    with either.writing() as db:
        coach = add_coach(db, "Cora", "cora@example.org", "Harriers")
        made = [
            add_token(db, NOW, runner_id=ann, read_only=True)[1],
            add_token(db, NOW, coach_id=coach.id)[1],
            add_token(db, NOW)[1],
        ]
    with either.reading() as db:
        assert [holder(db, each) for each in made] == [
            Holder(1, runner_id=ann, read_only=True),
            Holder(2, coach_id=coach.id, team_id=coach.team_id),
            Holder(3),
        ]
        kept = str([each.model_dump() for each in tokens(db)])
    assert not any(each in kept for each in made)


def test_only_who_is_neither_runner_nor_coach_is_the_operator() -> None:
    assert Holder(1).is_operator
    assert not Holder(1, runner_id=7).is_operator
    assert not Holder(1, coach_id=7).is_operator


@pytest.mark.parametrize("token", ["", "hamwatch_", "ä", "hamwatch_" + "x" * 10_000])
def test_what_was_never_given_opens_nothing(either: Database, token: str) -> None:
    with either.reading() as db:
        assert holder(db, token) is None


def test_a_revoked_token_opens_nothing(either: Database, ann: int) -> None:
    with either.writing() as db:
        row, token = add_token(db, NOW, runner_id=ann)
        revoke_token(db, row.id or 0)
        assert holder(db, token) is None
        with pytest.raises(UserError, match="no token"):
            revoke_token(db, row.id or 0)


def test_tokens_go_with_their_holder(either: Database, ann: int) -> None:
    with either.writing() as db:
        coach = add_coach(db, "Cora", "cora@example.org", "Harriers")
        add_token(db, NOW, runner_id=ann)
        add_token(db, NOW, coach_id=coach.id)
        db.execute(sa.delete(Runner).where(col(Runner.id) == ann))
        db.execute(sa.delete(Coach).where(col(Coach.id) == coach.id))
        assert db.exec(select(ApiToken)).all() == []


def test_nobody_gets_a_token_who_is_not_there(either: Database) -> None:
    with either.writing() as db, pytest.raises(Gone):
        add_token(db, NOW, runner_id=99)
    with either.writing() as db, pytest.raises(UserError, match="no coach 99"):
        add_token(db, NOW, coach_id=99)
