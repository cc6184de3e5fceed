"""A mail server that refuses: an address, a message, us; each has its own consequence."""

from contextlib import ExitStack
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session

from jobs import deliver
from monitor.delivery import smtp
from monitor.store.circuit import circuit
from monitor.store.status import status
from monitor.store.suspensions import resume, suspended
from tests.delivery.mailserver import PASSWORD, Inbox, certificate, password, running, trusting
from tests.jobs.conftest import NOW, World
from tests.jobs.post import HERE, HOUR, MINUTE, reader, rows, served, states, through, write


class OneIsGone(Inbox):
    """Knows everybody but Ada."""

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, _: Any
    ) -> str:
        self.rcpt = "550 5.1.1 no such user" if address.startswith("ada@") else "250 fine"
        return await super().handle_RCPT(server, session, envelope, address, _)


def test_an_address_that_bounces_rests_until_a_person_lifts_it_and_others_get_theirs(
    world: World, stack: ExitStack
) -> None:
    """M3."""
    ada, ben = reader(world), reader(world, name="Ben")
    write(world, ada.id, 1)
    write(world, ben.id, 2, to="ben")
    served(world, stack, OneIsGone())
    assert deliver.run(world.context, NOW) == 1
    assert states(world) == ["failed", "sent"]
    write(world, ada.id, 3, NOW + HOUR, to="ADA")
    inbox = Inbox()
    served(world, stack, inbox)
    assert deliver.run(world.context, NOW + HOUR) == 0
    assert (states(world), inbox.arrived) == (["failed", "sent", "suspended"], [])
    with world.context.database.reading() as db:
        [each] = suspended(db)
        assert (each.address, each.since) == ("ada@example.org", NOW)
        assert "550 5.1.1 no such user" in each.reason
        found = status(db, NOW + HOUR)
    assert found.letters == {"failed": 1, "sent": 1, "suspended": 1}
    assert "refused for good" in " ".join(found.needs_a_person)
    with world.context.database.writing() as db:
        assert resume(db, "Ada@example.org") == 1
    assert deliver.run(world.context, NOW + 2 * HOUR) == 1
    assert len(inbox.arrived) == 1


@pytest.mark.parametrize("answer", ["552 5.2.2 mailbox full", "554 5.7.1 rejected"], ids=["M3 552", "M3 554"])
def test_a_message_refused_for_good_is_not_tried_again_and_its_address_rests(
    world: World, stack: ExitStack, answer: str
) -> None:
    write(world, reader(world).id)
    served(world, stack, Inbox(data=answer))
    deliver.run(world.context, NOW)
    assert states(world) == ["failed"]
    with world.context.database.reading() as db:
        assert len(suspended(db)) == 1


def test_a_server_that_dislikes_us_is_no_fault_of_an_address(world: World, stack: ExitStack) -> None:
    """M3: a relay that is not ours says 550 5.7.1 to everybody; that must not suspend a whole club."""
    write(world, reader(world).id)
    served(world, stack, Inbox(rcpt="550 5.7.1 relaying denied"))
    deliver.run(world.context, NOW)
    with world.context.database.reading() as db:
        assert (states(world), list(suspended(db))) == (["queued"], [])


def test_a_wrong_password_costs_one_try_a_step_however_many_letters_wait(world: World, stack: ExitStack) -> None:
    """M6."""
    logins: list[str] = []

    def wrong(*given: Any) -> Any:
        logins.append("tried")
        return password(*given)

    inbox, ada = Inbox(), reader(world)
    for number in range(30):
        write(world, ada.id, number)
    options = {"tls_context": certificate(HERE), "auth_required": True, "authenticator": wrong}
    port = stack.enter_context(running(inbox, **options))
    login = {"host": HERE, "port": port, "username": "hamwatch", "context": trusting()}
    through(world, smtp(**login, password="battery staple"))
    deliver.run(world.context, NOW)
    once = len(logins)
    tried = []
    for minute in range(120):
        before = len(logins)
        deliver.run(world.context, NOW + minute * MINUTE)
        tried += [minute] * (len(logins) > before)
        assert len(logins) - before in (0, once)
    assert tried == [1, 6, 21, 51, 111]
    assert inbox.arrived == []
    with world.context.database.reading() as db:
        found = status(db, NOW + HOUR)
    assert "refuses the user name or password" in " ".join(found.needs_a_person)
    through(world, smtp(**login, password=PASSWORD))
    assert deliver.run(world.context, NOW + 111 * MINUTE) == 0  # its step is not over
    assert deliver.run(world.context, NOW + 171 * MINUTE) == 30
    with world.context.database.reading() as db:
        assert circuit(db) is None


def test_a_certificate_that_ended_stops_all_mail_and_nothing_leaves_unencrypted(world: World, stack: ExitStack) -> None:
    """M6."""
    inbox, ada = Inbox(), reader(world)
    for number in range(3):
        write(world, ada.id, number)
    port = stack.enter_context(running(inbox, tls_context=certificate("mail.example.org")))
    through(world, smtp(host=HERE, port=port, context=trusting()))
    assert deliver.run(world.context, NOW) == 0
    with world.context.database.reading() as db:
        found = circuit(db)
        assert found
        assert "certificate" in found.error
    assert ([row.attempts for row in rows(world)], inbox.arrived) == ([0, 0, 0], [])
