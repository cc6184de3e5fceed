"""How fast letters leave through a fast mail server: `python -m tests.benchmarks.delivery`.

A thousand in a minute on one worker is what is asked for. The server runs in a process of its own.
"""

import multiprocessing
import tempfile
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path
from time import perf_counter
from typing import Any

from jobs import deliver
from jobs.start import start
from monitor.alerts.message import alert_message
from monitor.cli.logs import show_logs
from monitor.settings import without_environment
from monitor.settings.sections import LogSettings
from monitor.store.outbox import queue_letter
from monitor.store.people import add_runner
from tests.alerts.letters import FOUR_WEEKS, FRIDAY, ROOM, envelope, spike
from tests.delivery.mailserver import Inbox, running

LETTERS = 1_000
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
PROCESSES = multiprocessing.get_context("forkserver")


def serve(told: "Connection[Any, Any]") -> None:
    inbox = Inbox()
    with running(inbox) as port:
        told.send(port)
        told.recv()
    told.send(len(inbox.arrived))


def measured(folder: Path, port: int, senders: int) -> float:
    """Seconds for all letters, each the real one with its picture, in its own transaction."""
    mail = {"host": "127.0.0.1", "port": port, "security": "plain", "senders": senders}
    url = f"sqlite:///{folder / 'hamwatch.db'}"
    given = {"database": {"url": url}, "mail": mail, "secret_key": "a secret of at least 32 characters"}
    context = start(without_environment(given), lambda: NOW)
    message = alert_message(envelope(), [spike()], FOUR_WEEKS, FRIDAY, headroom=ROOM)
    with context.database.writing() as db:
        runner = add_runner(db, "Ada", "ada@example.org", "UTC", None, NOW)
        for number in range(LETTERS):
            message.replace_header("Message-ID", f"<{number}@example.org>")
            queue_letter(db, runner.id, "findings", str(number), message, NOW, NOW)
    began = perf_counter()
    sent = deliver.run(context, NOW)
    took = perf_counter() - began
    context.database.close()
    if sent != LETTERS:
        raise RuntimeError(f"only {sent} of {LETTERS} letters left")
    return took


def main() -> None:
    show_logs(LogSettings(level="ERROR"))
    print(f"{LETTERS} letters with their picture through a mail server on loopback")
    for senders in (1, 4):
        ours, theirs = PROCESSES.Pipe()
        process = PROCESSES.Process(target=serve, args=(theirs,))
        process.start()
        with tempfile.TemporaryDirectory() as folder:
            took = measured(Path(folder), ours.recv(), senders)
        ours.send("end")
        arrived = ours.recv()
        process.join(30)
        print(f"  {senders} senders: {took:5.1f} s, {60 * LETTERS / took:7.0f} a minute; {arrived} arrived")


if __name__ == "__main__":
    main()
