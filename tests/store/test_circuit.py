"""The mail server as a whole, and addresses that rest."""

from datetime import timedelta

import pytest

from monitor.errors import UserError
from monitor.store.backoff import wait_after
from monitor.store.channels import add_channel, channel_url
from monitor.store.circuit import circuit, claim_probe, note_down, note_up, rests
from monitor.store.database import Database
from monitor.store.delivery_tables import Channel
from monitor.store.rotation import Outcome, rotated
from monitor.store.sealing import CannotOpen, keyring
from monitor.store.suspensions import lift, resume, suspend, suspended
from tests.store.made import KEYS, NOW

MINUTE = timedelta(minutes=1)


def test_an_outage_is_probed_after_1_5_15_30_and_60_minutes(either: Database) -> None:
    now, waits = NOW, []
    for number in range(6):
        with either.writing() as db:
            assert claim_probe(db, now) is (number > 0)
            note_down(db, "nobody there", now, 1.0, probe=number > 0)
            found = circuit(db)
            assert found
            assert found.since == NOW
            waits.append((found.probe_at - now) / MINUTE)
            assert rests(db, found.probe_at - timedelta(seconds=1))
            assert not rests(db, found.probe_at)
            now = found.probe_at
    assert waits == [1, 5, 15, 30, 60, 60]


def test_who_fails_beside_the_first_one_adds_nothing(either: Database) -> None:
    for _ in range(4):
        with either.writing() as db:
            note_down(db, "nobody there", NOW, 1.0, probe=False)
    with either.reading() as db:
        found = circuit(db)
        assert found
        assert (found.failures, found.probe_at) == (1, NOW + MINUTE)


def test_a_probe_keeps_the_others_waiting_until_its_end(either: Database) -> None:
    with either.writing() as db:
        note_down(db, "nobody there", NOW, 1.0, probe=False)
        claim_probe(db, NOW + MINUTE)
        assert rests(db, NOW + MINUTE)
        assert not rests(db, NOW + 3 * MINUTE)  # the prober was killed
        note_up(db)
        assert not rests(db, NOW)


@pytest.mark.parametrize(("jitter", "minutes"), [(0.8, 4.0), (1.2, 6.0)])
def test_a_wait_is_a_fifth_shorter_or_longer(jitter: float, minutes: float) -> None:
    assert wait_after(2, jitter) == timedelta(minutes=minutes)


def test_an_address_rests_once_however_it_is_written(either: Database) -> None:
    with either.writing() as db:
        for recipient in ("Ann <ann@example.org>", "ANN@example.org"):
            suspend(db, recipient, "550", NOW)
        assert [each.address for each in suspended(db)] == ["ann@example.org"]
        lift(db, "A. <Ann@Example.org>")
        assert list(suspended(db)) == []
        with pytest.raises(UserError, match="is not suspended"):
            resume(db, "ann@example.org")


def test_a_channels_url_is_sealed_for_its_row_and_follows_a_new_key(either: Database, ann: int) -> None:
    newer = keyring(["a newer secret of more than 32 characters"])
    with either.writing() as db:
        first, second = (add_channel(db, KEYS, f"ntfys://ntfy.sh/{n}", "", NOW, runner_id=ann).id or 0 for n in "ab")
    both = keyring(["a newer secret of more than 32 characters", "a secret of more than thirty-two characters"])
    assert dict(rotated(either, both)) == {f"channel {first}": Outcome.SEALED, f"channel {second}": Outcome.SEALED}
    with either.writing() as db:
        assert channel_url(db, newer, first) == "ntfys://ntfy.sh/a"
        db.get_one(Channel, first).url_sealed = db.get_one(Channel, second).url_sealed
    with either.reading() as db, pytest.raises(CannotOpen):
        channel_url(db, newer, first)
