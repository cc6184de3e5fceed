"""The dead man's switch: whichever half lives tells the operator of the other, and the world outside by silence."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest

from jobs import watch
from jobs.context import Context
from jobs.start import start
from monitor.errors import DeliveryError
from monitor.settings import without_environment
from monitor.store.outbox import letters, queue_letter
from monitor.watch import Part
from tests.delivery.knocking import Door, door, trusted
from tests.delivery.mailserver import mail
from tests.jobs.conftest import NOW

__all__ = ["door", "trusted"]

SECOND, MINUTE, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(days=1)
SECRET = "a secret of at least thirty-two characters"


@dataclass
class Halves:
    """Worker and pages on one database; the operator's mails go to *sent*, unless the mail server is *down*."""

    context: Context
    sent: list[EmailMessage] = field(default_factory=list)
    down: bool = False

    def __post_init__(self) -> None:
        self.context = replace(self.context, send=self._send)

    def _send(self, message: EmailMessage) -> None:
        if self.down:
            raise DeliveryError("the mail server is down; it would not take mail for admin@example.org")
        self.sent.append(message)

    def live(self, half: Part, begin: timedelta, end: timedelta, every: timedelta = 15 * SECOND) -> None:
        """The half looks *every* fifteen seconds from *begin* to *end*, both counted from NOW."""
        for n in range((end - begin) // every + 1):
            watch.run(self.context, half, NOW + begin + n * every)

    @property
    def subjects(self) -> list[str]:
        return [str(message["Subject"]) for message in self.sent]


@pytest.fixture
def halves(tmp_path: Path) -> Iterator[Halves]:
    settings = without_environment(
        {
            "secret_key": SECRET,
            "database": {"url": f"sqlite:///{tmp_path / 'hamwatch.db'}"},
            "mail": {"operator": "Olga <admin@example.org>", "spool": tmp_path / "spool"},
            "watch": {"dead_after_s": 330},
        }
    )
    made = Halves(start(settings, lambda: NOW))
    yield made
    made.context.database.close()


@pytest.mark.parametrize(
    ("alive", "dead", "subject"),
    [
        (Part.WEB, Part.WORKER, "Hamwatch's worker has stopped"),
        (Part.WORKER, Part.WEB, "Hamwatch's pages have stopped"),
    ],
)
def test_the_half_that_lives_mails_the_operator_after_a_quarter_of_an_hour_and_then_daily(
    halves: Halves, alive: Part, dead: Part, subject: str
) -> None:
    """W1. The day is gone through in steps of five minutes."""
    halves.live(dead, -MINUTE, timedelta(0))
    halves.live(alive, -MINUTE, 15 * MINUTE - SECOND)
    assert halves.sent == []
    halves.live(alive, 15 * MINUTE, DAY, every=5 * MINUTE)
    assert halves.subjects == [subject]
    halves.live(alive, DAY, DAY + 16 * MINUTE, every=5 * MINUTE)
    assert halves.subjects == [subject] * 2
    assert len({str(message["Message-ID"]) for message in halves.sent}) == 2
    assert str(halves.sent[0]["To"]) == "Olga <admin@example.org>"


def test_it_goes_straight_out_and_leaves_the_queue_alone(halves: Halves) -> None:
    """W1."""
    halves.live(Part.WORKER, timedelta(0), timedelta(0))
    halves.live(Part.WEB, timedelta(0), 15 * MINUTE)
    with halves.context.database.reading() as db:
        assert letters(db) == []
    text = " ".join(halves.sent[0].get_body(("plain",)).get_content().split())  # type: ignore[union-attr]
    assert "since Wed 30 Sep 2026, 07:00 UTC" in text
    assert "hamwatch status --forget worker" in text


def test_of_many_web_processes_one_mails(halves: Halves) -> None:
    """W1."""
    halves.live(Part.WORKER, timedelta(0), timedelta(0))
    halves.live(Part.WEB, timedelta(0), 15 * MINUTE - SECOND)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: watch.run(halves.context, Part.WEB, NOW + 15 * MINUTE), range(8)))
    assert len(halves.sent) == 1


def test_a_second_outage_is_told_again(halves: Halves) -> None:
    for begin in (timedelta(0), 20 * MINUTE):
        halves.live(Part.WORKER, begin, begin)
        halves.live(Part.WEB, begin, begin + 16 * MINUTE)
    assert halves.subjects == ["Hamwatch's worker has stopped"] * 2


def test_a_mail_server_that_is_down_is_tried_again_and_the_log_names_nobody(
    halves: Halves, logged: list[dict[str, object]]
) -> None:
    halves.live(Part.WORKER, timedelta(0), timedelta(0))
    halves.down = True
    halves.live(Part.WEB, timedelta(0), 19 * MINUTE)
    assert [line["event"] for line in logged] == ["operator not told"]
    assert "admin@example.org" not in str(logged)
    halves.down = False
    halves.live(Part.WEB, 19 * MINUTE, 21 * MINUTE)
    assert halves.subjects == ["Hamwatch's worker has stopped"]


def test_after_a_power_cut_nobody_is_accused_before_they_could_begin(halves: Halves) -> None:
    halves.live(Part.WORKER, -2 * DAY, -2 * DAY)
    halves.live(Part.WEB, timedelta(0), 14 * MINUTE)
    halves.live(Part.WORKER, 14 * MINUTE, 14 * MINUTE)
    halves.live(Part.WEB, 14 * MINUTE, 14 * MINUTE)
    assert halves.sent == []


def test_pages_that_were_never_served_are_not_missed(halves: Halves) -> None:
    halves.live(Part.WORKER, timedelta(0), 60 * MINUTE)
    assert halves.sent == []


def test_a_sender_that_stopped_is_told_although_the_worker_lives(halves: Halves) -> None:
    with halves.context.database.writing() as db:
        queue_letter(db, None, "findings", "1", mail(), NOW, NOW)
    halves.live(Part.WORKER, timedelta(0), 15 * MINUTE)
    assert halves.sent == []
    halves.live(Part.WORKER, 15 * MINUTE, 16 * MINUTE)
    assert halves.subjects == ["Hamwatch's mail is late"]


def test_a_database_that_cannot_be_written_ends_nothing(halves: Halves, logged: list[dict[str, object]]) -> None:
    halves.context.database.close()
    broken = replace(halves.context, database=halves.context.database.impatient(0.01))
    with halves.context.database.writing() as db:
        queue_letter(db, None, "findings", "1", mail(), NOW, NOW)  # holds the write lock
        watch.run(broken, Part.WEB, NOW)
    broken.database.close()
    assert [line["event"] for line in logged] == ["watch failed"]


def knocking(halves: Halves, at: Door) -> Context:
    return replace(
        halves.context,
        settings=without_environment({"secret_key": SECRET, "watch": {"ping_url": at.url}}),
    )


def test_the_address_outside_is_pinged_while_nothing_is_late_and_then_hears_nothing(halves: Halves, door: Door) -> None:
    """W1."""
    context = knocking(halves, door)
    halves.live(Part.WEB, timedelta(0), timedelta(0))
    watch.knock(context, NOW + 45 * SECOND)
    assert door.heard == ["GET /secret-of-the-ping"]
    watch.knock(context, NOW + 46 * SECOND)
    assert len(door.heard) == 1
    halves.live(Part.WEB, 60 * SECOND, 60 * SECOND)
    watch.knock(context, NOW + 60 * SECOND)
    assert len(door.heard) == 2


def test_without_an_address_nobody_is_pinged(halves: Halves, door: Door) -> None:
    watch.knock(halves.context, NOW)
    assert door.heard == []


def test_a_ping_that_fails_is_a_line_in_the_log_without_its_secret(
    halves: Halves, door: Door, logged: list[dict[str, object]]
) -> None:
    door.status = 500
    watch.knock(knocking(halves, door), NOW)
    assert [line["event"] for line in logged] == ["ping failed"]
    assert "secret-of-the-ping" not in str(logged)
