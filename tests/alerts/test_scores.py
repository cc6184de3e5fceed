"""The published scores of a week in words."""

from monitor.alerts.scores import scores_said
from monitor.load.scores import SCORES
from monitor.load.training import Known, training
from monitor.model import Profile
from tests.builders import FIRST_DAY, activities

LAST = FIRST_DAY.replace(day=8)


def said(profile=None, told=((FIRST_DAY, LAST),), **given):
    log = training(Known(tuple(activities("8 - 8 - 8 - -", **given)), told, profile=profile or Profile()))
    return {each.title: (each.figure, each.text) for each in scores_said(log, LAST)}


def test_a_score_that_can_be_told_is_the_sum_of_the_week():
    assert said(rpe=5.0)["sRPE"] == ("720", "in 7 days")  # three runs of 48 minutes


def test_what_the_runner_has_not_told_is_named():
    found = said(average_heartrate_bpm=150.0)
    assert found["Lucia TRIMP"] == ("not known", "not told: first threshold and second threshold")
    assert found["rTSS"] == ("not known", "not told: threshold speed")


def test_runs_without_heart_rate_are_counted():
    profile = Profile(max_heartrate_bpm=190)
    assert said(profile)["Edwards TRIMP"] == ("not known", "3 of 3 runs in 7 days without heart rate")


def test_an_unknown_day_is_said_to_be_one():
    spans = ((FIRST_DAY, FIRST_DAY.replace(day=6)), (LAST, LAST))
    assert said(told=spans, rpe=5.0)["sRPE"] == ("not known", "a day of the 7 is not known")


def test_every_score_is_there_even_where_nothing_is_known_of_it():
    assert list(said()) == [score.title for score in SCORES.values()]
    assert scores_said(training(Known()), LAST) == []
