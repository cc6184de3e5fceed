"""When a figure of several runners tells of none of them alone (attack 28)."""

import pytest

from monitor.alerts.aggregate import may_be_told


@pytest.mark.parametrize(
    ("runners", "seen", "told"),
    [
        pytest.param(5, 0, True, id="five strangers"),
        pytest.param(4, 0, False, id="four strangers"),
        pytest.param(4, 4, False, id="four who are all seen"),
        pytest.param(5, 5, True, id="five who are all seen"),
        pytest.param(6, 5, False, id="one hidden behind five"),
        pytest.param(9, 5, False, id="four hidden behind five"),
        pytest.param(10, 5, True, id="five hidden behind five"),
    ],
)
def test_what_is_left_without_those_who_are_seen_is_of_nobody_or_of_five(runners: int, seen: int, told: bool) -> None:
    assert may_be_told(runners, seen) is told
