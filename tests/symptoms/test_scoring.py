"""The questionnaire's score, against the rules as they were published.

Clarsen et al. 2020, Br J Sports Med 54:390: four options of 0, 8, 17 and 25; option 1 of the first question is 0 and
ends it, option 4 is 100. Substantial: option 4 of the first question, or option 3 or 4 of the second or third. The
sums of this table were added up by hand.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.symptoms.check_in import CheckIn
from monitor.symptoms.questions import FURTHER, PARTICIPATION
from monitor.symptoms.scoring import POINTS, is_substantial, severity
from tests.symptoms.told import CHECK_IN, DAY

TABLE = [  # the options of the four questions, severity, substantial
    ((1, None, None, None), 0, False),
    ((4, None, None, None), 100, True),
    ((2, 1, 1, 1), 8, False),
    ((2, 1, 1, 2), 16, False),
    ((2, 2, 2, 2), 32, False),
    ((2, 3, 1, 2), 33, True),
    ((2, 1, 3, 1), 25, True),
    ((2, 2, 2, 4), 49, False),
    ((3, 1, 1, 1), 17, False),
    ((3, 2, 2, 4), 58, False),
    ((3, 3, 2, 3), 59, True),
    ((3, 3, 3, 3), 68, True),
    ((3, 1, 4, 1), 42, True),
    ((3, 4, 4, 4), 92, True),
]


def answered(options):
    names = ("participation", "modification", "performance", "symptoms")
    return CheckIn(day=DAY, **dict(zip(names, options, strict=True)))


@pytest.mark.parametrize(("options", "points", "substantial"), TABLE, ids=[str(row[0]) for row in TABLE])
def test_the_score_is_the_published_one(options, points, substantial):
    assert severity(answered(options)) == points
    assert is_substantial(answered(options)) is substantial


def test_whoever_could_not_participate_is_at_100_whatever_else_was_sent():
    assert severity(answered((4, 1, 1, 1))) == 100


def test_after_full_participation_nothing_else_counts():
    assert severity(answered((1, 4, 4, 4))) == 0
    assert not is_substantial(answered((1, 4, 4, 4)))


@given(CHECK_IN)
def test_the_score_stays_on_its_scale(told):
    assert 0 <= severity(told) <= 100


@given(st.lists(st.integers(1, 3), min_size=4, max_size=4), st.integers(1, 3))
def test_a_worse_answer_never_lowers_the_score(options, position):
    worse = [option + (n == position) for n, option in enumerate(options)]
    options[0] = worse[0] = max(2, options[0])
    assert severity(answered(worse)) > severity(answered(options))


def test_the_four_questions_ask_of_the_last_seven_days_and_have_four_options():
    for item in (PARTICIPATION, *FURTHER):
        assert item.text.endswith("during the past 7 days?")
        assert len(set(item.options)) == len(POINTS) == 4
