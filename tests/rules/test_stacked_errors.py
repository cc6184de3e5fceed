"""Sudden changes that come together."""

from collections.abc import Mapping

import numpy as np
import pytest

from monitor.load.daily import History
from monitor.model import Level
from monitor.rules.rule import findings
from monitor.rules.stacked_errors import RULE
from tests.builders import history

NAN = np.nan
DAYS = 70
TODAY = DAYS - 1
Days = Mapping[int, float]  # days ago → metres


def lived(fast: Days | None = None, uphill: Days | None = None, longest_km: Days | None = None) -> History:
    """Ten weeks of 8 km a day, and what was otherwise so many days ago."""
    log = [str((longest_km or {}).get(TODAY - n, 8)) for n in range(DAYS)]
    return history(" ".join(log), fast_m=_series(fast), fast_uphill_m=_series(uphill))


def _series(days: Days | None) -> list[float]:
    return [(days or {}).get(TODAY - n, 0.0) for n in range(DAYS)]


def value(days: History) -> float:
    return float(RULE.measure(days)[-1])


@pytest.mark.parametrize(
    ("days", "kinds"),
    [
        pytest.param(lived(uphill={3: 900}, fast={0: 900}), 2, id="first hills, first speed three days later"),
        pytest.param(lived(uphill={0: 900}, fast={6: 900}), 2, id="six days apart, either way round"),
        pytest.param(lived(uphill={0: 900}, fast={7: 900}), 0, id="seven days apart"),
        pytest.param(lived(uphill={3: 900}), 0, id="hills alone"),
        pytest.param(lived(fast={3: 900}), 0, id="speed alone"),
        pytest.param(lived(uphill={3: 900}, fast={3: 950}), 0, id="one fast session of hills is one change"),
        pytest.param(lived(uphill={3: 299}, fast={0: 900}), 0, id="a small hill is no change"),
        pytest.param(lived(uphill={3: 900}, fast={0: 900, 15: 900}), 0, id="speed is not new"),
        pytest.param(lived(uphill={3: 900, 15: 900}, fast={0: 900}), 0, id="hills are not new"),
    ],
)
def test_first_hills_and_first_speed_within_seven_days_are_stacked(days, kinds):
    assert value(days) == kinds


WEEKLY = {7 * n: 1000.0 for n in range(1, 10)}


@pytest.mark.parametrize(
    ("days", "kinds"),
    [
        pytest.param(lived(longest_km={1: 12}, fast={0: 900}), 2, id="a long run, first speed the next day"),
        pytest.param(lived(longest_km={0: 12}, fast={1: 900}), 2, id="first speed, a long run the next day"),
        pytest.param(lived(longest_km={0: 12}, fast={0: 900}), 2, id="both in one run"),
        pytest.param(lived(longest_km={2: 12}, fast={0: 900}), 0, id="a day between them"),
        pytest.param(lived(longest_km={0: 8.8}, fast={1: 900}), 0, id="a tenth more is no spike"),
        pytest.param(lived(longest_km={1: 12}, fast={**WEEKLY, 0: 2000}), 2, id="twice the speed of other weeks"),
        pytest.param(lived(longest_km={1: 12}, fast={**WEEKLY, 0: 1000}), 0, id="as much speed as ever"),
        pytest.param(lived(longest_km={5: 12}, fast={5: 900}), 2, id="it stays for the week"),
        pytest.param(lived(longest_km={7: 12}, fast={7: 900}), 0, id="and no longer"),
    ],
)
def test_a_long_run_and_a_fast_spike_within_two_days_are_stacked(days, kinds):
    assert value(days) == kinds


def test_all_three_together_are_three_kinds():
    assert value(lived(longest_km={1: 12}, fast={0: 900}, uphill={3: 900})) == 3


def test_stacked_changes_are_a_caution():
    assert [RULE.level(kinds) for kinds in (0, 2, 3)] == [Level.OK, Level.CAUTION, Level.CAUTION]


def test_an_unknown_run_of_the_week_leaves_it_open():
    assert np.isnan(value(lived(uphill={3: NAN}, fast={0: 900})))
    assert np.isnan(value(lived(uphill={3: 900}, fast={1: NAN})))
    assert np.isnan(value(lived(uphill={3: 900, 20: NAN}, fast={0: 900})))


def test_the_sentence_tells_all_three_numbers():
    days = lived(uphill={3: 875}, fast={0: 993}, longest_km={30: 11.9, 2: 11.9})
    (finding,) = findings(RULE, days, days.last_day, days.last_day)
    assert RULE.say(finding) == (
        "2 kinds of sudden change within days of each other:"
        " 7 days with 993 m fast, 875 m fast uphill and a longest run of 11.9 km"
    )


def test_the_evidence_says_that_nobody_has_looked():
    assert "No study has looked" in RULE.evidence.says
    assert "plausible, but not shown" in RULE.evidence.says
