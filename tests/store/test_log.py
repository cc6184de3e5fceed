"""What a runner tells is kept, checked, and has their days assessed anew."""

from datetime import UTC, date, datetime

import pytest

from monitor.errors import UserError
from monitor.model import Event, EventKind, Injury, Profile, Site
from monitor.store.due import due_passes, finish
from monitor.store.log import (
    add_event,
    add_injury,
    end_injury,
    events,
    injuries,
    profile,
    set_profile,
)
from monitor.store.people import add_runner
from monitor.store.tables import Runner

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
STRAIN = Injury(Site.HAMSTRING, "left", date(2026, 10, 3))
TENDON = Injury(Site.HIGH_HAMSTRING, "both", date(2026, 9, 1), date(2026, 9, 30))
TAPER = Event(EventKind.TAPER, date(2026, 10, 1), date(2026, 10, 14))
RACE = Event(EventKind.RACE, date(2026, 9, 20), date(2026, 9, 20))


@pytest.fixture
def db(either):
    with either.writing() as db:
        yield db


@pytest.fixture
def alice(db):
    return add_runner(db, "Alice", "alice@example.org", "Europe/Paris", None, NOW).id


def assess_from(db, runner_id):
    return db.get_one(Runner, runner_id).assess_from


def test_injuries_come_back_by_their_number_oldest_first(db, alice):
    strain, tendon = add_injury(db, alice, STRAIN), add_injury(db, alice, TENDON)
    assert list(injuries(db, alice).items()) == [(tendon, TENDON), (strain, STRAIN)]


def test_an_injury_that_ends_keeps_all_else(db, alice):
    number = add_injury(db, alice, STRAIN)
    ended = Injury(STRAIN.site, STRAIN.side, STRAIN.onset, date(2026, 11, 1))
    assert end_injury(db, number, date(2026, 11, 1)) == ended
    assert injuries(db, alice) == {number: ended}


def test_events_come_back_by_their_number_oldest_first(db, alice):
    taper, race = add_event(db, alice, TAPER), add_event(db, alice, RACE)
    assert list(events(db, alice).items()) == [(race, RACE), (taper, TAPER)]


def test_what_one_runner_tells_is_not_another_ones(db, alice):
    bob = add_runner(db, "Bob", "bob@example.org", "UTC", None, NOW).id
    add_injury(db, alice, STRAIN)
    add_event(db, alice, TAPER)
    set_profile(db, alice, fast_mps=4.2)
    assert (injuries(db, bob), events(db, bob), profile(db, bob)) == ({}, {}, Profile())


def test_an_injury_has_the_days_from_its_onset_on_assessed_anew(db, alice):
    number = add_injury(db, alice, STRAIN)
    assert assess_from(db, alice) == STRAIN.onset
    db.get_one(Runner, alice).assess_from = None
    end_injury(db, number, date(2026, 11, 1))
    assert assess_from(db, alice) == STRAIN.onset


def test_an_event_has_the_days_from_its_first_on_assessed_anew(db, alice):
    add_event(db, alice, TAPER)
    assert assess_from(db, alice) == TAPER.first_day


def test_an_earlier_day_that_waits_already_is_kept(db, alice):
    add_event(db, alice, RACE)
    add_event(db, alice, TAPER)
    assert assess_from(db, alice) == RACE.first_day


def test_another_profile_has_all_days_assessed_anew(db, alice):
    set_profile(db, alice, fast_mps=4.2)
    assert assess_from(db, alice) == date.min


def test_only_what_is_told_of_a_profile_changes(db, alice):
    set_profile(db, alice, fast_mps=4.2, max_heartrate_bpm=190)
    set_profile(db, alice, resting_heartrate_bpm=48, sex="women")
    assert profile(db, alice) == Profile(4.2, 48, 190, "women")


def test_a_figure_can_be_forgotten(db, alice):
    set_profile(db, alice, fast_mps=4.2, max_heartrate_bpm=190)
    assert set_profile(db, alice, fast_mps=None) == profile(db, alice) == Profile(max_heartrate_bpm=190)


@pytest.mark.parametrize("bpm", [100, 230])
def test_the_ends_of_what_a_heart_can_do_are_plausible(db, alice, bpm):
    assert set_profile(db, alice, max_heartrate_bpm=bpm).max_heartrate_bpm == bpm


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"max_heartrate_bpm": 99}, "maximal heart rate of 99 beats/min is not plausible: give one from 100 to 230"),
        ({"max_heartrate_bpm": 231}, "give one from 100 to 230"),
        ({"resting_heartrate_bpm": 5}, "resting heart rate of 5"),
        ({"fast_mps": 42.0}, "fast speed of 42 m/s"),
        ({"fast_mps": float("nan")}, "fast speed of nan"),
        ({"max_heartrate_bpm": 120, "resting_heartrate_bpm": 90}, "must be more than 30 below the maximal one, 120"),
        (
            {"first_threshold_bpm": 170, "second_threshold_bpm": 150},
            "first threshold of 170 must be below the second, 150",
        ),
        ({"threshold_mps": 9.0}, "threshold speed of 9 m/s"),
        ({"sex": "F"}, "'F' has no published weights: give one of men, women"),
    ],
)
def test_figures_that_nobody_has_are_refused(db, alice, told, why):
    with pytest.raises(UserError, match=why):
        set_profile(db, alice, **told)
    assert profile(db, alice) == Profile()


def test_a_resting_heart_rate_is_held_against_the_maximal_one_told_before(db, alice):
    set_profile(db, alice, max_heartrate_bpm=120)
    with pytest.raises(UserError, match="more than 30 below"):
        set_profile(db, alice, resting_heartrate_bpm=95)


def test_an_injury_cannot_end_before_it_began(db, alice):
    with pytest.raises(UserError, match="cannot end on 2026-10-02, before its onset on 2026-10-03"):
        add_injury(db, alice, Injury(STRAIN.site, "left", STRAIN.onset, date(2026, 10, 2)))
    number = add_injury(db, alice, STRAIN)
    with pytest.raises(UserError, match="cannot end"):
        end_injury(db, number, date(2026, 10, 2))


def test_an_event_cannot_end_before_it_began(db, alice):
    with pytest.raises(UserError, match="cannot end on 2026-09-19"):
        add_event(db, alice, Event(EventKind.RACE, date(2026, 9, 20), date(2026, 9, 19)))


@pytest.mark.parametrize(
    ("first", "last", "why"),
    [
        pytest.param(date(2026, 9, 20), date(9999, 12, 31), "cannot be meant", id="to the end of time"),
        pytest.param(date(1, 1, 1), date(1, 1, 1), "cannot be meant", id="in the year one"),
        pytest.param(date(2026, 1, 1), date(2027, 1, 2), "a year at most", id="for more than a year"),
    ],
)
def test_an_event_that_cannot_be_meant_is_refused(db, alice, first, last, why):
    with pytest.raises(UserError, match=why):
        add_event(db, alice, Event(EventKind.RACE, first, last))


def test_an_injury_of_the_year_one_is_refused(db, alice):
    with pytest.raises(UserError, match="cannot be meant"):
        add_injury(db, alice, Injury(Site.HAMSTRING, "left", date(1, 1, 1)))


def test_a_side_is_left_right_or_both(db, alice):
    with pytest.raises(UserError, match="'middle' is no side: give one of left, right, both"):
        add_injury(db, alice, Injury(Site.OTHER, "middle", STRAIN.onset))


@pytest.mark.parametrize(
    "tell",
    [
        lambda db: add_injury(db, 404, STRAIN),
        lambda db: add_event(db, 404, TAPER),
        lambda db: set_profile(db, 404, sex="men"),
    ],
    ids=["injury", "event", "profile"],
)
def test_nobody_can_tell_for_a_runner_who_is_not_there(db, tell):
    with pytest.raises(UserError, match="no runner 404"):
        tell(db)


def test_an_injury_that_is_not_there_cannot_end(db):
    with pytest.raises(UserError, match="no injury 404"):
        end_injury(db, 404, date(2026, 11, 1))


def test_what_a_runner_tells_makes_the_next_pass_due_at_once(either):
    with either.writing() as db:
        runner = add_runner(db, "Ann", "ann@example.org", "UTC", None, NOW).id
    (due,) = due_passes(either, lambda: NOW, "me", 7)
    with either.writing() as db:
        finish(db, due, "me", NOW)
    assert list(due_passes(either, lambda: NOW, "me", 7)) == []
    with either.writing() as db:
        add_event(db, runner, TAPER)
    assert [each.person.id for each in due_passes(either, lambda: NOW, "me", 7)] == [runner]
