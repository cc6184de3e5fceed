"""R6: more running than the week before. Context, never a verdict."""

import numpy as np
import pytest

from monitor.model import Grade, Level
from monitor.rules.rule import Mails, findings
from monitor.rules.weekly_jump import RULE
from tests.builders import history

WEEK = "10 - - 10 - - - "


@pytest.mark.parametrize(
    ("week", "level"),
    [
        ("13 - - 13 - - -", Level.OK),
        ("13 - - 13.1 - - -", Level.WATCH),
        ("16 - - 16 - - -", Level.WATCH),
        ("16 - - 16.1 - - -", Level.CAUTION),
        ("- - - - - - -", Level.OK),
    ],
)
def test_a_week_is_compared_with_the_week_before(week, level):
    assert RULE.level(RULE.measure(history(WEEK + week))[-1]) is level


@pytest.mark.parametrize(("before", "measure"), [("7.999", 0), ("8", 2.5), ("-", 0)])
def test_after_next_to_nothing_every_week_is_a_jump_so_none_is_told(before, measure):
    assert RULE.measure(history(before + " - - - - - - 20 - - - - - -"))[-1] == measure


def test_without_14_known_days_nothing_can_be_said():
    assert np.isnan(RULE.measure(history(WEEK))).all()


def test_the_sentence_tells_both_weeks():
    days = history(WEEK + "14 - - 14 - - -")
    (finding,) = findings(RULE, days, days.last_day, days.last_day)
    assert RULE.say(finding) == "28.0 km in 7 days, 1.4 times the 7 days before (20.0 km)"


def test_it_is_context_and_contested():
    assert RULE.context
    assert RULE.mails is Mails.NEVER
    assert RULE.evidence.grade is Grade.CONTESTED
