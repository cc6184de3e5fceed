"""Every form of a team, sent by everybody, with what is their team's own and with what is not."""

import re

import pytest

from monitor.store.coaches import add_coach
from monitor.store.group_tables import GroupMember
from monitor.store.groups import join_group
from monitor.store.invitation_tables import Invitation
from monitor.store.invitations import invite, new_token
from monitor.store.tables import Coach, Letter, Runner
from tests.web.club import NOW
from tests.web.gate import ANN, BOB, GUS, HARRIERS, OTHER, PEOPLE
from tests.web.rights import NOBODY_HERE, ROUTES, addressed, browsers_of, plain

CORA, OTTO = 1, 4
COACHES = {HARRIERS: {"coach", "owner", "operator"}, OTHER: {"other team's coach", "operator"}, NOBODY_HERE: set()}
OWNERS = {HARRIERS: {"owner", "operator"}, OTHER: {"operator"}, NOBODY_HERE: set()}
SENDS = {"coaching": COACHES, "owning": OWNERS}
OF_TEAM = {  # who or what a form names of each team, and what nobody may name
    "coach_id": {HARRIERS: CORA, OTHER: OTTO, NOBODY_HERE: NOBODY_HERE},
    "runner_id": {HARRIERS: ANN, OTHER: GUS, NOBODY_HERE: BOB},  # he has not agreed
    "number": {HARRIERS: 1, OTHER: 2, NOBODY_HERE: NOBODY_HERE},
}
FILLED_IN = {
    "coaches": {"name": "New", "address": "new@example.org", "role": "owner"},
    "role": {"role": "viewer"},
    "remove": {},
    "groups": {"name": "Fast"},
    "delete": {"name": "Track"},
    "rename": {"name": "Track", "new": "Hills"},
    "invitations": {"name": "Zoe", "address": "zoe@example.org"},
    "again": {},
    "take-back": {},
}
FORMS = {route: whose for route, whose in ROUTES.items() if whose in SENDS}


@pytest.fixture
def club(gate):
    """Both teams with an invitation, a group, and in the first somebody else who owns it."""
    with gate.product.database.writing() as db:
        for team, runner in ((HARRIERS, ANN), (OTHER, GUS)):
            invite(db, team, "Uma", "uma@example.org", new_token(), NOW)
            join_group(db, runner, "Track")
        add_coach(db, "Ole", "ole@example.org", "Harriers", role="owner")
    return gate


def forms(route, team):
    """The addresses of a form of this team: with what is its own, and with what is not."""
    named = re.findall(r"{(\w+)}", route)[1:]
    _, there = addressed(route, (team, *(OF_TEAM[name][team] for name in named)))
    others = [number for name in named for whose, number in OF_TEAM[name].items() if whose != team]
    return there, [addressed(route, (team, number))[1] for number in others]


def filled_in(route, team):
    return FILLED_IN[route.rsplit("/")[-1]] | {"runners": [GUS if team == OTHER else ANN]}


def test_a_form_is_taken_of_whose_role_reaches_it_and_is_not_there_for_all_others(club):
    browsers = browsers_of(club)
    before, nowhere = held(club), {role: plain(browser.get("/nowhere")) for role, browser in browsers.items()}
    for route, whose in FORMS.items():
        for team, may in SENDS[whose].items():
            there, missing = forms(route, team)
            for role, browser in browsers.items():
                for path in missing if role in may else (there,):
                    answer = browser.post(path, data=filled_in(route, team))
                    assert answer.status_code == (404 if role else 401), (role, path)
                    assert role is None or plain(answer) == nowhere[role], (role, path)
    assert held(club) == before


@pytest.mark.parametrize("role", ["coach", "owner", "operator"])
def test_whoever_may_send_a_form_changes_something_by_it(club, role):
    browser = club.signed_in(PEOPLE[role])
    for route in sorted(FORMS, key=lambda each: ("remove" in each, "take-back" in each, "delete" in each, each)):
        if role in SENDS[FORMS[route]][HARRIERS]:
            before = held(club)
            there, _ = forms(route, HARRIERS)
            named = {"name": "Hills"} if "delete" in route else {}
            answer = browser.post(there, data=filled_in(route, HARRIERS) | named)
            assert (answer.status_code, answer.headers.get("location")) == (303, "/teams/1/people?saved=yes"), route
            assert held(club) != before, route


def held(gate):
    """Everything that such forms change."""
    tables = (Coach, Runner, GroupMember, Invitation, Letter)
    return [row.model_dump_json() for table in tables for row in gate.rows(table)]
