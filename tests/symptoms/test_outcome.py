"""What the runner reads, as a table of sentences; and what nobody ever reads."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.symptoms import outcome as said
from monitor.symptoms.check_in import CheckIn, Morning
from monitor.symptoms.outcome import outcome
from monitor.symptoms.patterns import ASKED as TRAITS
from monitor.symptoms.patterns import Pattern, Trait
from monitor.symptoms.prevention import HABITS
from monitor.symptoms.red_flags import ASKED as FLAGS
from monitor.symptoms.red_flags import CALL_NOW, RedFlag, Urgency
from tests.symptoms.told import CHECK_IN, DAY, FINE, told

T, F = Trait, RedFlag
NAMES_OF_DISEASES = (
    r"tendin|tendonitis|sciatic|radicul|fractur|\bstrain|\btear\b|torn|avuls|stenosis|cauda|thrombo|embol|hernia"
    r"|bursit|arthr|syndrome|piriform|impinge|enthes|injur(y|ed) detected|cancer|tumou?r"
)
CLAIMS = r"danger|at risk|risk of|\brisk\b|will get injured|prevent|safe|sweet spot|validated|guarantee|\d ?%|damage"

TABLE = [
    pytest.param(FINE, "Noted: a week without problems", (), None, id="a week without problems"),
    pytest.param(
        CheckIn(day=DAY, participation=2, modification=2, performance=1, symptoms=2),
        "Noted: what you told, and what may help",
        (),
        None,
        id="trouble elsewhere is noted, and no pattern is made of it",
    ),
    pytest.param(
        CheckIn(day=DAY, participation=4),
        "Noted: what you told, and what may help",
        ("By the questionnaire's own definition this is substantial",),
        None,
        id="could not take part: substantial",
    ),
    pytest.param(
        told(T.SIT_BONE, T.HARD_SEAT, T.UPHILL, T.FASTER, T.SHOE, pain=3),
        "Noted: what you told, and what may help",
        ("Reduce fast and uphill running first", "Leave out stretching", "Pain up to 3 of 10"),
        "load-sensitive, at the sit bone",
        id="at the sit bone",
    ),
    pytest.param(
        told(T.SIT_BONE, T.UPHILL, pain=2, lasting=True),
        "A physiotherapist can help",
        ("Reduce fast and uphill running first", "two weeks or longer: see a physiotherapist"),
        "load-sensitive, at the sit bone",
        id="at the sit bone for more than two weeks",
    ),
    pytest.param(
        told(T.DIFFUSE, T.AFTER_DISTANCE, T.STIFF_AFTER_SITTING, pain=2),
        "Noted: what you told, and what may help",
        ("shorter than the distance at which it begins",),
        "diffuse, distance-related",
        id="diffuse, from a distance on",
    ),
    pytest.param(
        told(T.BURNING, T.SPREADING, T.BACK_POSITION, T.MORNING, pain=4),
        "Let a clinician look at it, within days",
        ("Let a clinician look at it, and mention your back", "call a doctor that day", "48 to 72 hours"),
        "back-position related, spreading",
        id="spreading, with the back",
    ),
    pytest.param(
        told(T.SPREADING, T.BACK_POSITION, flags=frozenset({F.ONE_LEG})),
        "See a doctor today",
        ("Do not run. Call a doctor today",),
        None,
        id="spreading with a numb leg is for today",
    ),
    pytest.param(
        told(T.SUDDEN, T.FASTER, T.SIT_BONE, pain=2),
        "Let a clinician look at it, within days",
        ("Stop running for now", "Leave stretching and fast steps"),
        "sudden onset",
        id="sudden, in fast running",
    ),
    pytest.param(
        told(T.DIFFUSE, flags=frozenset({F.SHARP_WITH_WEIGHT, F.CANNOT_HOP})),
        "Stop running, and see a doctor",
        ("Stop running, and contact a doctor", "no running, hopping or jumping"),
        None,
        id="vague, then sharp with weight: red",
    ),
    pytest.param(
        told(flags=frozenset({F.POP})), "See a doctor today", ("Do not run. Call a doctor today",), None, id="a pop"
    ),
    pytest.param(
        told(flags=frozenset({F.CALF_OR_BREATH})),
        "See a doctor today",
        ("If you are short of breath, call the emergency number now", "Do not run. Call a doctor today"),
        None,
        id="a hot calf",
    ),
    pytest.param(
        told(T.SIT_BONE, flags=frozenset({F.SADDLE, F.LIMP})),
        "This is an emergency",
        ("Call the emergency number of your country now", "Do not drive yourself"),
        None,
        id="numb at the saddle is an emergency whatever else",
    ),
    pytest.param(
        told(pain=7),
        "A physiotherapist can help",
        ("Leave out fast and uphill running for now, and see a physiotherapist",),
        None,
        id="pain above 5",
    ),
    pytest.param(
        told(pain=1, morning=Morning.WORSE),
        "A physiotherapist can help",
        ("Leave out fast and uphill running for now",),
        None,
        id="a worse morning",
    ),
    pytest.param(
        told(pain=5), "Noted: what you told, and what may help", ("For the next 48 to 72 hours",), None, id="pain of 5"
    ),
    pytest.param(
        told(T.MORNING, pain=1),
        "Noted: what you told, and what may help",
        ("Pain up to 3 of 10",),
        None,
        id="no clear pattern",
    ),
]


@pytest.mark.parametrize(("answers", "headline", "steps", "pattern"), TABLE)
def test_what_the_runner_reads(answers, headline, steps, pattern):
    found = outcome(answers)
    assert found.headline == headline
    assert found.steps if steps else not found.steps
    assert all(any(part in step for step in found.steps) for part in steps)
    named = [sentence for sentence in found.sentences if sentence.startswith(said.MENTION)]
    assert named == ([f"{said.MENTION}: {pattern}"] if pattern else [])


def test_where_a_clinician_should_look_no_leave_is_given_to_go_on():
    for traits in ((T.SPREADING,), (T.SUDDEN,)):
        assert "go on" not in " ".join(outcome(told(*traits, pain=1)).sentences)
    assert "go on" in " ".join(outcome(told(T.SIT_BONE, pain=1)).sentences)


def test_of_equal_patterns_the_more_careful_one_is_named():
    assert outcome(told(T.SIT_BONE, T.SPREADING)).pattern is Pattern.SPREADING
    assert outcome(told(T.UPHILL, T.FASTER, T.AFTER_DISTANCE, T.STIFF_AFTER_SITTING)).pattern is Pattern.SIT_BONE


def test_the_pattern_with_most_of_its_traits_is_named():
    assert outcome(told(T.SIT_BONE, T.HARD_SEAT, T.BURNING, T.MORNING)).pattern is Pattern.SIT_BONE


def test_a_pattern_comes_with_the_words_that_it_is_no_diagnosis():
    assert said.NO_DIAGNOSIS in outcome(told(T.SIT_BONE)).sentences


def test_pain_that_has_risen_for_two_weeks_is_said():
    earlier = [told(pain=2, days_ago=7), told(pain=1, days_ago=14)]
    assert said.RISING in outcome(told(pain=3), earlier).sentences


def test_later_check_ins_change_nothing_of_an_older_one():
    older = told(pain=3, days_ago=7)
    assert outcome(older, [told(pain=9), told(pain=1, days_ago=14)]) == outcome(older, [told(pain=1, days_ago=14)])


WITH_FLAG = st.tuples(CHECK_IN, st.frozensets(st.sampled_from(RedFlag), min_size=1))


@given(WITH_FLAG, st.lists(CHECK_IN, max_size=4))
def test_a_red_flag_wins_whatever_else_was_said(given, earlier):
    answers, flags = given
    flagged = CheckIn(**{name: getattr(answers, name) for name in CheckIn.__slots__} | {"flags": flags})
    alone = CheckIn(day=answers.day, participation=2, there=True, flags=flags)
    found = outcome(flagged, earlier)
    assert found.is_red
    assert found.urgency is max(flag.urgency for flag in flags)
    assert found.sentences == outcome(alone).sentences  # nothing of the rest is on the page
    assert (found.pattern, found.pain, found.notes) == (Pattern.RED, None, ())
    if any(flag.urgency is Urgency.EMERGENCY for flag in flags):
        assert found.steps[0] == CALL_NOW


@given(CHECK_IN, st.lists(CHECK_IN, max_size=4))
def test_without_a_red_flag_nothing_is_red(answers, earlier):
    assert outcome(answers, earlier).is_red == bool(answers.flags)


@given(CHECK_IN, st.lists(CHECK_IN, max_size=4))
def test_no_disease_is_named_and_nothing_promised_or_frightening(answers, earlier):
    text = " ".join(outcome(answers, earlier).sentences).lower()
    assert not re.search(NAMES_OF_DISEASES, text)
    assert not re.search(CLAIMS, text)


def test_what_is_asked_and_what_may_help_names_no_disease_either():
    asked = [*TRAITS.values(), *(text for _, text in FLAGS.values())]
    helps = [text for habit in HABITS for text in (habit.title, habit.how, habit.evidence.says)]
    for text in (*asked, *helps):
        assert not re.search(NAMES_OF_DISEASES.replace("|cancer", ""), text.lower()), text
        assert not re.search(CLAIMS.replace(r"|\d ?%", ""), text.lower()), text


def test_the_worse_the_flag_the_more_urgent_and_every_flag_is_red():
    assert all(flag.urgency.is_red for flag in RedFlag)
    assert {flag for flag in RedFlag if flag.urgency is Urgency.EMERGENCY} == {
        F.SADDLE,
        F.BLADDER_OR_BOWEL,
        F.WEAKER_LEGS,
    }


@pytest.mark.parametrize("habit", [pytest.param(habit, id=habit.title) for habit in HABITS])
def test_a_habit_says_how_good_its_evidence_is(habit):
    assert habit.evidence.grade in ("C", "D")
    assert habit.evidence.says
    assert re.search(r"20\d\d", habit.evidence.source)
