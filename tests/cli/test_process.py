"""The command as a process of its own: what the shell, a pipe and a service manager see.

One of each kind in every test run; a process takes seconds to start, so the others are drills.
"""

import json
import os
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
COMMAND = [sys.executable, "-m", "monitor"]
RunnerWith = Callable[[str], int]


@pytest.fixture
def environment(folder: Path) -> dict[str, str]:
    """As a user's, with the pages on any free port."""
    return os.environ | {"PYTHONPATH": str(ROOT), "HAMWATCH_WEB__PORT": "0"}


@contextmanager
def started(environment: dict[str, str], *words: str) -> Iterator[subprocess.Popen[str]]:
    """The command running, until the block ends."""
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen([*COMMAND, *words], env=environment, text=True, **pipes) as process:
        try:
            yield process
        finally:
            process.kill()


def run(environment: dict[str, str], line: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*COMMAND, *line.split()], env=environment, text=True, capture_output=True, check=False)


def test_data_go_to_stdout_and_nothing_else_does(environment: dict[str, str]) -> None:
    done = run(environment, "runner list --json")
    assert (done.returncode, json.loads(done.stdout), done.stderr) == (0, [], "")


def test_a_failure_is_one_line_on_stderr_and_exit_1(environment: dict[str, str]) -> None:
    failed = run(environment, "metrics --runner 7")
    assert (failed.returncode, failed.stdout) == (1, "")
    assert failed.stderr == "hamwatch: no runner 7: `hamwatch runner list` shows them all\n"


def test_wrong_usage_is_exit_2(environment: dict[str, str]) -> None:
    wrong = run(environment, "metrics")
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert wrong.stderr.startswith("Usage: hamwatch metrics")


@pytest.mark.drill
def test_a_reader_who_leaves_early_is_no_trouble(environment: dict[str, str], runner_with: RunnerWith) -> None:
    runner = runner_with("8 " * 1_500)
    with started(environment, "metrics", "--runner", str(runner)) as process:
        assert process.stdout
        assert process.stderr
        assert process.stdout.readline().startswith("day,distance_km")
        process.stdout.close()
        assert process.stderr.read() == ""


@pytest.mark.drill
def test_a_token_made_by_command_opens_the_api_of_the_pages(
    environment: dict[str, str], runner_with: RunnerWith
) -> None:
    runner = runner_with("8 - 8")
    token = run(environment, f"token add --runner {runner}").stdout.strip()
    with started(environment, "web") as process:
        assert process.stdout
        address = process.stdout.readline().removeprefix("pages: ").strip()
        asked = urllib.request.Request(f"{address}/api/v1/runners", headers={"Authorization": f"Bearer {token}"})
        with urllib.request.urlopen(asked, timeout=10) as answer:
            assert [(each["id"], each["name"]) for each in json.load(answer)] == [(runner, "Ann")]


@pytest.mark.parametrize(
    ("end", "code"),
    [pytest.param(signal.SIGINT, 130, marks=pytest.mark.drill), (signal.SIGTERM, -signal.SIGTERM)],
)
def test_the_product_serves_its_pages_until_it_is_told_to_stop(
    environment: dict[str, str], end: signal.Signals, code: int
) -> None:
    quiet = environment | {"HAMWATCH_LOG__LEVEL": "WARNING"}  # the first copy of the database is told at INFO
    with started(quiet, "run") as process:
        assert process.stdout
        assert process.stderr
        address = process.stdout.readline().removeprefix("pages: ").strip()
        with urllib.request.urlopen(f"{address}/healthz", timeout=10) as answer:
            assert json.load(answer) == {"status": "alive"}
        process.send_signal(end)
        assert process.wait(30) == code
        assert process.stderr.read().strip() == ""
