"""M4, M5: whatever fails and whoever is killed, every letter arrives, and copies carry the same Message-ID."""

from pathlib import Path

import pytest

from tests.drills.sending import run

pytestmark = pytest.mark.drill

LETTERS, KILLS = 1_000, 20  # a tenth of what was asked for


@pytest.mark.parametrize("senders", [1, 4])
def test_letters_survive_kills_and_faults_and_a_kill_makes_at_most_one_copy_a_sender(
    tmp_path: Path, senders: int
) -> None:
    """M5."""
    found = run(tmp_path, LETTERS, KILLS, senders)
    assert found.kills == KILLS
    assert sum(found.faults.values()) >= 0.25 * LETTERS
    assert found.states == {"sent": LETTERS}
    assert set(found.accepted) == {f"<alert-{number}@example.org>" for number in range(LETTERS)}
    assert found.duplicates <= KILLS * senders + found.faults["cut"]
