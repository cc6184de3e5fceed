"""A permission that ended: two days later what it brought goes (N10), unless so many ended at once (N15)."""

from collections.abc import Callable
from datetime import timedelta
from email.message import EmailMessage

import pytest
from sqlmodel import select

from jobs import alert, assess, deliver, leaving, operator
from monitor.errors import UserError
from monitor.model import Freshness
from monitor.rules.freshness import Access
from monitor.sandbox import faults
from monitor.store.brake import brake, release
from monitor.store.connections import connection, note_access
from monitor.store.outbox import letters
from monitor.store.people import Person
from monitor.store.status import status
from monitor.store.tables import ActivityRow
from tests.jobs.conftest import NOW, SIX_WEEKS, World

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
OPERATOR = "Olga <olga@example.org>"
Team = list[Person]


@pytest.fixture
def ada(world: World) -> Person:
    person = world.join(world.athlete(SIX_WEEKS))
    world.one_pass()
    return person


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


def rows(world: World) -> int:
    with world.context.database.reading() as db:
        return len(db.exec(select(ActivityRow)).all())


def text(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    assert body
    return " ".join(body.get_content().split())


def lift(world: World, now: object = NOW, *, ask_again: bool = False) -> None:
    with world.context.database.writing() as db:
        release(db, now, timedelta(hours=48), ask_again=ask_again)  # type: ignore[arg-type]


def test_a_permission_that_ended_starts_the_clock_and_the_mail_names_the_day(world: World, ada: Person) -> None:
    world.sandbox.refuse(ada.id, faults.revoked)
    world.one_pass()
    assert world.connection(ada).delete_at == NOW + 48 * HOUR
    assert "what came from Strava is removed here on Friday 2 October" in text(world.sent[-1])


def test_two_days_later_what_it_brought_goes_and_the_runner_is_told_once(world: World, ada: Person) -> None:
    """N10."""
    world.sandbox.refuse(ada.id, faults.revoked)
    world.one_pass()
    leaving.run(world.context, NOW + 48 * HOUR - timedelta(seconds=1))
    assert rows(world) > 0
    for _ in range(2):
        leaving.run(world.context, NOW + 48 * HOUR)
        deliver.run(world.context, NOW + 48 * HOUR)
    assert rows(world) == 0
    with world.context.database.reading() as db:
        assert connection(db, ada.id) is None
    assert world.subjects[-1] == "Your runs from Strava were removed here"
    assert len(world.sent) == 2
    assert "/oauth/revoke" not in {asked.path for asked in world.sandbox.requests}


def test_who_connects_again_in_time_keeps_everything(world: World, ada: Person) -> None:
    world.sandbox.refuse(ada.id, faults.revoked)
    world.one_pass()
    world.sandbox.heal(ada.id)
    world.connect(ada, world.connection(ada).athlete_id, NOW + DAY)
    assert world.connection(ada).delete_at is None
    leaving.run(world.context, NOW + 90 * DAY)
    assert rows(world) > 0


@pytest.mark.parametrize("access", [Access.NEEDS_SCOPE, Access.NEEDS_REAUTH])
def test_a_permission_that_is_too_narrow_or_does_not_open_starts_no_clock(
    world: World, ada: Person, access: Access
) -> None:
    with world.context.database.writing() as db:
        note_access(db, ada.id, access, NOW, "")
    assert world.connection(ada).delete_at is None
    leaving.run(world.context, NOW + 90 * DAY)
    assert rows(world) > 0


def test_the_time_until_deletion_is_a_setting(world: World, ada: Person) -> None:
    world.set(strava={"delete_after_h": 720})
    world.sandbox.refuse(ada.id, faults.revoked)
    world.pull(ada)
    assert world.connection(ada).delete_at == NOW + 30 * DAY


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


def test_an_inactive_app_is_told_to_the_operator_once_a_day_and_revokes_nobody(world: World, ada: Person) -> None:
    world.set(mail={"operator": OPERATOR})
    world.sandbox.refuse(None, faults.inactive)
    world.pull(ada)
    for hours in (0, 1):
        operator.run(world.context, NOW + hours * HOUR)
        deliver.run(world.context, NOW + hours * HOUR)
    assert world.subjects == ["Strava has made the Hamwatch app inactive"]
    assert world.connection(ada).access == Access.OK
    assert world.seen(ada).verdict.freshness is Freshness.SOURCE_DOWN


def test_without_an_operator_nobody_is_mailed(world: World, ada: Person) -> None:
    world.sandbox.refuse(None, faults.inactive)
    world.pull(ada)
    operator.run(world.context, NOW)
    assert deliver.run(world.context, NOW) == 0
