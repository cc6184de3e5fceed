"""An alert on its whole way: from a run at Strava into a person's mailbox, over a real mail server."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest

from jobs import deliver
from monitor.delivery import sender
from monitor.store.outbox import letters
from monitor.store.status import status
from tests.delivery.mailserver import Inbox, running
from tests.jobs.conftest import NOW, World

SPIKE_YESTERDAY = "8 - 8 - 10 - - " * 5 + "8 - 8 - 10 - 14.2"
MINUTE = timedelta(minutes=1)


@pytest.fixture
def ada(world: World) -> World:
    """A world in which Ada ran too far yesterday."""
    world.join(world.athlete(SPIKE_YESTERDAY))
    return world


@contextmanager
def mailing(world: World, inbox: Inbox) -> Iterator[None]:
    """Letters leave through a mail server that takes them into *inbox*."""
    with running(inbox) as port:
        mail = {"host": "127.0.0.1", "port": port, "security": "plain", "username": None, "password": None}
        world.context = replace(world.context, send=sender(**mail, spool_folder=Path("not used")))
        yield


def arrived(inbox: Inbox) -> list[EmailMessage]:
    return [message_from_bytes(content, policy=policy.SMTP) for _, content in inbox.arrived]  # type: ignore[misc]


def states(world: World) -> list[tuple[str, str]]:
    with world.context.database.reading() as db:
        return [(letter.state, letter.error) for letter in letters(db)]


def test_yesterdays_long_run_arrives_as_a_mail_with_text_page_and_picture(ada: World) -> None:
    inbox = Inbox()
    with mailing(ada, inbox):
        ada.one_pass()
    [(recipients, _)], [message] = inbox.arrived, arrived(inbox)
    assert recipients == ["ada@example.org"]
    assert message["To"] == "Ada Test <ada@example.org>"
    assert message["Subject"] == "Yesterday's 14.2 km was 42 % beyond your longest in 30 days"
    assert message["Auto-Submitted"] == "auto-generated"
    assert [part.get_content_type() for part in message.walk() if not part.is_multipart()] == [
        "text/plain",
        "text/html",
        "image/png",
    ]


def test_the_picture_in_the_mail_is_the_one_that_the_page_shows(ada: World) -> None:
    inbox = Inbox()
    with mailing(ada, inbox):
        ada.one_pass()
    html, picture = list(arrived(inbox)[0].walk())[-2:]
    assert f"cid:{picture['Content-ID'].strip('<>')}" in html.get_content()
    assert picture.get_content().startswith(b"\x89PNG")


def test_a_mail_that_arrived_is_never_sent_again(ada: World) -> None:
    inbox = Inbox()
    with mailing(ada, inbox):
        ada.one_pass()
        ada.one_pass(NOW + timedelta(hours=3))
        assert deliver.run(ada.context, NOW + timedelta(days=2)) == 0
    assert len(inbox.arrived) == 1
    assert states(ada) == [("sent", "")]


def test_a_greylisted_mail_waits_a_minute_and_arrives(ada: World) -> None:
    with mailing(ada, Inbox(rcpt="450 4.2.0 greylisted, come again")):
        ada.one_pass()
    [(state, error)] = states(ada)
    assert state == "queued"
    assert "greylisted" in error
    inbox = Inbox()
    with mailing(ada, inbox):
        assert deliver.run(ada.context, NOW + MINUTE - timedelta(seconds=1)) == 0
        assert deliver.run(ada.context, NOW + MINUTE) == 1
    assert len(inbox.arrived) == 1


def test_a_connection_lost_after_the_mail_was_taken_sends_it_again_as_a_copy(ada: World) -> None:
    inbox = Inbox(hang_up=1)
    with mailing(ada, inbox):
        ada.one_pass()
        assert deliver.run(ada.context, NOW + MINUTE) == 1
    assert len(inbox.arrived) == 2
    assert len({message["Message-ID"] for message in arrived(inbox)}) == 1


def test_an_address_that_does_not_exist_is_given_up_and_shown_to_a_person(ada: World) -> None:
    with mailing(ada, Inbox(rcpt="550 5.1.1 no such user")):
        ada.one_pass()
    [(state, error)] = states(ada)
    assert state == "failed"
    assert "550 5.1.1 no such user" in error
    with ada.context.database.reading() as db:
        assert "could not be delivered" in " ".join(status(db, NOW).needs_a_person)


def test_a_mail_server_that_is_not_there_keeps_every_letter_for_later(ada: World) -> None:
    with mailing(ada, Inbox()):
        pass  # the server is gone when the letter leaves
    ada.one_pass()
    assert [state for state, _ in states(ada)] == ["queued"]
    inbox = Inbox()
    with mailing(ada, inbox):
        assert deliver.run(ada.context, NOW + MINUTE) == 1
    assert len(inbox.arrived) == 1
