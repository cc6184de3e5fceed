"""A runner's past replayed: each morning with what was known then."""

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from jobs.scorecard import replay, run
from monitor.load.training import Known, training
from monitor.model import Event, EventKind, Exposure, Freshness, Injury, Site
from monitor.rules import RULES
from tests.builders import FIRST_DAY, activities
from tests.jobs.conftest import World

DAY = timedelta(days=1)
PARIS = ZoneInfo("Europe/Paris")
WEEK = "8 - 8 - 10 - - "
SPIKE_ON_DAY_39 = WEEK * 5 + "8 - 8 - 14.2 - - " + WEEK
SAMPLES = Exposure(
    speed_m=(0,) * 26 + (8_000,) + (0,) * 14 + (600,),
    speed_s=(0,) * 26 + (3_000,) + (0,) * 14 + (146,),
    uphill_m=(0,) * 45,
    uphill_s=(0,) * 45,
    repetitions=(0,) * 42,
    sprint_m=0,
    best_5k_s=1_300,
    climb_m=20,
    descent_m=20,
    cadence_spm=165.0,
    cadence_mps=2.7,
    cadence_grade=0.0,
    cadence_fade=1.0,
    pace_fade=1.0,
    heartrate_fade=1.0,
)


def known(log: str, **given) -> Known:
    """The runs of a log, all told up to its last day."""
    return Known(tuple(activities(log)), ((FIRST_DAY, day(len(log.split()) - 1)),), **given)


def day(n: int):
    return FIRST_DAY + n * DAY


def mornings(of: Known, days: int):
    return list(replay(of, RULES, PARIS, FIRST_DAY, day(days - 1)))


def eventful() -> Known:
    """Ten weeks in which much is learned late: a faster 5 km, copies, a run by another watch, injuries, a race."""
    plain = known(WEEK * 7 + "8 - 14.5 - 10 - 18 " + "9 9 9 9 9 9 9 " + "- - 5 - - - 5")
    runs = plain.activities
    copies = tuple(replace(run, origin_id=f"9{run.origin_id}", distance_m=run.distance_m + 90) for run in runs[6::5])
    faster = {run.key: replace(SAMPLES, best_5k_s=1_300 - 9 * n) for n, run in enumerate(runs)}
    return replace(
        plain,
        activities=(*runs, *copies),
        exposures=faster,
        events=(Event(EventKind.RACE, day(50), day(50)), Event(EventKind.HOLIDAY, day(58), day(69))),
        injuries=(Injury(Site.HAMSTRING, "left", day(20), day(40)), Injury(Site.OTHER, "right", day(55))),
    )


@pytest.mark.parametrize("days", [20, 30, 41, 52, 56, 64])
def test_what_came_later_changes_no_morning(days):
    whole, until_then = mornings(eventful(), 70), mornings(eventful().until(day(days - 1)), days)
    assert until_then == whole[:days]


def test_the_eventful_history_gives_that_proof_something_to_bite_on():
    whole = mornings(eventful(), 70)
    assert {morning.verdict.word for morning in whole} >= {"CANNOT SAY", "OK", "CAUTION", "STRONG"}
    assert sum(bool(morning.mailed) for morning in whole) >= 1
    speeds = [training(eventful().until(day(n))).fast_speed for n in (20, 69)]
    assert speeds[0].mps < speeds[1].mps


def test_fast_running_is_judged_by_the_fast_speed_of_its_day():
    slow = known(WEEK * 12)
    early, late = replace(SAMPLES, best_5k_s=1_300), replace(SAMPLES, best_5k_s=1_000)  # fast from 4.04, then 5.25 m/s
    easy = replace(SAMPLES, speed_m=SAMPLES.speed_m[:27], speed_s=SAMPLES.speed_s[:27])
    runs = slow.activities
    held = {run.key: easy for run in runs} | {runs[24].key: early, runs[-1].key: late}
    slow = replace(slow, exposures=held)
    first_fast = {f.day for m in mornings(slow, 84) for f in m.found if f.rule == "first_fast_running"}
    assert runs[24].day in first_fast
    assert (training(slow).history.fast_m == 0).all()  # with the speed of today none of it was fast


def test_a_spike_is_mailed_the_morning_after_and_once():
    mailed = [morning for morning in mornings(known(SPIKE_ON_DAY_39), 49) if morning.mailed]
    assert [(m.day, m.mailed[0].rule, m.mailed[0].day) for m in mailed] == [(day(40), "single_session_spike", day(39))]


def test_the_first_four_weeks_cannot_say_and_mail_nothing():
    early = mornings(known("5 - 9 - 5 - 15 " * 6), 42)
    assert [morning.verdict.level for morning in early[:27]] == [None] * 27
    assert {morning.verdict.freshness for morning in early[:27]} == {Freshness.INSUFFICIENT_HISTORY}
    assert not any(morning.mailed for morning in early[:27])
    assert early[28].verdict.level is not None


def test_the_source_is_never_stale_in_a_replay():
    quiet = mornings(known(WEEK * 6 + "- " * 6), 48)
    assert {morning.verdict.freshness for morning in quiet[27:]} == {Freshness.OK}


def test_every_known_day_has_its_morning(world: World):
    person = world.join(world.athlete(WEEK * 6))
    world.pull(person)
    with world.context.database.reading() as db:
        found = run(db, person, RULES)
    assert found.mornings == 43  # the six weeks, and today


def test_the_replay_mails_what_the_product_mailed(world: World):
    person = world.join(world.athlete(WEEK * 5 + "8 - 8 - 10 - 14.2"))
    world.one_pass()
    with world.context.database.reading() as db:
        found = run(db, person, RULES)
    assert len(world.sent) == 1
    assert found.mails == {"single_session_spike": 1}


def test_a_runner_without_a_known_day_has_no_scorecard(world: World):
    person = world.join(world.athlete(""))
    with world.context.database.reading() as db:
        assert run(db, person, RULES) is None


def test_two_records_of_one_run_count_once_in_the_replay():
    plain = known(SPIKE_ON_DAY_39)
    copies = tuple(replace(run, origin_id=f"9{run.origin_id}") for run in plain.activities)
    twice = replace(plain, activities=plain.activities + copies)
    assert [m.found for m in mornings(twice, 49)] == [m.found for m in mornings(plain, 49)]
