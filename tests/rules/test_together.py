"""What several rules say at once."""

from datetime import date

import pytest

from monitor.model import Finding, Level
from monitor.rules import RULES
from monitor.rules.together import STRICTER_AFTER_A_LAYOFF, raise_levels

DAY, DAY_BEFORE = date(2026, 3, 2), date(2026, 3, 1)
BACK = Finding("return_after_layoff", DAY, Level.WATCH, 12)


def spike(level: Level, day: date = DAY) -> Finding:
    return Finding("single_session_spike", day, level, 1.2)


@pytest.mark.parametrize(
    ("level", "raised"),
    [(Level.WATCH, Level.CAUTION), (Level.CAUTION, Level.STRONG), (Level.STRONG, Level.STRONG)],
)
def test_a_spike_of_a_runner_just_back_counts_one_band_more(level, raised):
    assert raise_levels([spike(level), BACK]) == [spike(raised), BACK]
    assert raise_levels([BACK, spike(level)]) == [BACK, spike(raised)]


def test_a_spike_of_another_day_stays_as_it_is():
    assert raise_levels([spike(Level.WATCH, DAY_BEFORE), BACK]) == [spike(Level.WATCH, DAY_BEFORE), BACK]


def test_a_spike_of_a_runner_with_a_habit_stays_as_it_is():
    assert raise_levels([spike(Level.WATCH)]) == [spike(Level.WATCH)]


def test_other_findings_of_a_comeback_stay_as_they_are():
    jump = Finding("weekly_jump", DAY, Level.WATCH, 1.4)
    assert raise_levels([jump, BACK]) == [jump, BACK]


def test_it_speaks_of_rules_that_exist():
    assert {"return_after_layoff", *STRICTER_AFTER_A_LAYOFF} <= {rule.name for rule in RULES}
