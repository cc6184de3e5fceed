"""R4b: two weeks without a day of rest."""

import pytest

from monitor.model import Level
from monitor.rules.no_rest_day import RULE
from tests.builders import history


@pytest.mark.parametrize(
    ("log", "level"),
    [
        pytest.param("5 " * 13, Level.OK, id="13 days in a row"),
        pytest.param("5 " * 14, Level.WATCH, id="14 days in a row"),
        pytest.param("5 " * 60, Level.WATCH, id="running every day is no more than that"),
        pytest.param("5 " * 14 + "-", Level.OK, id="a day of rest ends it"),
        pytest.param("5 " * 10 + "? " + "5 " * 10, Level.OK, id="an unknown day may have been rest"),
    ],
)
def test_two_weeks_without_a_day_of_rest_are_noted(log, level):
    assert RULE.level(RULE.measure(history(log))[-1]) is level
