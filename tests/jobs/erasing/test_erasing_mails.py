"""A runner is erased: mails to them and of them go, and the last one says so."""

from datetime import timedelta
from pathlib import Path

from jobs import deliver, leaving
from monitor.errors import DeliveryError
from monitor.store.outbox import letters
from monitor.store.people import Person
from tests.jobs.conftest import NOW, SPIKE_YESTERDAY, World
from tests.jobs.everywhere import CANARIES, LATER, TO_A_COACH, everything


def test_the_confirmation_goes_to_their_address_and_then_forgets_it(world: World, zeb: Person, folder: Path) -> None:
    leaving.erase(world.context, zeb.id, NOW)
    assert CANARIES[1] in everything(world.context.database)
    assert deliver.run(world.context, NOW) == 1
    leaving.run(world.context, NOW)
    leaving.run(world.context, LATER)
    kept = everything(world.context.database)
    assert [canary for canary in CANARIES if canary in kept] == []
    with world.context.database.reading() as db:
        assert [(row.kind, row.state, row.recipient, row.message) for row in letters(db)] == [
            ("erased", "sent", "", b"")
        ]
    (last,) = folder.glob("*.eml")
    assert "Everything we held about you has been erased" in last.read_text()


def test_mails_to_them_leave_the_spool_and_those_to_others_stay(world: World, zeb: Person, folder: Path) -> None:
    world.join(world.athlete(SPIKE_YESTERDAY))
    world.one_pass(NOW + timedelta(seconds=2))
    assert len(list(folder.glob("*.eml"))) == 3
    leaving.erase(world.context, zeb.id, NOW)
    (other,) = folder.glob("*.eml")
    assert b"ada@example.org" in other.read_bytes()


def test_a_digest_that_told_a_coach_of_them_goes_too_wherever_it_lies(world: World, zeb: Person, folder: Path) -> None:
    deliver.run(world.context, TO_A_COACH)
    told = [file for file in folder.glob("*.eml") if b"cato@example.org" in file.read_bytes()]
    assert [CANARIES[0].encode() in file.read_bytes() for file in told] == [True]
    leaving.erase(world.context, zeb.id, TO_A_COACH)
    assert not told[0].exists()
    with world.context.database.reading() as db:
        (digest,) = [row for row in letters(db) if "cato" in row.recipient]
        assert digest.message.decode().split(":")[0] == "Message-ID"  # and not a word of what it said
        assert digest.message.count(b"\r\n") == 2


def test_a_confirmation_that_no_server_takes_is_forgotten_too(world: World, zeb: Person) -> None:
    def refuse(_message: object) -> None:
        raise DeliveryError(f"550 <{CANARIES[1].upper()}> unknown", permanent=True)

    leaving.erase(world.context, zeb.id, NOW)
    object.__setattr__(world.context, "send", refuse)
    deliver.run(world.context, NOW)
    leaving.run(world.context, NOW)
    assert CANARIES[1] not in everything(world.context.database).lower()


def test_a_letter_that_was_on_its_way_when_its_runner_was_erased_stops_no_other(
    world: World, zeb: Person, logged: list[dict[str, object]]
) -> None:
    with world.context.database.writing() as db:
        row = letters(db)[0]
        row.state, row.due_at = "queued", NOW
    send, first = world.context.send, [zeb.id]

    def meanwhile(message: object) -> None:
        while first:
            leaving.erase(world.context, first.pop(), NOW)
        send(message)  # type: ignore[arg-type]

    object.__setattr__(world.context, "send", meanwhile)
    assert deliver.run(world.context, NOW) == 1  # the confirmation
    assert [line for line in logged if line["log_level"] == "error"] == []
    leaving.run(world.context, LATER)
    (last,) = world.context.settings.mail.spool.glob("*.eml")
    assert "has been erased" in last.read_text()
