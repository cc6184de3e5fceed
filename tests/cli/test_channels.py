"""channel and mail, as whoever runs the server uses them."""

from pathlib import Path

import pytest

from monitor.store.migrate import open_current
from monitor.store.suspensions import suspend
from tests.cli.conftest import NOW, Hamwatch
from tests.delivery.hook import Hook, listening

CANARY = "canary-topic"


def test_a_channel_is_added_shown_without_its_url_tried_and_removed(
    hamwatch: Hamwatch, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HAMWATCH_NOTIFY__ALLOW_PRIVATE", "true")
    hamwatch("runner", "add", "Ann", "--email", "ann@example.org")
    hook = Hook()
    with listening(hook) as port:
        url = f"json://127.0.0.1:{port}/{CANARY}"
        added = hamwatch("channel", "add", url, "--runner", "1", "--label", "phone")
        listed = hamwatch("channel", "list")
        tried = hamwatch("channel", "test", "1")
        hook.status = 500
        refused = hamwatch("channel", "test", "1")
    assert (added.out, listed.out) == ("channel 1: json phone\n", "   1  runner 1     json       phone\n")
    assert tried.out == "channel 1: reached\n"
    assert hook.heard[0][1]["title"] == "Hamwatch reaches you here"
    assert refused.complaint == "the channel did not take the message"
    assert hamwatch("channel", "remove", "1").out == "channel 1: removed\n"
    assert hamwatch("channel", "list").out == ""
    assert CANARY not in f"{added}{listed}{tried}{refused}"
    assert CANARY.encode() not in b"".join(file.read_bytes() for file in folder.iterdir())


def test_a_channel_to_our_own_network_needs_the_setting(hamwatch: Hamwatch, folder: Path) -> None:
    hamwatch("runner", "add", "Ann", "--email", "ann@example.org")
    said = hamwatch("channel", "add", f"json://127.0.0.1/{CANARY}", "--runner", "1").complaint
    assert said.startswith("a channel's URL begins with one of discord")
    assert CANARY not in said


def test_a_channel_is_one_persons(hamwatch: Hamwatch, folder: Path) -> None:
    for whose in ([], ["--runner", "1", "--coach", "1"]):
        assert "one person's" in hamwatch("channel", "add", "ntfys://ntfy.sh/x", *whose).complaint
    assert "no coach 7" in hamwatch("channel", "add", "ntfys://ntfy.sh/x", "--coach", "7").complaint
    assert "no channel 7" in hamwatch("channel", "test", "7").complaint


def test_a_suspended_address_is_shown_and_resumed(hamwatch: Hamwatch, folder: Path) -> None:
    database = open_current("sqlite:///hamwatch.db")
    with database.writing() as db:
        suspend(db, "Ann <Ann@example.org>", "550 no such user", NOW)
    database.close()
    assert hamwatch("mail", "suspended").out == "ann@example.org  2026-11-22 09:00 UTC  550 no such user\n"
    assert "no longer suspended" in hamwatch("mail", "resume", "ANN@example.org").out
    assert hamwatch("mail", "suspended").out == ""
    assert "is not suspended" in hamwatch("mail", "resume", "ann@example.org").complaint
