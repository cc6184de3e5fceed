"""Bad input 58: however many activities a day is told to hold, it holds 24 hours."""

from datetime import date

import pytest

from monitor.load import duplicates
from monitor.load.duplicates import counted
from monitor.load.full_days import within_a_day
from monitor.load.training import Known, training
from monitor.model import Flag
from tests.builders import activity

HIDDEN = frozenset({Flag.HIDDEN_START})


def test_sixty_runs_of_an_hour_on_one_day_are_twenty_four():
    """Bad input 58."""
    runs = [activity("2026-03-02 00:00:01", 10_000, origin_id=str(n), flags=HIDDEN) for n in range(60)]
    sessions = within_a_day(counted(runs))
    assert [Flag.FULL_DAY in each.run.flags for each in sessions] == [False] * 24 + [True] * 36
    day = date(2026, 3, 2)
    log = training(Known(tuple(runs), ((day, day),)))
    assert (log.history.distance_m[0], log.history.unusable_runs[0]) == (240_000, 36)


def test_a_day_that_is_exactly_full_is_used_whole():
    runs = [activity("2026-03-02 00:00:01", 10_000, 43_200, origin_id=str(n), flags=HIDDEN) for n in range(2)]
    assert within_a_day(counted(runs)) == counted(runs)


def test_each_day_has_its_own_hours():
    runs = [activity(f"2026-03-0{n} 00:00:01", 100_000, 80_000, flags=HIDDEN) for n in range(1, 8)]
    assert within_a_day(counted(runs)) == counted(runs)


@pytest.mark.parametrize("count", [1_000, 2_000])
def test_every_run_is_compared_with_its_neighbours_alone(monkeypatch, count):
    """Bad input 58: ten thousand activities of a second take ten times as long as a thousand, not a hundred times."""
    compared = []
    original = duplicates._Session.is_also
    monkeypatch.setattr(duplicates._Session, "is_also", lambda *of: compared.append(1) or original(*of))
    seconds = [divmod(n, 60) for n in range(count)]
    runs = [activity(f"2026-03-02 07:{minute:02}:{second:02}", 3, 1) for minute, second in seconds]
    assert len(counted(runs)) == count
    assert len(compared) <= 2 * count
