"""Check-ins are kept by day, read back as they were told, and heard of by coaches only where the runner agreed."""

from datetime import timedelta

import pytest
from sqlmodel import select

from monitor.errors import UserError
from monitor.model import Level, Origin
from monitor.rules import RULES
from monitor.rules.assessing import assessed
from monitor.store.audience import COACHES, COACHES_WITH_STRAVA, OWN
from monitor.store.check_in_tables import CheckInRow
from monitor.store.check_ins import check_ins, save_check_in
from monitor.store.consents import Subject, give, team_wording, withdraw
from monitor.store.database import Database
from monitor.store.findings import assess_from, mark_assessed, save_findings, stored_findings
from monitor.store.tables import FindingRow
from monitor.store.training import training_log
from monitor.store.view import Judged, judged, team_board, team_member
from monitor.symptoms.check_in import CheckIn, Morning
from monitor.symptoms.patterns import Trait
from monitor.symptoms.red_flags import RedFlag
from tests.store.made import NOW, connected
from tests.store.test_view import TODAY, runs_of
from tests.symptoms.told import told

SORE = told(Trait.SIT_BONE, Trait.UPHILL, pain=7, morning=Morning.WORSE, lasting=True)
SHARED = [False, True]
BOTH = pytest.mark.parametrize("shared", SHARED, ids=["files alone", "with runs from Strava"])


@pytest.fixture
def sore(either: Database, ann: int) -> int:
    """Six weeks of files and a connection, a sore check-in today, all assessed; the team is agreed to, no more."""
    with either.writing() as db:
        connected(db, ann)
        runs_of(db, ann, Origin.RECORDING)
        save_check_in(db, ann, SORE, NOW)
        give(db, ann, Subject.TEAM, team_wording(strava_is_shared=True), NOW)
        found = assessed(training_log(db, ann), RULES, TODAY - timedelta(days=60), TODAY)
        save_findings(db, ann, TODAY - timedelta(days=60), TODAY, found)
    return ann


def agree(database: Database, runner_id: int) -> None:
    with database.writing() as db:
        give(db, runner_id, Subject.SYMPTOMS, "2026-11", NOW)


def own(database: Database, runner_id: int) -> Judged:
    with database.reading() as db:
        found = judged(db, runner_id, RULES, NOW)
    assert found
    return found


def coach_sees(database: Database, runner_id: int, *, shared: bool) -> Judged:
    with database.reading() as db:
        found = team_member(db, 1, runner_id, RULES, NOW, strava_is_shared=shared)
        assert [row.verdict for row in team_board(db, 1, RULES, NOW, strava_is_shared=shared)] == (
            [found.verdict] if found else []
        )
    assert found
    return found


def test_what_was_told_is_read_back(either: Database, ann: int) -> None:
    around = {"sleep_h": 6.5, "stress": 0, "fuelling_concern": False, "strength_sessions": 2}
    whole = told(*Trait, pain=10, flags=frozenset(RedFlag), lasting=True, modification=4, performance=3, **around)
    first = CheckIn(day=TODAY - timedelta(days=7), participation=1)
    with either.writing() as db:
        save_check_in(db, ann, whole, NOW)
        save_check_in(db, ann, first, NOW)
    with either.reading() as db:
        assert check_ins(db, ann) == [first, whole]


def test_a_second_check_in_of_a_day_takes_the_place_of_the_first(either: Database, ann: int) -> None:
    for each in (SORE, told(pain=1)):
        with either.writing() as db:
            save_check_in(db, ann, each, NOW)
    with either.reading() as db:
        assert check_ins(db, ann) == [told(pain=1)]


def test_it_is_of_its_own_runner(either: Database, ann: int, bob: int) -> None:
    with either.writing() as db:
        save_check_in(db, ann, SORE, NOW)
    with either.reading() as db:
        assert check_ins(db, bob) == []


@pytest.mark.parametrize(
    "wrong", [{"participation": 0}, {"symptoms": 5}, {"pain": 11}, {"pain": -1}, {"sleep_h": 17}], ids=str
)
def test_an_answer_that_cannot_be_given_is_refused(database: Database, wrong: dict[str, int]) -> None:
    with pytest.raises(UserError), database.writing() as db:
        save_check_in(db, 1, told(**wrong), NOW)


def test_the_days_from_it_on_are_assessed_anew(either: Database, ann: int) -> None:
    with either.writing() as db:
        mark_assessed(db, ann, "rules")
        save_check_in(db, ann, SORE, NOW)
    with either.writing() as db:
        assert assess_from(db, ann, "rules") == SORE.day


def test_the_runner_sees_what_follows_from_it(either: Database, sore: int) -> None:
    seen = own(either, sore)
    assert seen.verdict.level is Level.STRONG
    assert seen.verdict.worst
    assert seen.verdict.worst.rule == "symptom_gate"
    assert seen.check_ins == (SORE,)


@BOTH
def test_without_a_consent_of_its_own_a_coach_cannot_tell_that_there_was_a_check_in(
    either: Database, sore: int, shared: bool
) -> None:
    with_it = coach_sees(either, sore, shared=shared)
    with either.writing() as db:  # the same runner, who never made one
        for row in db.exec(select(FindingRow).where(FindingRow.rule == "symptom_gate")).all():
            db.delete(row)
        for told_row in db.exec(select(CheckInRow)).all():
            db.delete(told_row)
    without = coach_sees(either, sore, shared=shared)
    assert with_it.verdict == without.verdict
    assert with_it.verdict.level is not Level.STRONG
    assert (with_it.findings, with_it.check_ins, with_it.hidden) == (without.findings, (), without.hidden)


@BOTH
def test_with_it_a_coach_sees_them_until_it_is_withdrawn(either: Database, sore: int, shared: bool) -> None:
    agree(either, sore)
    seen = coach_sees(either, sore, shared=shared)
    assert seen.check_ins == (SORE,)
    assert seen.verdict.level is Level.STRONG
    with either.writing() as db:
        withdraw(db, sore, Subject.SYMPTOMS, NOW)
    assert coach_sees(either, sore, shared=shared).check_ins == ()
    assert coach_sees(either, sore, shared=shared).verdict.level is not Level.STRONG


def test_it_is_the_database_that_holds_them_back(either: Database, sore: int) -> None:
    with either.reading() as db:
        for audience in (COACHES, COACHES_WITH_STRAVA):
            assert check_ins(db, sore, audience) == []
            assert "symptom_gate" not in {each.rule for each in stored_findings(db, sore, audience=audience)}
        assert check_ins(db, sore, OWN) == [SORE]
        assert "symptom_gate" in {each.rule for each in stored_findings(db, sore)}


def test_the_consent_of_one_runner_opens_nothing_of_another(either: Database, sore: int, bob: int) -> None:
    agree(either, bob)
    assert coach_sees(either, sore, shared=True).check_ins == ()
