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


@pytest.mark.parametrize(
    ("say", "mails"),
    [
        pytest.param(Say.PLANNED, 1, id="what was planned is not told again however much it becomes"),
        pytest.param(Say.WRONG, 1, id="nor what is wrong"),
        pytest.param(Say.FINE, 2, id="what felt fine is told again when it becomes more"),
        pytest.param(Say.SORE, 2, id="and what left somebody sore"),
        pytest.param(Say.SNOOZE, 1, id="two weeks of quiet are two weeks of quiet"),
    ],
)
def test_an_answer_is_heeded_by_the_next_decision(world: World, ada: Person, say: Say, mails: int) -> None:
    world.one_pass()
    says(world, ada, say)
    runs_longer(world, 40, days=1)
    world.one_pass(NOW + DAY)
    assert len(world.sent) == mails


def test_whoever_switched_alerts_off_gets_none(world: World, ada: Person) -> None:
    with world.context.database.writing() as db:
        switch(db, ada.id, MailList.ALERTS, on=False)
    world.one_pass()
    assert world.sent == []
