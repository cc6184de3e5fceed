"""Invitations: one use, seven days, 128 bit, and nothing of whoever was asked stays."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlmodel import select

from monitor.errors import UserError
from monitor.store.consents import Subject, consent
from monitor.store.database import Database
from monitor.store.invitation_limit import OF_A_SENDER, TO_AN_ADDRESS, count_mail
from monitor.store.invitation_tables import Invitation, InvitationMailed
from monitor.store.invitations import (
    BYTES,
    KEPT,
    LIFE,
    accept,
    decline,
    drop_old,
    invitations,
    invite,
    invite_runner,
    new_token,
    opened,
    renew,
    take_back,
)
from monitor.store.people import people
from monitor.store.visitor import forget
from tests.store.made import NOW

HARRIERS, OTHER = 1, 2
ZOE = ("Zoe", "zoe@example.org")


@pytest.fixture
def token(either: Database, ann: int) -> str:
    """What opens an invitation of Zoe to the Harriers, of whom Ann is one."""
    with either.writing() as db:
        invite(db, HARRIERS, *ZOE, token := new_token(), NOW)
    return token


def accepted(database: Database, token: str, guest: int | None = None) -> int:
    with database.writing() as db:
        return accept(db, token, guest, "Zoe", "UTC", "2026-11", NOW).id


def test_a_token_has_128_bit_and_only_its_digest_is_kept(either: Database, token: str) -> None:
    assert BYTES * 8 == 128
    with either.reading() as db:
        [row] = invitations(db, HARRIERS)
    assert token not in row.model_dump_json()


def test_whoever_accepts_is_a_runner_of_the_team_and_shares(either: Database, token: str) -> None:
    zoe = accepted(either, token)
    with either.reading() as db:
        assert [each.id for each in people(db, HARRIERS)][-1] == zoe
        assert consent(db, zoe, Subject.TEAM)
        assert invitations(db, HARRIERS) == []


def test_attack_2_an_invitation_opens_once_and_before_that_there_is_no_such_runner(
    either: Database, token: str
) -> None:
    with either.reading() as db:
        assert len(people(db, HARRIERS)) == 1
    accepted(either, token)
    with pytest.raises(UserError, match="was used before"):
        accepted(either, token)
    with either.reading() as db:
        assert len(people(db, HARRIERS)) == 2


def test_of_five_who_accept_at_once_one_does(either: Database, token: str) -> None:
    def attempt(_: int) -> bool:
        try:
            return bool(accepted(either, token))
        except UserError:
            return False

    with ThreadPoolExecutor(5) as presses:
        assert sorted(presses.map(attempt, range(5))) == [False] * 4 + [True]
    with either.reading() as db:
        assert len(people(db, HARRIERS)) == 2


def test_it_ends_after_seven_days_can_be_sent_again_and_is_forgotten_after_thirty(either: Database, token: str) -> None:
    with either.writing() as db, pytest.raises(UserError):
        opened(db, token, NOW + LIFE)
    with either.writing() as db:
        [row] = invitations(db, HARRIERS)
        renew(db, HARRIERS, row.id or 0, again := new_token(), NOW + LIFE)
        assert opened(db, again, NOW + LIFE + timedelta(days=6))
        with pytest.raises(UserError):
            opened(db, token, NOW + timedelta(days=1))
        drop_old(db, NOW + LIFE + KEPT)
        assert invitations(db, HARRIERS) == []


def test_the_same_person_is_asked_by_one_invitation_however_often(either: Database, token: str) -> None:
    with either.writing() as db:
        invite(db, HARRIERS, "Zoe", "ZOE@example.org", new_token(), NOW)
        assert len(invitations(db, HARRIERS)) == 1
        with pytest.raises(UserError):
            opened(db, token, NOW)


@pytest.mark.parametrize("number", [1, 999])
def test_another_team_has_no_hand_in_it(either: Database, token: str, number: int) -> None:
    with either.writing() as db:
        for act in (lambda: take_back(db, OTHER, number), lambda: renew(db, OTHER, number, new_token(), NOW)):
            with pytest.raises(UserError, match="no such invitation"):
                act()
        assert opened(db, token, NOW)


def test_what_is_taken_back_or_declined_opens_nothing(either: Database, token: str) -> None:
    with either.writing() as db:
        take_back(db, HARRIERS, 1)
        invite(db, HARRIERS, *ZOE, second := new_token(), NOW)
        decline(db, second, NOW)
        for each in (token, second):
            with pytest.raises(UserError):
                opened(db, each, NOW)
        assert not db.exec(select(Invitation)).all()


def test_the_operators_invitation_of_a_runner_tells_the_team_no_name(either: Database, ann: int) -> None:
    with either.writing() as db:
        invite_runner(db, ann, token := new_token(), NOW)
        assert invitations(db, HARRIERS) == []
    assert accepted(either, token, ann) == ann


def test_so_many_are_mailed_in_a_day_and_to_one_address_and_no_more(either: Database) -> None:
    with either.writing() as db:
        for _ in range(TO_AN_ADDRESS):
            count_mail(db, "cora@example.org", "zoe@example.org", NOW)
        with pytest.raises(UserError, match="20 invitations a day, and 3 of them to one address"):
            count_mail(db, "Cora@example.org", "ZOE@example.org", NOW)
        for n in range(OF_A_SENDER - TO_AN_ADDRESS):
            count_mail(db, "cora@example.org", f"{n}@example.org", NOW)
        with pytest.raises(UserError):
            count_mail(db, "cora@example.org", "new@example.org", NOW)
        count_mail(db, "otto@example.org", "zoe@example.org", NOW)
        count_mail(db, "cora@example.org", "zoe@example.org", NOW + timedelta(days=1))
        drop_old(db, NOW + timedelta(days=2))
        assert not db.exec(select(InvitationMailed)).all()


def test_whoever_is_erased_leaves_no_invitation_behind(either: Database, token: str) -> None:
    with either.writing() as db:
        forget(db, "Zoe@example.org")
        assert invitations(db, HARRIERS) == []
