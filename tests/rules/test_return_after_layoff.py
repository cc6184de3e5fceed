"""R5: the first three weeks back."""

import pytest

from monitor.model import Level
from monitor.rules.return_after_layoff import RULE
from monitor.rules.rule import Mails, findings
from tests.builders import history


@pytest.mark.parametrize(
    ("log", "level"),
    [
        pytest.param("8 " + "- " * 9 + "3", Level.OK, id="nine days are no layoff"),
        pytest.param("8 " + "- " * 10 + "3", Level.WATCH, id="ten days are"),
        pytest.param("8 " + "- " * 10 + "3 " + "- - 3 " * 6 + "- -", Level.WATCH, id="the 21st day back"),
        pytest.param("8 " + "- " * 10 + "3 " + "- - 3 " * 7, Level.OK, id="the 22nd day back"),
        pytest.param("8 " + "- " * 90, Level.OK, id="still away"),
        pytest.param("8 " + "? " * 30 + "3", Level.OK, id="unknown days are no layoff"),
    ],
)
def test_ten_days_without_running_make_the_next_three_weeks_a_comeback(log, level):
    assert RULE.level(RULE.measure(history(log))[-1]) is level


def test_a_comeback_is_told_by_the_length_of_the_break_and_nothing_else():
    days = history("8 " + "- " * 40 + "21")
    (finding,) = findings(RULE, days, days.last_day, days.last_day)
    assert RULE.say(finding) == "in the first three weeks back after 40 days without running"
    assert RULE.mails is Mails.NEVER
