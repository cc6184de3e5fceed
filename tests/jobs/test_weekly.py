"""A runner's weekly letter: once a week, on their day, with what no alert told."""

from datetime import timedelta

import pytest

from jobs import alert, assess, deliver
from monitor.store.consents import Subject, withdraw
from monitor.store.mail_choices import MailList, choose, switch
from monitor.store.outbox import letters
from monitor.store.people import Person
from tests.jobs.conftest import NOW, SIX_WEEKS, World

DAY = timedelta(days=1)
WEDNESDAY, THURSDAY = 2, 3  # NOW is a Wednesday
LONG_AGO = NOW - 30 * DAY


@pytest.fixture
def ada(world: World) -> Person:
    """Ada joined a month ago, runs evenly, and has her weekly letter on Wednesdays."""
    person = world.join(world.athlete(SIX_WEEKS), LONG_AGO)
    with world.context.database.writing() as db:
        choose(db, person.id, alerts=True, weekly=True, source=True, weekday=WEDNESDAY)
    return person


def weekly(world: World) -> list[str]:
    return [subject for subject in world.subjects if subject.startswith("Your week")]


def test_it_comes_on_the_chosen_day_and_once(world: World, ada: Person) -> None:
    world.one_pass()
    world.one_pass(NOW + timedelta(hours=3))
    assert weekly(world) == ["Your week: 26.0 km in 3 runs"]


def test_a_worker_that_was_off_on_the_day_sends_it_up_to_two_days_later(world: World, ada: Person) -> None:
    world.one_pass(NOW + 2 * DAY)
    assert len(weekly(world)) == 1


def test_after_that_the_next_week_is_awaited(world: World, ada: Person) -> None:
    world.one_pass(NOW + 3 * DAY)
    assert weekly(world) == []


def test_whoever_has_just_joined_is_not_told_of_a_week_before(world: World) -> None:
    person = world.join(world.athlete(SIX_WEEKS))
    with world.context.database.writing() as db:
        choose(db, person.id, alerts=True, weekly=True, source=True, weekday=WEDNESDAY)
    world.one_pass()
    assert weekly(world) == []


def test_whoever_switched_it_off_gets_none(world: World, ada: Person) -> None:
    with world.context.database.writing() as db:
        switch(db, ada.id, MailList.WEEKLY, on=False)
    world.one_pass()
    assert weekly(world) == []


def test_it_says_what_was_found_and_not_mailed_and_why(world: World) -> None:
    person = world.join(world.athlete("8 - 8 - 10 - - " * 5 + "9 8 9 10 9 9 9 " * 2), LONG_AGO)
    with world.context.database.writing() as db:
        choose(db, person.id, alerts=True, weekly=True, source=True, weekday=WEDNESDAY)
    world.one_pass()
    body = world.sent[0].get_body(("plain",))
    assert body is not None
    text = " ".join(str(body.get_content()).split())
    assert "FOUND, AND NOT MAILED" in text
    assert "14 days of running in a row without a day of rest" in text
    assert "Not mailed: alone it is no reason for a mail." in text


def test_i5_a_run_that_was_edited_is_told_in_a_line(world: World, ada: Person) -> None:
    """I5: alerts that were sent are not sent again, and the correction stands in the next digest."""
    world.pull(ada, NOW - DAY)
    athlete = world.sandbox.athletes[1]
    world.sandbox.edit(athlete, athlete.activities[-1], distance=4_000.0)
    world.one_pass()
    body = world.sent[-1].get_body(("plain",))
    assert body is not None
    text = " ".join(str(body.get_content()).split())
    assert "CORRECTED SINCE THE LAST MAIL" in text
    assert "Run, 4.0 km; it was Run," in text


def test_it_rests_on_strava_where_the_runs_do_and_is_cancelled_with_that_consent(world: World, ada: Person) -> None:
    world.pull(ada)
    assess.run(world.context, ada, NOW)
    alert.run(world.context, NOW)
    with world.context.database.writing() as db:
        withdraw(db, ada.id, Subject.STRAVA, NOW)
    deliver.run(world.context, NOW)
    assert weekly(world) == []
    with world.context.database.reading() as db:
        assert [(row.kind, row.state) for row in letters(db)] == [("weekly", "cancelled")]


def test_its_list_can_be_switched_off_by_one_click(world: World, ada: Person) -> None:
    world.one_pass()
    (mail,) = world.sent
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "/stop?key=" in mail["List-Unsubscribe"]
