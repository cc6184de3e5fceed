"""I1: killed at any moment, the product comes back to the very store that it would have without."""

import signal
from contextlib import ExitStack
from pathlib import Path
from random import Random

import pytest

from tests.drills.club import Store, drill, stored

pytestmark = pytest.mark.drill


@pytest.fixture(scope="module")
def steps(tmp_path_factory: pytest.TempPathFactory) -> int:
    """How many statements and answers a whole pass takes."""
    folder = tmp_path_factory.mktemp("steps")
    with ExitStack() as stack:
        assert drill(folder, stack).child("pass", (0, folder / "steps")) == 0
    return int((folder / "steps").read_text())


@pytest.mark.parametrize("seed", range(6))
def test_a_pass_that_was_killed_at_any_moment_is_made_up_for(
    seed: int, steps: int, undisturbed: Store, tmp_path: Path, stack: ExitStack
) -> None:
    """I1: at a moment that chance has chosen."""
    club, moment = drill(tmp_path, stack), Random(seed).randint(1, steps)
    assert club.child("pass", (moment, tmp_path / "steps")) == -signal.SIGKILL
    club.go_on("pass")
    if club.refreshes() == [200, 400]:  # T2's moment: the new token died with the process
        assert club.world.connection(club.person).access == "revoked"
        return
    assert stored(club.world.context.database) == undisturbed
    assert len(set(club.arrived)) == 1
