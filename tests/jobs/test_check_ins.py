"""From a check-in to the mail about it: one pass, one letter, and nothing in it of what a run can hold."""

from datetime import timedelta

from monitor.model import Level
from monitor.store.check_ins import save_check_in
from monitor.store.people import Person
from monitor.symptoms.check_in import CheckIn
from tests.jobs.conftest import NOW, SIX_WEEKS, World

HOUR = timedelta(hours=1)


def check_in(world: World, person: Person, days: int = 0, **given: int) -> None:
    """A check-in *days* after the first pass."""
    told = CheckIn(day=NOW.date() + timedelta(days=days), **{"participation": 2, "there": True} | given)
    with world.context.database.writing() as db:
        save_check_in(db, person.id, told, NOW + timedelta(days=days))


def test_pain_that_was_told_is_found_at_the_next_pass_and_mailed_once(world: World) -> None:
    ada = world.join(world.athlete(SIX_WEEKS))
    world.one_pass()
    assert world.subjects == []
    check_in(world, ada, pain=7)
    world.one_pass(NOW + HOUR)
    world.one_pass(NOW + timedelta(days=1))
    assert world.seen(ada, NOW + HOUR).verdict.level is Level.STRONG
    assert world.subjects == ["About your last check-in"]
    text = world.sent[0].get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert "If your check-in named a sign for a doctor" in text
    assert "a tenth beyond" not in text


def test_a_better_check_in_takes_it_back_at_the_next_pass(world: World) -> None:
    ada = world.join(world.athlete(SIX_WEEKS))
    check_in(world, ada, pain=7)
    world.one_pass()
    check_in(world, ada, days=1, participation=1, there=0)
    world.one_pass(NOW + timedelta(days=1))
    assert world.seen(ada, NOW + timedelta(days=1)).verdict.level is Level.OK


def test_pain_within_what_is_accepted_is_no_finding_and_no_mail(world: World) -> None:
    ada = world.join(world.athlete(SIX_WEEKS))
    check_in(world, ada, pain=3)
    world.one_pass()
    assert world.seen(ada).verdict.level is Level.OK
    assert world.subjects == []
