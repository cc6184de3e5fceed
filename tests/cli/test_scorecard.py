"""scorecard: a replay in words and in numbers."""

from collections.abc import Callable

import pytest

from tests.cli.conftest import Hamwatch

RunnerWith = Callable[[str], int]
SPIKE_OF_13_NOV = "10 - 8 - 8 - - " * 6 + "10 - 8 - 14.2 - - 10 - 8 - 8 - - "


@pytest.fixture
def ann(runner_with: RunnerWith) -> int:
    return runner_with(SPIKE_OF_13_NOV)


def test_it_counts_mails_findings_and_silences(hamwatch: Hamwatch, ann: int) -> None:
    found = hamwatch(f"scorecard --runner {ann} --json").json
    assert found["mails"] == {"single_session_spike": 1}
    assert found["findings"]["single_session_spike"] == {"CAUTION": 1}
    assert found["cannot_say"] == {"insufficient history": 27}  # until 28 days are known
    assert (found["runner"], found["mornings"], found["first"], found["last"]) == (ann, 56, "2026-09-29", "2026-11-23")
    assert found["not_judged"]["first_fast_running"] == 29  # the runs came without samples
    assert found["by_mail"] is None


def test_without_an_injury_it_says_that_nothing_can_be_said(hamwatch: Hamwatch, ann: int) -> None:
    said = hamwatch(f"scorecard --runner {ann}").out
    assert "none is logged, so nothing can be said of hits and misses" in said
    assert "Mails: 1 (0.5 a month)" in said
    assert "insufficient history    27 of 56 (48%)" in said


def test_hits_and_misses_stand_beside_what_chance_does(hamwatch: Hamwatch, ann: int) -> None:
    hamwatch(f"injury add --runner {ann} --side left --onset 2026-11-20 --site", "hamstring strain")
    scored = hamwatch(f"scorecard --runner {ann} --json").json["by_mail"]
    assert (scored["hits"], scored["misses"], scored["lead_days"]) == (1, 0, [6])
    said = hamwatch(f"scorecard --runner {ann}").out
    assert "1 of 1 with a mail on one of the 14 days before, first 6 days before; " in said
    assert "of 1,000 shuffled histories had as many" in said
    assert "it says nothing of other runners" in said
    assert "risk" not in said


def test_a_runner_without_a_day_is_one_clear_line(hamwatch: Hamwatch, runner_with: RunnerWith) -> None:
    hamwatch("runner add Bob --email bob@example.org")
    assert "has no known day yet" in hamwatch("scorecard --runner 1").complaint
    assert "no runner 9" in hamwatch("scorecard --runner 9").complaint


def test_the_lines_of_a_club_hold_in_the_replay(hamwatch: Hamwatch, ann: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HAMWATCH_RULES__SINGLE_SESSION_SPIKE__CAUTION", "1.5")
    found = hamwatch(f"scorecard --runner {ann} --json").json
    assert found["findings"]["single_session_spike"] == {"WATCH": 1}
