"""A letter's short copies on their way to other channels, and back out of the database."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from jobs import alert, assess, deliver
from jobs.exporting import export
from monitor.delivery.channels import notifier
from monitor.errors import DeliveryError
from monitor.store.channels import add_channel, channels, remove_channel
from monitor.store.coaches import add_coach
from monitor.store.consents import Subject, withdraw
from monitor.store.held import held
from monitor.store.outbox import letters, queue_letter
from monitor.store.people import Person
from tests.delivery.hook import Hook, listening
from tests.delivery.mailserver import mail
from tests.jobs.conftest import NOW, SPIKE_YESTERDAY, World

MINUTE = timedelta(minutes=1)
CANARY = "canary-topic"


@pytest.fixture
def hook(world: World) -> Iterator[Hook]:
    heard = Hook()
    with listening(heard) as port:
        heard.url = f"json://127.0.0.1:{port}/{CANARY}"  # type: ignore[attr-defined]
        world.context = replace(world.context, notify=notifier(allow_private=True))
        yield heard


@pytest.fixture
def ada(world: World, hook: Hook) -> Person:
    """Ada ran too far yesterday, and has a channel."""
    person = world.join(world.athlete(SPIKE_YESTERDAY))
    channel_of(world, hook, person.id)
    return person


def channel_of(world: World, hook: Hook, runner_id: int | None = None, coach_id: int | None = None) -> int:
    whose = {"runner_id": runner_id, "coach_id": coach_id}
    with world.context.database.writing() as db:
        added = add_channel(db, world.context.keys, hook.url, "phone", NOW, **whose)  # type: ignore[attr-defined]
    return added.id or 0


def states(world: World) -> list[tuple[str, str]]:
    with world.context.database.reading() as db:
        return [(row.recipient, row.state) for row in letters(db)]


def test_what_is_mailed_is_told_in_short_by_the_channel_too(world: World, hook: Hook, ada: Person) -> None:
    world.one_pass()
    [(_, heard)] = hook.heard
    assert heard["title"] == world.subjects[0] == "Yesterday's 14.2 km was 42 % beyond your longest in 30 days"
    assert "http://127.0.0.1:8000/runners/1" in heard["message"]
    assert "Ada" not in heard["message"]
    assert "key=" not in heard["message"]
    assert len(heard["message"]) < 600
    assert states(world) == [("Ada Test <ada@example.org>", "sent"), ("json phone", "sent")]


def test_a_channel_that_fails_is_tried_again_and_the_mail_is_not(world: World, hook: Hook, ada: Person) -> None:
    hook.status = 500
    world.one_pass()
    assert [state for _, state in states(world)] == ["sent", "queued"]
    hook.status = 200
    assert deliver.run(world.context, NOW + MINUTE) == 1
    assert (len(world.sent), len(hook.heard)) == (1, 2)


def test_a_mail_server_that_is_out_does_not_hold_up_channels(world: World, hook: Hook, ada: Person) -> None:
    def out(_message: object) -> None:
        raise DeliveryError("nobody there", app_wide=True)

    world.context = replace(world.context, send=out)
    world.one_pass()
    assert [state for _, state in states(world)] == ["queued", "sent"]
    assert len(hook.heard) == 1


def test_consent_withdrawn_holds_back_the_channel_too(world: World, hook: Hook, ada: Person) -> None:
    world.pull(ada)
    assess.run(world.context, ada, NOW)
    alert.run(world.context, NOW)
    with world.context.database.writing() as db:
        withdraw(db, ada.id, Subject.STRAVA, NOW)
    assert deliver.run(world.context, NOW) == 0
    assert [state for _, state in states(world)] == ["cancelled", "cancelled"]


def test_a_channel_that_was_removed_takes_what_waited_for_it(world: World, hook: Hook, ada: Person) -> None:
    hook.status = 500
    world.one_pass()
    with world.context.database.writing() as db:
        [each] = channels(db)
        remove_channel(db, each.id or 0)
    assert deliver.run(world.context, NOW + MINUTE) == 0
    assert states(world) == [("Ada Test <ada@example.org>", "sent")]


def test_a_coach_has_channels_of_their_own(world: World, hook: Hook) -> None:
    with world.context.database.writing() as db:
        coach = add_coach(db, "Cleo", "cleo@example.org", "Team").id
    channel_of(world, hook, coach_id=coach)
    with world.context.database.writing() as db:
        queue_letter(db, None, "digest", "d", mail(), NOW, NOW, coach_id=coach, zone="UTC")
    assert deliver.run(world.context, NOW) == 2
    assert len(hook.heard) == 1


def test_a_copy_of_what_is_held_tells_of_the_channel_and_not_its_url(world: World, hook: Hook, ada: Person) -> None:
    world.one_pass()
    with world.context.database.reading() as db:
        told = held(db, ada.id)
        content = export(db, ada.id, NOW)
    assert [(row["scheme"], row["label"]) for row in told["channel"]] == [("json", "phone")]
    assert told["suspension"] == []
    assert CANARY not in f"{told}"
    assert CANARY.encode() not in content


def test_no_log_of_a_pass_names_the_channel(
    world: World, hook: Hook, ada: Person, caplog: pytest.LogCaptureFixture, logged: list[dict[str, object]]
) -> None:
    caplog.set_level("DEBUG")
    world.one_pass()
    hook.status = 500
    with world.context.database.writing() as db:
        queue_letter(db, ada.id, "other", "other", mail(), NOW, NOW)
    deliver.run(world.context, NOW)
    assert [line["event"] for line in logged].count("letter not accepted") == 1
    assert CANARY not in f"{logged}{caplog.text}"
