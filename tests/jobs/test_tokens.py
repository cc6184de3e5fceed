"""Tokens: refreshed in time, by one asker, and kept before they are used."""

import threading
from datetime import timedelta

import pytest

from jobs import tokens
from monitor.errors import AccessRevoked, SourceUnavailable
from monitor.rules.freshness import Access
from monitor.sources.strava import Strava
from monitor.sources.strava_listing import Listing
from monitor.store.connections import held_tokens
from tests.jobs.conftest import NOW, World

SEVEN_HOURS = timedelta(hours=7)


def test_a_token_with_less_than_an_hour_left_is_refreshed_before_it_is_used(world: World) -> None:
    person = world.join(world.athlete("8 8"))
    world.sandbox.now = lambda: NOW + SEVEN_HOURS
    world.pull(person, NOW + SEVEN_HOURS)
    assert [asked.path for asked in world.sandbox.requests].count("/oauth/token") == 2  # consent, refresh
    assert len(world.runs(person)) == 2


def test_the_rotated_refresh_token_is_stored_before_the_new_access_token_is_used(world: World) -> None:
    """T2."""
    person = world.join(world.athlete("8 8"))
    later = NOW + SEVEN_HOURS
    world.sandbox.now = lambda: later
    stored: list[str] = []

    def ask(access: str) -> None:
        with world.context.database.reading() as db:
            held = held_tokens(db, world.context.keys, person.id)
        assert held.access == access
        stored.append(held.refresh)

    with world.context.database.reading() as db:
        old = held_tokens(db, world.context.keys, person.id).refresh
    tokens.with_token(world.context, person.id, later, ask)
    assert stored != [old]


def test_a_refused_token_is_refreshed_once_and_tried_once_more(world: World) -> None:
    """N9."""
    person = world.join(world.athlete("8 8"))
    tried: list[str] = []

    def ask(access: str) -> None:
        tried.append(access)
        raise AccessRevoked("no")

    with pytest.raises(AccessRevoked):
        tokens.with_token(world.context, person.id, NOW, ask)
    assert len(tried) == len(set(tried)) == 2


def test_a_dead_refresh_token_means_reconnect_and_is_not_asked_again(world: World) -> None:
    """N10."""
    athlete = world.athlete("8 8")
    person = world.join(athlete)
    with world.context.database.reading() as db:
        dead = held_tokens(db, world.context.keys, person.id).refresh
    world.context.strava.refresh(dead, NOW)  # somebody else rotated it
    world.sandbox.now = lambda: NOW + SEVEN_HOURS
    world.pull(person, NOW + SEVEN_HOURS)
    assert world.connection(person).access == Access.REVOKED


def test_a_wrong_client_secret_revokes_nobody(world: World) -> None:
    person = world.join(world.athlete("8 8"))
    world.sandbox.client_secret = "another one"
    world.sandbox.now = lambda: NOW + SEVEN_HOURS
    world.pull(person, NOW + SEVEN_HOURS)
    assert world.connection(person).access == Access.OK
    assert "client" in world.connection(person).failure


def test_tokens_lie_sealed_in_the_database(world: World) -> None:
    person = world.join(world.athlete("8 8"))
    with world.context.database.reading() as db:
        held = held_tokens(db, world.context.keys, person.id)
    row = world.connection(person)
    assert held.access.encode() not in row.access_sealed
    assert held.refresh.encode() not in row.refresh_sealed
    assert held.access not in repr(held)


def test_a_token_sealed_with_a_lost_key_asks_for_reconnecting(world: World) -> None:
    person = world.join(world.athlete("8 8"))
    with world.context.database.writing() as db:
        row = db.merge(world.connection(person))
        row.access_sealed = row.refresh_sealed  # as good as sealed for another place
    world.pull(person)
    assert world.connection(person).access == Access.NEEDS_REAUTH


def test_many_askers_at_once_refresh_one_token_once(world: World) -> None:
    """T1."""
    person = world.join(world.athlete("8 8"))
    later = NOW + SEVEN_HOURS
    world.sandbox.now = lambda: later
    used: list[str] = []
    start = threading.Barrier(8)

    def ask_for_a_token() -> None:
        start.wait()
        try:
            tokens.with_token(world.context, person.id, later, used.append)
        except SourceUnavailable:
            used.append("later")

    askers = [threading.Thread(target=ask_for_a_token) for _ in range(8)]
    for asker in askers:
        asker.start()
    for asker in askers:
        asker.join()
    token_calls = [asked for asked in world.sandbox.requests if asked.path == "/oauth/token"]
    assert [asked.status for asked in token_calls] == [200, 200]  # consent, and one refresh
    assert len(set(used) - {"later"}) == 1


def test_no_transaction_is_open_while_the_network_is_asked(world: World) -> None:
    person = world.join(world.athlete("8 8"))
    listed = Strava.list_activities

    def ask(access: str) -> Listing:
        with world.context.database.writing():  # would wait for ever if the caller held the write lock
            return listed(world.context.strava, access, NOW - timedelta(days=9), NOW, NOW)

    assert len(tokens.with_token(world.context, person.id, NOW, ask).activities) == 2
