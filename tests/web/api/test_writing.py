"""What other programs tell: a check-in, an answer to a finding, an event."""

from datetime import date

import pytest

from monitor.alerts.answers import Say
from monitor.model import Event, EventKind
from monitor.store import log
from monitor.store.answers import answers
from monitor.store.check_ins import check_ins
from monitor.store.findings import assess_from, mark_assessed
from monitor.store.log import events
from monitor.symptoms.check_in import CheckIn, Morning
from monitor.symptoms.red_flags import RedFlag
from tests.web.api.conftest import ALICE
from tests.web.club import TODAY

CHECK_INS, EVENTS = f"/runners/{ALICE}/check-ins", f"/runners/{ALICE}/events"
ANSWER = f"/runners/{ALICE}/findings/single_session_spike/2026-11-21/answer"
FULL = {"participation": 3, "modification": 2, "performance": 2, "symptoms": 3, "there": True, "pain": 4}
THERE = FULL | {"morning": "worse", "lasting": False, "flags": [], "traits": ["sit-bone"]}


def kept(api):
    with api.database.reading() as db:
        return check_ins(db, ALICE)


def test_a_week_without_problems_is_one_answer(api, alice):
    told = alice.post(CHECK_INS, {"participation": 1})
    assert told.status_code == 201
    assert told.json()["sentences"] == ["Noted: a week without problems"]
    assert kept(api) == [CheckIn(day=TODAY, participation=1)]


def test_a_whole_check_in_is_kept_and_answered_with_what_follows(api, alice):
    told = alice.post(CHECK_INS, THERE).json()
    assert (told["severity"], told["urgency"], told["stops_running"]) == (17 + 8 + 8 + 17, "PHYSIOTHERAPIST", False)
    assert "This is not a diagnosis. Only somebody who examines you can tell what it is." in told["sentences"]
    [row] = kept(api)
    assert (row.pain, row.morning, row.there) == (4, Morning.WORSE, True)


def test_what_else_the_week_held_may_be_told_too(api, alice):
    around = {"sleep_h": 6, "stress": 3, "fuelling_concern": False, "strength_sessions": 2}
    told = alice.post(CHECK_INS, {"participation": 1} | around)
    assert told.json()["sentences"][1].startswith("You told of 6 hours of sleep a night. In 95 endurance athletes")
    assert kept(api) == [CheckIn(day=TODAY, participation=1, **around)]
    for wrong in ({"sleep_h": "6"}, {"sleep_h": True}, {"stress": 11}, {"fuelling_concern": 1}, {"sleep": 6}):
        assert alice.post(CHECK_INS, {"participation": 1} | wrong).status_code == 422


def test_after_a_check_in_its_day_is_judged_anew(api, alice):
    with api.database.writing() as db:
        mark_assessed(db, ALICE, "the rules")
    alice.post(CHECK_INS, THERE)
    with api.database.reading() as db:
        assert assess_from(db, ALICE, "the rules") == TODAY


def test_a_sign_for_a_doctor_silences_everything_else(api, alice):
    told = alice.post(CHECK_INS, THERE | {"flags": ["limp"]}).json()
    assert (told["urgency"], told["stops_running"]) == ("DOCTOR", True)
    assert "pattern" not in " ".join(told["sentences"])
    assert kept(api)[0].flags == {RedFlag.LIMP}


@pytest.mark.parametrize("missing", ["modification", "symptoms", "there", "pain", "morning", "lasting", "flags"])
def test_an_answer_that_is_missing_is_no_answer(api, alice, missing):
    told = alice.post(CHECK_INS, {name: value for name, value in THERE.items() if name != missing})
    assert told.status_code == 422
    assert "missing" in told.json()["details"][0]["says"]
    assert kept(api) == []


@pytest.mark.parametrize("say", list(Say))
def test_a_finding_is_answered_by_one_of_five_words(api, alice, say):
    told = alice.post(ANSWER, {"say": say})
    assert (told.status_code, told.json()) == (201, {"say": say, "follows": say.follows})
    with api.database.reading() as db:
        [row] = answers(db, ALICE)
    assert (row.say, row.rule, row.day) == (say, "single_session_spike", date(2026, 11, 21))


def test_what_was_not_found_cannot_be_answered(api, alice):
    for path in (ANSWER.replace("21", "20"), ANSWER.replace("single", "double")):
        assert alice.post(path, {"say": "fine"}).status_code == 404
    assert alice.post(ANSWER, {"say": "other"}).status_code == 422
    with api.database.reading() as db:
        assert answers(db, ALICE) == []


def test_an_event_is_noted_listed_and_forgotten(api, alice):
    noted = alice.post(EVENTS, {"kind": "taper", "first_day": "2026-11-23", "last_day": "2026-11-29"})
    assert noted.status_code == 201
    assert alice.get(EVENTS).json()["events"] == [noted.json()]
    with api.database.reading() as db:
        assert list(events(db, ALICE).values()) == [Event(EventKind.TAPER, date(2026, 11, 23), date(2026, 11, 29))]
    assert alice.delete(f"{EVENTS}/{noted.json()['id']}").status_code == 204
    assert alice.delete(f"{EVENTS}/{noted.json()['id']}").status_code == 404
    assert alice.get(EVENTS).json()["events"] == []


def test_an_event_of_somebody_else_cannot_be_forgotten(api, alice):
    theirs = api.caller(runner_id=2).post("/runners/2/events", {"kind": "race", "first_day": "2026-11-29"}).json()["id"]
    assert alice.delete(f"{EVENTS}/{theirs}").status_code == 404
    with api.database.reading() as db:
        assert list(events(db, 2)) == [theirs]


@pytest.mark.parametrize(
    "days",
    [
        {"first_day": "2026-11-29", "last_day": "2026-11-28"},
        {"first_day": "2026-11-29", "last_day": "2028-11-28"},
        {"first_day": 20000},
        {"first_day": "9999-12-31"},
    ],
)
def test_an_event_ends_after_it_began_and_lasts_a_year_at_most(alice, days):
    assert alice.post(EVENTS, {"kind": "race"} | days).status_code == 422


def test_events_cannot_fill_the_database(alice, monkeypatch):
    monkeypatch.setattr(log, "MOST_EVENTS", 1)
    race = {"kind": "race", "first_day": "2026-11-29"}
    assert [alice.post(EVENTS, race).status_code for _ in range(2)] == [201, 409]
