"""What the logs tell of a runner: a number, and never who it is."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from jobs import deliver, leaving
from monitor.errors import DeliveryError
from monitor.sandbox import faults
from tests.jobs.conftest import NOW, World
from tests.jobs.everywhere import CANARIES, LATER, known_everywhere, spooling


@pytest.fixture
def console(capsys: pytest.CaptureFixture[str]) -> Iterator[None]:
    """The log as people see it, at DEBUG."""
    import structlog

    from monitor.cli.logs import show_logs
    from monitor.settings.sections import LogSettings

    show_logs(LogSettings(level="DEBUG"))
    yield
    structlog.reset_defaults()


def test_logs_at_debug_name_nobody(
    world: World,
    request: pytest.FixtureRequest,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    request.getfixturevalue("console")
    caplog.set_level("DEBUG")
    spooling(world, tmp_path / "spool")
    whose = known_everywhere(world)

    def refuse(message: object) -> None:
        raise DeliveryError(f"550 <{CANARIES[1]}>: no such user")

    object.__setattr__(world.context, "send", refuse)
    world.sandbox.athletes[1].activities[0]["distance"] = -5
    world.pull(whose)
    world.sandbox.refuse(None, faults.status(503))
    world.pull(whose)
    world.sandbox.heal(None)
    leaving.erase(world.context, whose.id, NOW)
    deliver.run(world.context, NOW)
    leaving.run(world.context, LATER)
    told = capsys.readouterr()
    said = told.out + told.err + caplog.text
    assert "runner erased" in said
    assert "the recipient" in said
    assert [canary for canary in (*CANARIES, *world.context.secrets) if canary in said] == []
