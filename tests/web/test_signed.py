"""Whoever is signed in is known from their last look, as long as nothing was written, and no longer."""

from datetime import timedelta

import pytest

from monitor.rules import RULES
from monitor.settings import without_environment
from monitor.store.coaches import add_coach, coaches
from monitor.store.roles import remove_coach, set_role
from monitor.store.sessions import IDLE, Identity, begin_session, end_session
from monitor.store.sign_ins import Way
from monitor.store.visitor import Role
from monitor.web.app import create_app
from monitor.web.signed import signed
from tests.web.club import NOW

CORA = Identity(address="cora@example.org")


@pytest.fixture
def opened():
    """A mark for each time that the database was asked."""
    return []


@pytest.fixture
def shell(empty, opened):
    def counted():
        opened.append(1)
        return empty.reading()

    settings = without_environment({"web": {"base_url": "https://club.example"}})
    return create_app(counted, empty.commits, RULES, lambda: NOW, settings).state.shell


@pytest.fixture
def token(empty):
    """Cora, who coaches the Harriers, signed in a minute ago."""
    with empty.writing() as db:
        add_coach(db, "Cora", CORA.address, "Harriers")
        return begin_session(db, CORA, Way.MAIL.value, "a browser", NOW - timedelta(minutes=1))


def test_while_nothing_is_written_nobody_is_looked_up_again(shell, token, opened):
    first = signed(shell, token, NOW)
    assert first.visitor.teams == {1: Role.COACH}
    assert signed(shell, token, NOW) is first
    assert len(opened) == 1


def test_a_session_ends_by_itself_though_nothing_is_written(shell, token):
    last = NOW - timedelta(minutes=1) + IDLE
    assert signed(shell, token, last - timedelta(seconds=1)) is not None
    assert signed(shell, token, last) is None


@pytest.mark.parametrize(
    ("change", "teams"),
    [
        pytest.param(lambda db: set_role(db, coaches(db)[0], "viewer"), {1: Role.VIEWER}, id="another role"),
        pytest.param(lambda db: remove_coach(db, coaches(db)[0]), None, id="removed"),
        pytest.param(lambda db: end_session(db, CORA, 1), None, id="a session ended elsewhere"),
    ],
)
def test_attack_8_what_changed_holds_at_the_next_look(empty, shell, token, change, teams):
    signed(shell, token, NOW)
    with empty.writing() as db:
        change(db)
    found = signed(shell, token, NOW)
    assert (found.visitor.teams if found else None) == teams


def test_a_token_that_was_never_given_is_nobodys(shell, token):
    assert signed(shell, "never given", NOW) is None
    assert signed(shell, token, NOW) is not None
