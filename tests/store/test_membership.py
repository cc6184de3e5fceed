"""Who is in a team, and what its coaches may do."""

import pytest
from sqlmodel import select

from monitor.errors import UserError
from monitor.store.coaches import add_coach, coaches
from monitor.store.consents import Subject, consent, give
from monitor.store.database import Database
from monitor.store.groups import groups_of, join_group
from monitor.store.membership import enter_team, leave_team
from monitor.store.outbox import queue_letter
from monitor.store.people import person
from monitor.store.roles import coach_of, remove_coach, set_role
from monitor.store.sign_in_tables import SignedIn
from monitor.store.tables import Coach, Letter
from tests.delivery.mailserver import mail
from tests.store.made import NOW


def test_whoever_leaves_a_team_shares_nothing_with_it_and_stays_a_runner(either: Database, ann: int) -> None:
    with either.writing() as db:
        for subject in (Subject.STRAVA, Subject.TEAM, Subject.SYMPTOMS):
            give(db, ann, subject, "2026-11", NOW)
        join_group(db, ann, "Track")
        leave_team(db, ann, NOW)
    with either.writing() as db:
        assert person(db, ann).team_id is None
        held = [bool(consent(db, ann, subject)) for subject in (Subject.STRAVA, Subject.TEAM, Subject.SYMPTOMS)]
        assert held == [True, False, False]
        assert groups_of(db) == {}
        with pytest.raises(UserError, match="is in no team"):
            leave_team(db, ann, NOW)


def test_a_word_given_to_one_team_does_not_hold_in_another(either: Database, ann: int) -> None:
    with either.writing() as db:
        give(db, ann, Subject.TEAM, "2026-11", NOW)
        other = add_coach(db, "Otto", "otto@example.org", "Other").team_id
        enter_team(db, ann, 1, NOW)
        assert consent(db, ann, Subject.TEAM)
        enter_team(db, ann, other, NOW)
        assert (person(db, ann).team, consent(db, ann, Subject.TEAM)) == ("Other", None)


@pytest.fixture
def olga(either: Database) -> int:
    """The only owner of the Harriers, beside whom Cora coaches."""
    with either.writing() as db:
        add_coach(db, "Cora", "cora@example.org", "Harriers")
        return add_coach(db, "Olga", "olga@example.org", "Harriers", role="owner").id or 0


def test_the_last_owner_stays_one_until_there_is_another(either: Database, olga: int) -> None:
    with either.writing() as db:
        for act in (lambda: set_role(db, coach_of(db, olga), "coach"), lambda: remove_coach(db, coach_of(db, olga))):
            with pytest.raises(UserError, match="the only owner"):
                act()
        set_role(db, coach_of(db, 1), "owner")
        set_role(db, coach_of(db, olga), "viewer")
        assert [coach.role for coach in coaches(db)] == ["owner", "viewer"]


def test_an_owner_of_another_team_is_no_owner_of_this_one(either: Database, olga: int) -> None:
    with either.writing() as db:
        add_coach(db, "Otto", "otto@example.org", "Other", role="owner")
        with pytest.raises(UserError, match="the only owner"):
            set_role(db, coach_of(db, olga), "coach")


def test_whoever_coaches_no_more_gets_no_mail_and_is_forgotten_but_the_operator_is_not(
    either: Database, olga: int
) -> None:
    with either.writing() as db:
        add_coach(db, "Ada", "Ada@example.org", "Harriers")
        for address in ("cora@example.org", "ada@example.org"):
            db.add(SignedIn(digest=address, address=address, via="mail", at=NOW, seen_at=NOW))
        queue_letter(db, None, "coach", "coach/1/2026-01-01", mail(), NOW, NOW)
        queue_letter(db, None, "coach", "coach/11/2026-01-01", mail("<2@x>"), NOW, NOW)
    with either.writing() as db:
        for number in (1, 3):
            remove_coach(db, coach_of(db, number), "ada@example.org")
        assert db.exec(select(SignedIn.address)).all() == ["ada@example.org"]
        assert db.exec(select(Letter.episode)).all() == ["coach/11/2026-01-01"]
    with either.writing() as db:
        assert add_coach(db, "New", "new@example.org", "Harriers").id == 4, "a number is never given again"


@pytest.mark.parametrize(("coach_id", "team_id"), [(2, 2), (9, 1), (9, None)])
def test_a_coach_of_another_team_is_no_coach(either: Database, olga: int, coach_id: int, team_id: int | None) -> None:
    with either.reading() as db, pytest.raises(UserError, match="no coach"):
        coach_of(db, coach_id, team_id)


def test_nobody_coaches_a_team_twice_and_a_role_that_is_none_is_refused(either: Database, olga: int) -> None:
    with either.writing() as db:
        with pytest.raises(UserError, match="coaches this team already"):
            add_coach(db, "Cora again", "CORA@example.org", "Harriers")
        with pytest.raises(UserError, match="is no role"):
            set_role(db, coach_of(db, 1), "admin")
        assert len(db.exec(select(Coach)).all()) == 2
