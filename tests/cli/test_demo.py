"""The demo, lived through once by its command: twelve stories, what is found in each, and who is told.

A drill: twelve runners with half a year each take half a minute to live through.
"""

import io
import os
import sys
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
import structlog
import time_machine

from monitor.cli import main
from monitor.rules import RULES
from monitor.sandbox import team
from monitor.store.database import open_database
from monitor.store.outbox import letters
from monitor.store.tables import Letter
from monitor.store.view import Judged, everyone
from monitor.symptoms.scoring import severity

pytestmark = pytest.mark.drill

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)  # a Sunday
STORIES = {athlete.name: athlete.story for athlete in team(NOW)} | {"Robin Coach": "a coach"}

VERDICTS = {  # story: verdict, rules in force, reason
    "long-run-42": ("CAUTION", ("single_session_spike",), ""),
    "long-run-15": ("WATCH", ("single_session_spike",), ""),
    "long-run-130": ("STRONG", ("single_session_spike",), ""),
    "first-speed": ("CAUTION", ("first_fast_running",), ""),
    "hills-then-speed": ("CAUTION", ("first_fast_running", "fast_uphill", "stacked_errors"), ""),
    "no-rest": ("WATCH", ("no_rest_day", "monotonous_week"), ""),
    "comeback": ("WATCH", ("return_after_layoff",), ""),
    "steady": ("OK", (), ""),
    "new": ("CANNOT SAY", (), "10 of 28 days"),
    "stopped": ("CANNOT SAY", (), "stale since 19 Nov"),
    "two-devices": ("OK", (), ""),
    "taper": ("OK", (), ""),
}
SUBJECTS = {  # story: its one mail
    "long-run-42": "Yesterday's 22.7 km was 42 % beyond your longest in 30 days",
    "long-run-15": "Friday's 16.1 km was 15 % beyond your longest in 30 days",
    "long-run-130": "Yesterday's 23.0 km was 130 % beyond your longest in 30 days",
    "hills-then-speed": "Fast running after weeks without",
    "steady": "Your week: 55.0 km in 5 runs",
    "a coach": "Demo team: 4 need a look, 2 cannot be judged",
    "stopped": "No new runs have reached us since Thursday 19 November",
}
OF_THE_MACHINE = {
    "HAMWATCH_DATABASE__URL": "sqlite:////no/such/folder/club.db",
    "HAMWATCH_STRAVA__BASE_URL": "https://strava.invalid",
    "HAMWATCH_MAIL__HOST": "mail.invalid",
    "HAMWATCH_SECRET_KEY": "too short",
    "HAMWATCH_CONFIG": "nowhere.toml",
    "HAMWATCH_LOG__FORMAT": "json",
}


@dataclass(frozen=True)
class Lived:
    """What the demo left behind, and what it printed."""

    folder: Path
    code: int
    out: str
    err: str
    runners: dict[str, Judged]
    letters: list[Letter]

    @property
    def board(self) -> list[str]:
        """The printed table, without its head."""
        return [line for line in self.out.splitlines() if "│" in line]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lived]:
    """`hamwatch demo --once` on a machine with settings of its own, into the folder of an earlier demo."""
    folder = tmp_path_factory.mktemp("demo")
    (folder / "demo.db").write_text("what an earlier demo left")
    out, err = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patched, time_machine.travel(NOW):
        for name, value in OF_THE_MACHINE.items():
            patched.setitem(os.environ, name, value)
        patched.setattr(sys, "argv", ["hamwatch", "demo", "--once", "--data", str(folder)])
        with redirect_stdout(out), redirect_stderr(err), pytest.raises(SystemExit) as ended:
            main()
    structlog.reset_defaults()
    database = open_database(f"sqlite:///{folder / 'demo.db'}")
    with database.reading() as db:
        runners = {STORIES[row.person.name]: row for row in everyone(db, RULES, NOW)}
        yield Lived(folder, int(ended.value.code or 0), out.getvalue(), err.getvalue(), runners, list(letters(db)))
    database.close()


def mails(demo: Lived) -> list[EmailMessage]:
    """The mails in the folder, as a mail program opens them."""
    files = sorted(demo.folder.rglob("*.eml"))
    return [message_from_bytes(file.read_bytes(), policy=policy.SMTP) for file in files]  # type: ignore[misc]


def story_of(mail: EmailMessage) -> str:
    return STORIES[mail["To"].addresses[0].display_name]


def test_whoever_comes_back_has_told_how_it_felt(demo: Lived) -> None:
    told = demo.runners["comeback"].check_ins
    assert [severity(each) for each in told] == [76, 100, 59, 41, 24]
    assert demo.out.count("check-ins of Joanna Redfern: http") == 1


def test_each_story_has_its_verdict_with_the_rules_in_force_and_the_reason(demo: Lived) -> None:
    told = {
        story: (row.verdict.word, tuple(finding.rule for finding in row.verdict.findings), row.verdict.reason)
        for story, row in demo.runners.items()
    }
    assert told == VERDICTS


def test_exactly_those_are_mailed_who_should_be_and_once_each(demo: Lived) -> None:
    assert sorted((story_of(mail), str(mail["Subject"])) for mail in mails(demo)) == sorted(SUBJECTS.items())


def test_the_first_pass_three_days_ago_mailed_nobody(demo: Lived) -> None:
    assert {NOW - letter.decided_at < timedelta(minutes=5) for letter in demo.letters} == {True}


def test_every_letter_of_the_outbox_lies_in_the_folder_and_was_sent(demo: Lived) -> None:
    assert {letter.state for letter in demo.letters} == {"sent"}
    in_outbox = {message_from_bytes(letter.message)["Message-ID"] for letter in demo.letters}
    assert {mail["Message-ID"] for mail in mails(demo)} == in_outbox


def test_a_comeback_is_never_a_spike(demo: Lived) -> None:
    back = demo.runners["comeback"]
    spikes = {finding.day for finding in back.findings if finding.rule == "single_session_spike"}
    assert not {run.run.day for run in back.runs[:4]} & spikes


def test_a_run_of_two_devices_counts_once_and_the_treadmill_is_noted(demo: Lived) -> None:
    notes = demo.runners["two-devices"].verdict.notes
    assert "8 runs recorded twice, counted once" in notes
    assert "8 runs on a treadmill: distance uncertain" in notes


def test_the_board_has_a_row_for_each_runner_and_no_verdict_wraps(demo: Lived) -> None:
    columns = [[cell.strip() for cell in line.split("│")] for line in demo.board]
    rows = {STORIES[cells[0]]: cells[1] for cells in columns if cells[0]}
    assert rows == {story: word for story, (word, _, _) in VERDICTS.items()}
    assert {cells[1] for cells in columns if not cells[0]} <= {""}
    assert {len(line) for line in demo.board} == {160}


def test_the_board_is_in_the_order_in_which_runners_need_a_look(demo: Lived) -> None:
    words = [line.split("│")[1].strip() for line in demo.board if line.split("│")[0].strip()]
    assert list(dict.fromkeys(words)) == ["STRONG", "CAUTION", "CANNOT SAY", "WATCH", "OK"]


def test_it_ends_well_and_prints_where_each_mail_was_written(demo: Lived) -> None:
    assert demo.code == 0
    printed = [line.strip() for line in demo.out.splitlines() if line.endswith(".eml")]
    assert printed == sorted(str(file) for file in demo.folder.rglob("*.eml"))
    assert f"{len(SUBJECTS)} mails" in demo.out


def test_of_the_machines_settings_only_those_of_the_log_hold(demo: Lived) -> None:
    assert '"event": "strava unavailable"' in demo.err
    assert "invalid" not in demo.out + demo.err


def test_nothing_it_says_goes_beyond_the_evidence(demo: Lived) -> None:
    said = demo.out.lower()
    for claim in ("risk %", "% risk", "safe", "danger", "injured", "diagnos"):
        assert claim not in said
