"""A mail leaves only while the consent that it rests on is in force, and tells how to end it."""

import re
from contextlib import ExitStack
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

from aiosmtpd.smtp import SMTP, Envelope, Session

from jobs import alert, assess, deliver
from monitor.model import Origin
from monitor.store.activities import extend_coverage
from monitor.store.consents import Subject, withdraw
from monitor.store.outbox import letters
from monitor.store.people import Person
from monitor.web.links import owner
from tests.delivery.mailserver import Inbox
from tests.jobs.conftest import NOW, SPIKE_YESTERDAY, TODAY, World
from tests.jobs.post import rows, served


def decided(world: World, person: Person) -> None:
    """The runner is assessed, and the mail about it waits."""
    assess.run(world.context, person, NOW)
    alert.run(world.context, NOW)


def needs(world: World) -> list[tuple[str, str]]:
    with world.context.database.reading() as db:
        return [(row.needs, row.state) for row in letters(db)]


def test_m12_a_mail_about_runs_from_strava_is_cancelled_when_consent_is_withdrawn_before_it_left(world: World) -> None:
    person = world.join(world.athlete(SPIKE_YESTERDAY))
    world.pull(person)
    decided(world, person)
    assert needs(world) == [("strava", "queued")]
    with world.context.database.writing() as db:
        withdraw(db, person.id, Subject.STRAVA, NOW)
    deliver.run(world.context, NOW)
    assert world.sent == []
    assert needs(world) == [("strava", "cancelled")]


def test_consent_withdrawn_after_the_lease_stops_the_mail_before_its_data(world: World, stack: ExitStack) -> None:
    """M12."""
    person = world.join(world.athlete(SPIKE_YESTERDAY))
    world.pull(person)
    assess.run(world.context, person, NOW)
    alert.run(world.context, NOW)

    class Welcoming(Inbox):
        async def handle_EHLO(  # noqa: N802
            self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
        ) -> list[str]:
            """The letter is leased, and its sender greets us: that is when the runner changes their mind."""
            session.host_name = hostname
            with world.context.database.writing() as db:
                withdraw(db, person.id, Subject.STRAVA, NOW)
            return responses

    inbox = Welcoming()
    served(world, stack, inbox)
    assert deliver.run(world.context, NOW) == 0
    assert inbox.arrived == []
    assert [(row.state, row.error) for row in rows(world)] == [("cancelled", "the consent to strava is not in force")]


def test_a_mail_about_a_runners_own_files_needs_no_consent_to_strava(world: World) -> None:
    decided(world, world.with_files(SPIKE_YESTERDAY))
    assert needs(world) == [("", "queued")]
    deliver.run(world.context, NOW)
    assert len(world.sent) == 1


def test_a_mail_about_files_rests_on_strava_too_where_strava_told_of_the_days_before(world: World) -> None:
    person = world.with_files(SPIKE_YESTERDAY)
    with world.context.database.writing() as db:
        extend_coverage(db, person.id, Origin.STRAVA, [TODAY.date() - timedelta(days=30), TODAY.date()])
    decided(world, person)
    assert needs(world) == [("strava", "queued")]


def test_every_mail_holds_its_runners_own_link_and_nobody_elses(world: World) -> None:
    people = [world.join(world.athlete(SPIKE_YESTERDAY)) for _ in range(2)]
    world.one_pass()
    assert len(world.sent) == 2
    found = []
    for message in world.sent:
        body = message.get_body(("plain",))
        assert body is not None
        [link] = re.findall(r"http://\S+/your-data\?key=\S+", str(body.get_content()))
        found.append(owner(world.context.secrets, parse_qs(urlsplit(link).query)["key"][0]))
    assert found == [person.id for person in people]
