"""What each visitor may see, decided in one place."""

import pytest
from fastapi import HTTPException

from monitor.store.audience import OWN
from monitor.store.visitor import Role, Visitor
from monitor.web.access import as_coach, as_operator, as_runner, as_somebody, may_coach, may_see

NOBODY = Visitor()
ANN = Visitor(runner_ids=frozenset({1}), via="mail")
CORA = Visitor(teams={7: Role.COACH}, via="mail")
VERA = Visitor(teams={7: Role.VIEWER}, via="mail")
OPERATOR = Visitor(is_operator=True, via="mail")


def test_runners_see_their_own_pages_and_the_operator_everybodys() -> None:
    assert [may_see(who, 1) for who in (NOBODY, ANN, CORA, OPERATOR)] == [None, OWN, None, OWN]
    assert may_see(ANN, 2) is None


def test_coaches_hold_a_role_in_their_own_team_and_the_operator_owns_all() -> None:
    assert [may_coach(who, 7) for who in (NOBODY, ANN, CORA, VERA, OPERATOR)] == [
        None,
        None,
        Role.COACH,
        Role.VIEWER,
        Role.OWNER,
    ]
    assert may_coach(CORA, 8) is None


def test_a_role_reaches_what_stands_below_it() -> None:
    assert as_coach(CORA, 7, Role.COACH) is Role.COACH
    assert [least for least in Role if Role.COACH.reaches(least)] == [Role.VIEWER, Role.COACH]
    with pytest.raises(HTTPException) as ended:
        as_coach(VERA, 7, Role.COACH)
    assert ended.value.status_code == 404


@pytest.mark.parametrize(
    "ask",
    [
        lambda who: as_runner(who, 2),
        lambda who: as_coach(who, 8),
        as_operator,
    ],
    ids=["a runner", "a team", "everybody"],
)
def test_whoever_may_not_see_it_gets_404_and_whoever_is_not_signed_in_is_asked_to(ask) -> None:
    for who, status in ((NOBODY, 401), (ANN, 404), (CORA, 404)):
        with pytest.raises(HTTPException) as ended:
            ask(who)
        assert ended.value.status_code == status


def test_only_nobody_is_anonymous() -> None:
    with pytest.raises(HTTPException):
        as_somebody(NOBODY)
    for who in (ANN, CORA, OPERATOR):
        as_somebody(who)
