"""A coach's morning letter: of whom, when, once a day, and only of those who agree at the moment of sending."""

from datetime import timedelta

import pytest

from jobs import assess, coaching, deliver, leaving
from monitor.store.coach_digests import recall
from monitor.store.coaches import add_coach, set_coach_locale
from monitor.store.consents import Subject, give, team_wording, withdraw
from monitor.store.people import Person
from tests.jobs.conftest import NOW, SPIKE_YESTERDAY, World

EIGHT = NOW + timedelta(hours=1)  # NOW is seven
DAY = timedelta(days=1)


@pytest.fixture
def ada(world: World) -> Person:
    """Ada ran far beyond her longest yesterday; she agreed that Cato, her coach, sees her training."""
    world.set(strava={"coach_sharing": True})
    person = world.join(world.athlete(SPIKE_YESTERDAY))
    with world.context.database.writing() as db:
        add_coach(db, "Cato", "cato@example.org", "Team")
        give(db, person.id, Subject.TEAM, team_wording(strava_is_shared=True), NOW)
    world.one_pass()
    world.sent.clear()
    return person


def morning(world: World, now=EIGHT) -> list[str]:
    """What reached the coach so far."""
    coaching.tell_coaches(world.context, now)
    deliver.run(world.context, now)
    return [str(mail["Subject"]) for mail in world.sent if "cato@" in mail["To"]]


def said(world: World) -> str:
    body = world.sent[-1].get_body(("plain",))
    assert body is not None
    return " ".join(str(body.get_content()).split())


def test_it_names_who_needs_a_look_with_the_reason_in_words(world: World, ada: Person) -> None:
    assert morning(world) == ["Team: 1 needs a look, 0 cannot be judged"]
    assert "Ada Test, CAUTION (new): Tuesday 29 September: 14.2 km was 42 % beyond" in said(world)


@pytest.mark.parametrize(
    ("locale", "told"),
    [
        ("de-DE", "Tuesday 29 September: 14,2 km was 42 % beyond"),
        ("en-US", "Tuesday, September 29: 14.2 km was 42 % beyond"),
    ],
)
def test_it_is_written_as_the_coach_is_used_to(world: World, ada: Person, locale: str, told: str) -> None:
    with world.context.database.writing() as db:
        set_coach_locale(db, 1, locale)
    morning(world)
    assert told in said(world)


def test_it_waits_for_its_hour_and_comes_once_a_day(world: World, ada: Person) -> None:
    assert morning(world, NOW) == []
    assert len(morning(world)) == 1
    assert len(morning(world, EIGHT + timedelta(hours=5))) == 1


def test_the_same_is_not_told_again_the_next_day(world: World, ada: Person) -> None:
    morning(world)
    world.one_pass(NOW + DAY)
    assert len(morning(world, EIGHT + DAY)) == 1


def test_what_happens_after_its_hour_is_told_the_next_morning(world: World, ada: Person) -> None:
    morning(world)
    ben = world.with_files(SPIKE_YESTERDAY)
    with world.context.database.writing() as db:
        give(db, ben.id, Subject.TEAM, team_wording(strava_is_shared=True), NOW)
    assess.run(world.context, ben, NOW)
    assert len(morning(world, EIGHT + timedelta(hours=2))) == 1
    assert len(morning(world, EIGHT + DAY)) == 2


def test_a_board_is_read_once_a_day_and_not_at_every_tick(
    world: World, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[int] = []
    whole = coaching.team_board
    monkeypatch.setattr(coaching, "team_board", lambda *given, **how: read.append(1) or whole(*given, **how))
    for minute in range(5):
        morning(world, EIGHT + timedelta(minutes=minute))
    assert len(read) == 1


def test_whoever_did_not_agree_is_not_named(world: World, ada: Person) -> None:
    with world.context.database.writing() as db:
        withdraw(db, ada.id, Subject.TEAM, NOW)
    assert morning(world) == []


def test_attack_3_a_digest_that_waits_is_made_anew_without_whoever_withdrew(world: World, ada: Person) -> None:
    ben = world.with_files(SPIKE_YESTERDAY)
    with world.context.database.writing() as db:
        give(db, ben.id, Subject.TEAM, team_wording(strava_is_shared=True), NOW)
    assess.run(world.context, ben, NOW)
    coaching.tell_coaches(world.context, EIGHT)
    with world.context.database.writing() as db:
        withdraw(db, ada.id, Subject.TEAM, EIGHT)
    deliver.run(world.context, EIGHT)
    assert [mail for mail in world.sent if "cato@" in mail["To"]] == []
    assert len(morning(world, EIGHT + timedelta(minutes=1))) == 1
    assert "Ada" not in said(world)
    assert ben.name in said(world)


def test_m12_a_digest_that_waits_is_recalled_when_a_runner_stops_sharing(world: World, ada: Person) -> None:
    """M12: whatever they stop sharing, with the team or of how it feels."""
    coaching.tell_coaches(world.context, EIGHT)
    with world.context.database.writing() as db:
        recall(db, ada.id)
    deliver.run(world.context, EIGHT)
    assert [mail for mail in world.sent if "cato@" in mail["To"]] == []
    assert len(morning(world, EIGHT + timedelta(minutes=1))) == 1


def test_whoever_leaves_does_not_make_the_coach_hear_of_the_others_again(world: World, ada: Person) -> None:
    ben = world.with_files(SPIKE_YESTERDAY)
    with world.context.database.writing() as db:
        give(db, ben.id, Subject.TEAM, team_wording(strava_is_shared=True), NOW)
    assess.run(world.context, ben, NOW)
    assert len(morning(world)) == 1
    leaving.erase(world.context, ada.id, EIGHT)
    world.sent.clear()
    assert morning(world, EIGHT + DAY) == []


def test_a_time_zone_that_this_machine_does_not_know_stops_nobody(world: World, ada: Person) -> None:
    """M10."""
    with world.context.database.writing() as db:
        add_coach(db, "Nan", "nan@example.org", "Team").timezone = "Mars/Base"
    assert len(morning(world)) == 1
    assert [mail["To"] for mail in world.sent] == ["Cato <cato@example.org>", "Nan <nan@example.org>"]


def test_a_coach_who_switched_it_off_gets_none(world: World, ada: Person) -> None:
    with world.context.database.writing() as db:
        add_coach(db, "Nan", "nan@example.org", "Team").digest = False
    morning(world)
    assert [mail for mail in world.sent if "nan@" in mail["To"]] == []
