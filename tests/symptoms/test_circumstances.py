"""What else a week held is context: it says what studies saw, and changes nothing that is judged."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.symptoms import pain
from monitor.symptoms.circumstances import BOUNDS, NAMES, Circumstances, are_possible, context, latest
from monitor.symptoms.outcome import outcome
from tests.symptoms.test_outcome import CLAIMS, NAMES_OF_DISEASES
from tests.symptoms.told import CHECK_IN, told

CIRCUMSTANCES = st.builds(
    Circumstances,
    sleep_h=st.none() | st.integers(0, 32).map(lambda halves: halves / 2),
    stress=st.none() | st.integers(0, 10),
    fuelling_concern=st.none() | st.booleans(),
    strength_sessions=st.none() | st.integers(0, 14),
)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        pytest.param({}, [], id="nothing was told"),
        pytest.param({"sleep_h": 7.0, "stress": 6, "fuelling_concern": False}, [], id="on its line is not beyond it"),
        pytest.param({"sleep_h": 6.5}, ["You told of 6.5 hours of sleep a night"], id="short sleep"),
        pytest.param({"sleep_h": 0.0}, ["You told of 0 hours of sleep a night"], id="no sleep is told, not blank"),
        pytest.param({"stress": 7}, ["You told of stress of 7 of 10"], id="much stress"),
        pytest.param({"fuelling_concern": True}, ["You told of a worry about eating enough"], id="food"),
        pytest.param({"strength_sessions": 0}, [], id="strength is only counted"),
    ],
)
def test_what_is_said_of_circumstances(given: dict[str, float], said: list[str]) -> None:
    assert [each.partition(". ")[0] for each in context(Circumstances(**given))] == said


def test_the_studies_that_disagree_about_sleep_stand_together_with_their_grade() -> None:
    [said] = context(Circumstances(sleep_h=6))
    for part in ("95 endurance athletes", "1.51", "161 high-school runners saw no such link", "Grade C", "Joachim"):
        assert part in said


@given(CIRCUMSTANCES)
def test_no_sentence_of_them_promises_frightens_or_names_a_disease(around: Circumstances) -> None:
    said = " ".join(context(around)).lower()
    assert not re.search(CLAIMS, said)
    assert not re.search(NAMES_OF_DISEASES, said)


@given(CHECK_IN, CIRCUMSTANCES)
def test_nothing_that_is_judged_depends_on_them(answers, around) -> None:
    with_them = replace(answers, **{name: getattr(around, name) for name in NAMES})
    assert outcome(with_them) == outcome(answers)
    assert pain.by_day([with_them]) == pain.by_day([answers])


@pytest.mark.parametrize("name", BOUNDS)
def test_a_number_lies_on_its_scale(name: str) -> None:
    least, most = BOUNDS[name]
    possible = [are_possible(Circumstances(**{name: value})) for value in (None, least, most, least - 1, most + 1)]
    assert possible == [True, True, True, False, False]


def test_of_each_answer_the_last_that_was_given_stands() -> None:
    known = [told(sleep_h=8, stress=2), told(sleep_h=6.5), told(strength_sessions=0)]
    assert latest(known) == Circumstances(sleep_h=6.5, stress=2, strength_sessions=0)
    assert not latest([told()]).told
