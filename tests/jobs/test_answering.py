"""What runners answered and switched off is heeded by the next decision."""

from datetime import timedelta

import pytest

from monitor.alerts.answers import Say
from monitor.sandbox.plan import easy
from monitor.store.answers import answer, told_by
from monitor.store.mail_choices import MailList, switch
from monitor.store.outbox import letters
from monitor.store.people import Person
from tests.jobs.conftest import NOW, SPIKE_YESTERDAY, TODAY, World

DAY = timedelta(days=1)


@pytest.fixture
def ada(world: World) -> Person:
    return world.join(world.athlete(SPIKE_YESTERDAY))


def runs_longer(world: World, km: float, days: int) -> None:
    """Ada runs so far, so many days after today."""
    world.sandbox.athletes[1].record(TODAY + days * DAY + timedelta(hours=1), easy(round(km * 1000)))


def says(world: World, person: Person, say: Say) -> None:
    with world.context.database.writing() as db:
        (letter,) = letters(db)
        answer(db, person.id, told_by(db, person.id, letter.episode), say, NOW)


def test_a_mail_offers_its_five_answers_and_a_way_to_end_such_mails(world: World, ada: Person) -> None:
    world.one_pass()
    (mail,) = world.sent
    plain = mail.get_body(("plain",))
    assert plain is not None
    text = plain.get_content()
    assert [say for say in Say if f"&say={say.value}" in text] == list(Say)
    assert mail["List-Unsubscribe"].startswith("<http")


def test_what_was_planned_is_not_told_again_however_much_it_becomes(world: World, ada: Person) -> None:
    world.one_pass()
    says(world, ada, Say.PLANNED)
    runs_longer(world, 40, days=1)
    world.one_pass(NOW + DAY)
    assert len(world.sent) == 1


def test_what_felt_fine_is_told_again_when_it_becomes_more(world: World, ada: Person) -> None:
    world.one_pass()
    says(world, ada, Say.FINE)
    runs_longer(world, 40, days=1)
    world.one_pass(NOW + DAY)
    assert len(world.sent) == 2


def test_two_weeks_of_quiet_are_two_weeks_of_quiet(world: World, ada: Person) -> None:
    world.one_pass()
    says(world, ada, Say.SNOOZE)
    runs_longer(world, 40, days=1)
    world.one_pass(NOW + DAY)
    assert len(world.sent) == 1


def test_whoever_switched_alerts_off_gets_none(world: World, ada: Person) -> None:
    with world.context.database.writing() as db:
        switch(db, ada.id, MailList.ALERTS, on=False)
    world.one_pass()
    assert world.sent == []
