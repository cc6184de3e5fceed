"""Whoever coaches a team is told when that begins, changes and ends: over a real mail server, and never too often."""

from contextlib import ExitStack
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest

from jobs import deliver, leaving
from jobs.appointing import appoint, change_role, dismiss
from monitor.alerts.appointment import MAY
from monitor.errors import UserError
from monitor.store.coaches import add_coach, coaches
from monitor.store.invitation_limit import TO_AN_ADDRESS
from monitor.store.suspensions import suspend
from monitor.store.tables import Letter
from monitor.store.visitor import Role, forget
from tests.delivery.mailserver import Inbox
from tests.jobs.conftest import NOW, World
from tests.jobs.post import DAY, rows, served, states

OLGA, NORA, URL = "olga@example.org", "nora@example.org", "http://127.0.0.1:8000/teams/1"
WEEK = timedelta(days=7)
TYPED = "Win at https://evil.example"


@pytest.fixture
def club(world: World) -> World:
    """Olga owns the team; nobody has told her so."""
    with world.context.database.writing() as db:
        add_coach(db, "Olga 10.5 km", OLGA, "Team 19 Nov", role="owner")
    return world


def add(club: World, now: datetime = NOW, by: str | None = OLGA, timezone: str = "UTC", locale: str = "") -> bool:
    return appoint(club.context, "Team 19 Nov", TYPED, NORA, "coach", by, now, timezone=timezone, locale=locale)[1]


def nora(club: World) -> int:
    with club.context.database.reading() as db:
        return next(each.id or 0 for each in coaches(db) if each.email == NORA)


def arrived(inbox: Inbox) -> list[EmailMessage]:
    return [message_from_bytes(content, policy=policy.SMTP) for _, content in inbox.arrived]  # type: ignore[misc]


def said(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    assert body
    return " ".join(body.get_content().split())


def test_who_is_added_gets_another_role_and_is_removed_is_told_each_time(club: World, stack: ExitStack) -> None:
    inbox = Inbox()
    served(club, stack, inbox)
    add(club)
    change_role(club.context, nora(club), "viewer", OLGA, NOW)
    deliver.run(club.context, NOW)
    dismiss(club.context, nora(club), None, NOW)
    deliver.run(club.context, NOW)
    added, changed, removed = arrived(inbox)
    assert [recipients for recipients, _ in inbox.arrived] == [[NORA]] * 3
    assert [message["Subject"] for message in (added, changed, removed)] == [
        "You are a coach of Team 19 Nov on Hamwatch",
        "You are a viewer of Team 19 Nov on Hamwatch now",
        "You no longer coach Team 19 Nov on Hamwatch",
    ]
    by = f"Olga 10.5 km ({OLGA})"
    assert f"{by} entered you as a coach of the team Team 19 Nov." in said(added)
    assert f"{by} changed your role in the team Team 19 Nov: you were a coach, and are a viewer." in said(changed)
    for message, role in ((added, "coach"), (changed, "viewer")):
        assert MAY[role] in said(message)
        assert f"If that is a mistake, tell {by}" in said(message)
        assert URL in said(message)
    assert "Whoever runs Hamwatch for your club took you out" in said(removed)
    assert "You no longer see the team or any of its runners" in said(removed)
    assert "http" not in said(removed)


def test_what_was_typed_as_a_name_stands_in_no_mail(club: World) -> None:
    add(club)
    [letter] = rows(club)
    assert b"evil" not in letter.message
    assert letter.recipient == NORA


def test_the_change_and_its_mail_are_one_commit_and_what_changes_nothing_tells_nothing(club: World) -> None:
    with pytest.raises(UserError, match="only owner"):
        dismiss(club.context, 1, None, NOW)
    with pytest.raises(UserError, match="no coach"):
        change_role(club.context, 1, "owner", None, NOW, team_id=2)
    add(club)
    with pytest.raises(UserError, match="already"):
        add(club)
    assert change_role(club.context, nora(club), "coach", OLGA, NOW)
    assert len(rows(club)) == 1


def test_at_night_it_waits_for_the_morning_of_its_reader_and_is_dated_there(club: World, stack: ExitStack) -> None:
    inbox = Inbox()
    served(club, stack, inbox)
    add(club, now=NOW.replace(hour=21), timezone="Europe/Paris", locale="de-DE")
    assert deliver.run(club.context, NOW.replace(hour=21)) == 0
    morning = rows(club)[0].due_at
    assert morning == datetime.fromisoformat("2026-10-01T05:00Z")
    assert deliver.run(club.context, morning) == 1
    [message] = arrived(inbox)
    assert message["Date"] == "Thu, 01 Oct 2026 07:00:00 +0200"
    assert "Team 19 Nov" in message["Subject"]
    assert "held up" not in said(message)


def test_a_suspended_address_rests(club: World) -> None:
    with club.context.database.writing() as db:
        suspend(db, NORA, "550 no such user", NOW)
    add(club)
    assert deliver.run(club.context, NOW) == 0
    assert states(club) == ["suspended"]


def test_an_address_that_is_added_and_removed_again_and_again_is_not_flooded(club: World) -> None:
    told = []
    for n in range(TO_AN_ADDRESS):
        for act in (add, lambda each, now: dismiss(each.context, nora(each), None, now)):
            told.append(act(club, now=NOW + timedelta(minutes=len(told))))
            assert deliver.run(club.context, NOW + timedelta(minutes=len(told))) == told[-1], n
    assert told == [True] * TO_AN_ADDRESS + [False] * TO_AN_ADDRESS
    assert len(club.sent) == TO_AN_ADDRESS
    with club.context.database.reading() as db:
        assert [each.email for each in coaches(db)] == [OLGA], "a limit on mails keeps nobody in"
    assert add(club, now=NOW + DAY + timedelta(hours=1))


def test_what_waits_is_not_sent_to_whoever_was_removed_meanwhile(club: World) -> None:
    add(club)
    dismiss(club.context, nora(club), OLGA, NOW)
    deliver.run(club.context, NOW)
    assert club.subjects == ["You no longer coach Team 19 Nov on Hamwatch"]


@pytest.mark.parametrize("state", ["sent", "failed", "suspended", "queued"])
def test_the_address_of_whoever_was_removed_is_kept_for_a_week(club: World, state: str) -> None:
    add(club)
    dismiss(club.context, nora(club), OLGA, NOW)
    with club.context.database.writing() as db:
        db.get_one(Letter, rows(club)[0].id).state = state
    leaving.run(club.context, NOW + WEEK - timedelta(seconds=1))
    assert states(club) == [state]
    leaving.run(club.context, NOW + WEEK)
    assert states(club) == []


def test_it_goes_with_whatever_else_is_kept_for_an_address_that_nobody_has_any_more(club: World) -> None:
    add(club)
    dismiss(club.context, nora(club), OLGA, NOW)
    with club.context.database.writing() as db:
        forget(db, NORA)
    assert rows(club) == []


def test_every_role_has_its_words() -> None:
    assert set(MAY) == set(Role)
