"""What a user can get wrong: one line that names the thing and the remedy, and nothing written."""

import re
import socket
from pathlib import Path

import pytest

from tests.cli.conftest import Hamwatch

SECRET = "a secret of more than thirty-two characters"


def written(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


@pytest.mark.parametrize(
    "line",
    [
        "metrics --runner 99",
        "findings --runner 99 --format json",
        "headroom --runner 99 --json",
        "import activities.csv --runner 99",
        "pull --runner 99",
        "assess --runner 99",
    ],
)
def test_an_unknown_runner_is_named_with_the_way_to_find_them(hamwatch: Hamwatch, folder: Path, line: str) -> None:
    assert hamwatch(line).complaint == "no runner 99: `hamwatch runner list` shows them all"
    assert written(folder) == []


@pytest.mark.parametrize(
    "line",
    [
        "metrics --runner 1 --from {day}",
        "findings --runner 1 --to {day}",
        "headroom --runner 1 --day {day}",
        "assess --from {day}",
        "daily --day {day}",
    ],
)
@pytest.mark.parametrize("day", ["yesterday", "2026-02-30", "22.11.2026"])
def test_a_day_that_is_no_day_is_named_with_how_to_write_one(
    hamwatch: Hamwatch, folder: Path, line: str, day: str
) -> None:
    assert hamwatch(line.format(day=day)).complaint.startswith(f"'{day}' is no day: write it as YYYY-MM-DD")
    assert written(folder) == []


@pytest.mark.parametrize(
    ("variable", "value", "line", "says"),
    [
        pytest.param("SECRET_KEY", "short", "status", "secret_key: each key needs at least 32", id="a short key"),
        pytest.param("MAIL__HOTS", "x", "runner list", "mail.hots: unknown setting", id="an unknown key"),
        pytest.param("MAIL__PORT", "smtp", "deliver", "mail.port: ", id="a word for a number"),
        pytest.param("DATABASE__URL", "nonsense", "runner list", "database.url is not usable", id="no URL"),
        pytest.param("DATABASE__URL", "sqlite:////no/x.db", "status", "/no does not exist; make it", id="no folder"),
        pytest.param("RULES__LONG__WATCH", "1.2", "alert", "rules.long: there is no such rule", id="an unknown rule"),
        pytest.param("WEB__HOST", "0.0.0.0", "web", "asks nobody to sign in", id="all the world"),
        pytest.param("WEB__HOST", "192.0.2.7", "run", "asks nobody to sign in", id="another address"),
        pytest.param("CONFIG", "nowhere.toml", "status", "no settings file at nowhere.toml", id="a missing file"),
    ],
)
def test_a_wrong_setting_is_refused_before_anything_is_made(
    hamwatch: Hamwatch, folder: Path, monkeypatch: pytest.MonkeyPatch, variable: str, value: str, line: str, says: str
) -> None:
    monkeypatch.setenv(f"HAMWATCH_{variable}", value)
    assert says in hamwatch(line).complaint
    assert written(folder) == []


def test_plain_mail_to_another_machine_is_refused_before_anything_is_made(
    hamwatch: Hamwatch, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HAMWATCH_MAIL__HOST", "mail.example.org")
    monkeypatch.setenv("HAMWATCH_MAIL__SECURITY", "plain")
    assert "use starttls or tls" in hamwatch("deliver").complaint
    assert written(folder) == []


def test_an_unknown_key_is_named_with_the_file_it_stands_in(hamwatch: Hamwatch, folder: Path) -> None:
    (folder / "club.toml").write_text("[web]\nprot = 8000\n")
    said = hamwatch("--config club.toml runner list").complaint
    assert said.startswith("web.prot: unknown setting (in club.toml")
    assert written(folder) == ["club.toml"]


@pytest.mark.parametrize("command", ["web", "run"])
def test_a_port_in_use_is_named_with_the_setting(
    hamwatch: Hamwatch, folder: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        monkeypatch.setenv("HAMWATCH_WEB__PORT", str(port))
        said = hamwatch(command).complaint
    assert re.fullmatch(rf"port {port} cannot be used \(.+\): choose another with web\.port", said)
    assert written(folder) == []


def test_a_database_that_is_none_is_named_and_left_alone(hamwatch: Hamwatch, folder: Path) -> None:
    (folder / "hamwatch.db").write_text("these are my notes, " * 100)
    assert "hamwatch.db" in hamwatch("runner list").complaint
    assert (folder / "hamwatch.db").read_text().startswith("these are my notes")


def test_a_database_server_that_is_not_there_is_named_without_its_password(
    hamwatch: Hamwatch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HAMWATCH_DATABASE__URL", "postgresql+psycopg://me:pass-word@127.0.0.1:1/hamwatch")
    said = hamwatch("runner list").complaint
    assert "cannot use the database postgresql+psycopg://me:***@127.0.0.1:1/hamwatch" in said
    assert "pass-word" not in said


@pytest.mark.parametrize("line", ["runner list --json", "team list", "status"])
def test_looking_makes_no_database(hamwatch: Hamwatch, folder: Path, line: str) -> None:
    assert hamwatch(line).code == 0
    assert written(folder) == []


@pytest.mark.parametrize(
    "line",
    [
        "",
        "nonsense",
        "metrics",
        "metrics --runner one",
        "metrics --runner 1 --format xml",
        "import --runner 1",
        "runner add",
        "runner add Ann",
        "status --loudly",
        "demo --port 70000",
    ],
)
def test_wrong_usage_ends_with_2_and_shows_the_right_one(hamwatch: Hamwatch, folder: Path, line: str) -> None:
    answer = hamwatch(line)
    assert (answer.code, answer.out) == (2, "")
    assert "Usage: hamwatch" in answer.err
    assert "Traceback" not in answer.err
    assert written(folder) == []


def test_help_is_no_mistake(hamwatch: Hamwatch) -> None:
    answer = hamwatch("--help")
    assert (answer.code, answer.err) == (0, "")
    for command in ("daily", "import", "metrics", "findings", "headroom", "runner", "status", "run", "demo"):
        assert f"  {command} " in answer.out


def test_a_fault_of_our_own_is_one_line_that_says_how_to_see_more(
    hamwatch: Hamwatch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("monitor.store.people.people", lambda _db: 1 / 0)
    said = hamwatch("runner list").complaint
    assert said == "unexpected ZeroDivisionError: division by zero. HAMWATCH_LOG__LEVEL=DEBUG shows where"


@pytest.mark.parametrize(
    "line",
    [
        "runner add Ann --email nonsense",
        "injury add --runner 9 --site other --side left --onset 2026-11-01",
        "event add --runner 9 --kind race --from 2026-11-01",
        "profile set --runner 9 --max-heartrate 190",
    ],
)
def test_a_command_that_cannot_be_carried_out_makes_no_database(hamwatch: Hamwatch, folder: Path, line: str) -> None:
    assert hamwatch(line).complaint
    assert list(folder.iterdir()) == []
