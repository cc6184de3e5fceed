"""So many permissions ended at once that nothing is deleted (N15)."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from jobs import alert, assess, deliver, leaving, operator
from monitor.errors import UserError
from monitor.model import Freshness
from monitor.rules.freshness import Access
from monitor.sandbox import faults
from monitor.store.brake import brake, release
from monitor.store.connections import note_access
from monitor.store.outbox import letters
from monitor.store.people import Person
from monitor.store.status import status
from tests.jobs.conftest import NOW, SIX_WEEKS, World
from tests.jobs.ended import DAY, HOUR, OPERATOR, rows, text

Team = list[Person]


@pytest.fixture
def team_of(world: World) -> Callable[[int], Team]:
    """So many runners, whose lists arrived a day ago; then their tokens stop working."""

    def made(number: int) -> Team:
        people = [world.join(world.athlete(SIX_WEEKS), NOW - DAY) for _ in range(number)]
        world.one_pass(NOW - DAY)
        for person in people:
            world.sandbox.refuse(person.id, faults.revoked)
        return people

    return made


def lift(world: World, now: object = NOW, *, ask_again: bool = False) -> None:
    with world.context.database.writing() as db:
        release(db, now, timedelta(hours=48), ask_again=ask_again)  # type: ignore[arg-type]


def test_when_five_end_at_once_nothing_is_deleted_and_nobody_is_asked_to_reconnect(
    world: World, team_of: Callable[[int], Team]
) -> None:
    """N15."""
    team, sent = team_of(5), len(world.sent)
    world.one_pass()
    held = rows(world)
    leaving.run(world.context, NOW + 3 * DAY)
    deliver.run(world.context, NOW + 3 * DAY)
    assert rows(world) == held > 0
    assert len(world.sent) == sent
    verdicts = [world.seen(person).verdict for person in team]
    assert {each.freshness for each in verdicts} == {Freshness.SOURCE_DOWN}
    assert {each.reason for each in verdicts} == {"Strava unreachable since 30 Sep"}


def test_four_of_five_end_their_own_ways(world: World, team_of: Callable[[int], Team]) -> None:
    team = team_of(5)
    world.sandbox.heal(team[0].id)
    world.one_pass()
    assert {world.seen(person).verdict.freshness for person in team[1:]} == {Freshness.REVOKED}
    assert world.subjects.count("Strava no longer shares your runs with us") == 4


def test_a_letter_that_waits_when_the_brake_is_pulled_does_not_leave(
    world: World, team_of: Callable[[int], Team]
) -> None:
    team = team_of(6)
    for person in team[:2]:
        world.pull(person)
        assess.run(world.context, person, NOW)
    alert.run(world.context, NOW)
    with world.context.database.reading() as db:
        assert [row.kind for row in letters(db, "queued")] == ["reconnect", "reconnect"]
    for person in team[2:]:
        world.pull(person)
    with world.context.database.reading() as db:
        assert letters(db, "queued") == []


def test_who_left_long_before_the_brake_stays_disconnected(world: World, team_of: Callable[[int], Team]) -> None:
    early = world.join(world.athlete(SIX_WEEKS), NOW - 9 * DAY)
    with world.context.database.writing() as db:
        note_access(db, early.id, Access.REVOKED, NOW - 8 * DAY, "", timedelta(days=30))
    team_of(5)
    world.one_pass()
    assert world.seen(early).verdict.freshness is Freshness.REVOKED


def test_while_the_brake_is_on_a_person_is_needed_and_the_log_says_so(
    world: World, team_of: Callable[[int], Team], logged: list[dict[str, object]]
) -> None:
    team_of(5)
    world.one_pass()
    with world.context.database.reading() as db:
        assert "hamwatch strava release" in " ".join(status(db, NOW).needs_a_person)
    assert [line["event"] for line in logged if line["log_level"] == "error"] == [
        "deletion brake is on: many permissions ended at once"
    ]


def test_the_operator_gets_one_mail_a_day_while_it_lasts(world: World, team_of: Callable[[int], Team]) -> None:
    world.set(mail={"operator": OPERATOR})
    team_of(5)
    world.one_pass()
    for hours in (0, 1, 2, 24, 25):
        operator.run(world.context, NOW + hours * HOUR)
        deliver.run(world.context, NOW + hours * HOUR)
    told = [message for message in world.sent if "olga" in message["To"]]
    assert [str(message["Subject"]) for message in told] == [
        "Hamwatch holds back deletions: many Strava permissions ended at once"
    ] * 2
    assert "5 runners" in text(told[0])


def test_lifted_by_hand_the_clocks_start_then_and_the_runners_are_asked(
    world: World, team_of: Callable[[int], Team]
) -> None:
    team = team_of(5)
    world.one_pass()
    later = NOW + 3 * DAY
    lift(world, later)
    world.one_pass(later)
    assert {world.connection(person).delete_at for person in team} == {later + 48 * HOUR}
    assert world.subjects.count("Strava no longer shares your runs with us") == 5
    leaving.run(world.context, later + 47 * HOUR)
    leaving.run(world.context, later + 48 * HOUR)
    assert rows(world) == 0


def test_after_a_mended_fault_the_stored_tokens_are_tried_again(world: World, team_of: Callable[[int], Team]) -> None:
    team = team_of(5)
    world.one_pass()
    for person in team:
        world.sandbox.heal(person.id)
    lift(world, NOW + HOUR, ask_again=True)
    world.one_pass(NOW + HOUR)
    assert {world.connection(person).access for person in team} == {Access.OK}
    assert {world.seen(person, NOW + HOUR).verdict.freshness for person in team} == {Freshness.OK}
    assert world.connection(team[0]).delete_at is None


def test_a_fault_that_was_not_mended_pulls_the_brake_again(world: World, team_of: Callable[[int], Team]) -> None:
    team_of(5)
    world.one_pass()
    lift(world, NOW + timedelta(minutes=10), ask_again=True)
    world.one_pass(NOW + timedelta(minutes=11))
    with world.context.database.reading() as db:
        assert brake(db)


def test_one_who_leaves_after_the_brake_was_lifted_does_not_pull_it_again(
    world: World, team_of: Callable[[int], Team]
) -> None:
    team_of(5)
    one_more = world.join(world.athlete(SIX_WEEKS), NOW)
    world.one_pass()
    lift(world, NOW + timedelta(minutes=10))
    world.sandbox.refuse(one_more.id, faults.revoked)
    world.pull(one_more, NOW + timedelta(minutes=20))
    with world.context.database.reading() as db:
        assert brake(db) is None
    assert world.seen(one_more).verdict.freshness is Freshness.REVOKED


def test_there_is_nothing_to_release_where_the_brake_is_not_on(world: World) -> None:
    with pytest.raises(UserError, match="not on"):
        lift(world)
