"""daily and its single steps against a served sandbox, and how the product stands."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest
import time_machine

from monitor.cli import demo
from monitor.cli.options import Chosen
from monitor.sandbox import Athlete, Sandbox, faults, serving
from monitor.sandbox.plan import easy
from monitor.store.database import Database
from monitor.store.due import by_hand
from monitor.store.heartbeats import beat
from monitor.watch import Part
from tests.cli.conftest import NOW, Hamwatch

SUBJECT = "Yesterday's 14.2 km was 42 % beyond your longest in 30 days"


def ada() -> Athlete:
    """Seven weeks of 8, 8 and 10 km, and 14.2 km yesterday."""
    athlete = Athlete(7_001, "Ada", "Test", "ada@example.org", "UTC")
    for days_ago in range(49, 0, -1):
        km = {0: 10.0, 2: 8.0, 5: 8.0}.get(days_ago % 7) if days_ago > 1 else 14.2
        if km:
            athlete.record(NOW.replace(tzinfo=None) - timedelta(days=days_ago), easy(round(km * 1000)))
    return athlete


@pytest.fixture
def strava(hamwatch: Hamwatch, database: Database, monkeypatch: pytest.MonkeyPatch) -> Iterator[Sandbox]:
    """A sandbox Strava that the settings name, with Ada connected as runner 1."""
    sandbox = Sandbox([ada()], lambda: NOW)
    with serving(sandbox) as url:
        monkeypatch.setenv("HAMWATCH_STRAVA__BASE_URL", url)
        monkeypatch.setenv("HAMWATCH_STRAVA__CLIENT_ID", sandbox.client_id)
        monkeypatch.setenv("HAMWATCH_STRAVA__CLIENT_SECRET", sandbox.client_secret)
        with time_machine.travel(NOW, tick=False):
            demo.join(Chosen(None).product(), sandbox.athletes[7_001], NOW)
        yield sandbox


def spooled(folder: Path) -> list[str]:
    """The subjects of the mails in the spool."""
    files = sorted((folder / "spool").glob("*.eml"))
    return [str(message_from_bytes(file.read_bytes(), policy=policy.SMTP)["Subject"]) for file in files]


def test_one_daily_pass_goes_all_the_way_from_strava_to_the_spool(
    hamwatch: Hamwatch, strava: Sandbox, folder: Path
) -> None:
    answer = hamwatch("daily")
    assert (answer.code, answer.out) == (0, "1 letters sent\n")
    assert spooled(folder) == [SUBJECT]
    assert hamwatch("daily").out == "0 letters sent\n"
    assert spooled(folder) == [SUBJECT]


def test_the_steps_of_a_pass_can_be_taken_one_by_one(hamwatch: Hamwatch, strava: Sandbox, folder: Path) -> None:
    assert hamwatch("pull --runner 1").code == 0
    assert hamwatch("metrics --runner 1 --from 2026-11-21 --to 2026-11-21 --format json").json[0]["distance_km"] == 14.2
    assert hamwatch("findings --runner 1 --format json").json == []
    assert hamwatch("assess").code == 0
    assert "single_session_spike" in hamwatch("findings --runner 1").out
    assert hamwatch("status --json").json["letters"] == {}
    assert hamwatch("alert").code == 0
    assert hamwatch("status --json").json["letters"] == {"queued": 1}
    assert spooled(folder) == []
    assert hamwatch("deliver").out == "1 letters sent\n"
    assert spooled(folder) == [SUBJECT]
    assert hamwatch("status --json").json["letters"] == {"sent": 1}


def test_a_runner_whom_another_process_asks_for_is_left_to_it(
    hamwatch: Hamwatch, strava: Sandbox, database: Database
) -> None:
    """I8."""
    with by_hand(database, 1, lambda: NOW, "another process") as held:
        assert held
        answer = hamwatch("pull --runner 1")
    assert (answer.code, "another process is asking for runner 1" in answer.err) == (1, True)
    assert hamwatch("pull --runner 1").code == 0


def test_only_the_days_asked_for_are_assessed_anew(hamwatch: Hamwatch, strava: Sandbox) -> None:
    hamwatch("pull")
    hamwatch("assess --runner 1 --from 2026-11-21 --to 2026-11-21")
    assert {row["day"] for row in hamwatch("findings --runner 1 --format json").json} == {"2026-11-21"}


def test_a_past_day_is_assessed_anew_and_strava_is_not_asked(hamwatch: Hamwatch, strava: Sandbox) -> None:
    hamwatch("daily")
    asked, findings = len(strava.requests), hamwatch("findings --runner 1").out
    assert hamwatch("daily --day 2026-11-20").code == 0
    assert hamwatch("findings --runner 1").out == findings
    assert len(strava.requests) == asked


def test_trouble_at_strava_is_one_line_in_the_log_and_no_failure_of_the_command(
    hamwatch: Hamwatch, strava: Sandbox
) -> None:
    strava.refuse(None, faults.status(503), path="/api")
    answer = hamwatch("pull")
    assert (answer.code, answer.out) == (0, "")
    assert answer.err.count("\n") == 1
    assert "strava unavailable" in answer.err
    assert "503" in answer.err


def test_a_log_for_machines_is_json_line_by_line(
    hamwatch: Hamwatch, strava: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HAMWATCH_LOG__FORMAT", "json")
    events = [json.loads(line)["event"] for line in hamwatch("daily").err.splitlines()]
    assert events[0] == "strava list stored"
    assert events[-2:] == ["letter queued", "letter sent"]


def test_no_log_line_tells_a_name_an_address_or_a_token(hamwatch: Hamwatch, strava: Sandbox) -> None:
    said = hamwatch("daily").err
    for secret in ("Ada", "ada@example.org", strava.client_secret, *strava.tokens.access_tokens):
        assert secret not in said


def test_status_is_calm_where_nothing_is_wrong(hamwatch: Hamwatch, strava: Sandbox) -> None:
    hamwatch("daily")
    answer = hamwatch("status --json")
    assert (answer.code, answer.err) == (0, "")
    assert answer.json["needs_a_person"] == []
    assert answer.json["connections"] == {"ok": 1}
    assert hamwatch("status").code == 0


def test_status_ends_with_1_where_a_half_is_dead_until_it_is_forgotten(
    hamwatch: Hamwatch, database: Database, folder: Path
) -> None:
    """W1."""
    with database.writing() as db:
        beat(db, Part.WORKER, NOW - timedelta(minutes=1), timedelta(seconds=45))
    answer = hamwatch("status --json")
    assert answer.code == 1
    [late] = answer.json["late"]
    assert late["part"] == "worker"
    assert answer.json["needs_a_person"] == [late["says"]]
    assert late["says"] in hamwatch("status").out
    assert hamwatch("status --json --forget worker").json["late"] == []
    assert hamwatch("status").code == 0


@pytest.mark.parametrize("command", ["daily", "pull", "assess", "alert", "deliver"])
def test_a_job_refuses_while_the_clock_cannot_be_right(hamwatch: Hamwatch, folder: Path, command: str) -> None:
    """S12."""
    assert "the clock says 1970-01-01" in hamwatch(command, now=datetime(1970, 1, 1, tzinfo=UTC)).complaint
    assert list(folder.iterdir()) == []


def test_status_ends_with_1_where_something_needs_a_person(hamwatch: Hamwatch, strava: Sandbox) -> None:
    hamwatch("daily")
    strava.refuse(None, faults.inactive)
    hamwatch("pull")
    answer = hamwatch("status --json")
    assert answer.code == 1
    assert "inactive" in answer.json["needs_a_person"][0]
    for_people = hamwatch("status")
    assert for_people.code == 1
    assert "inactive" in for_people.out
