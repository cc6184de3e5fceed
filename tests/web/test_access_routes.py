"""Every route of the product, asked by everybody with their own ids and with those of others.

One table says what each answer is. A new route fails here until it has a row.
"""

import re

import pytest
from fastapi.routing import iter_route_contexts

from monitor.store.coaches import add_coach
from monitor.store.group_tables import GroupMember
from monitor.store.groups import join_group
from monitor.store.invitation_tables import Invitation
from monitor.store.invitations import invite, new_token
from monitor.store.tables import Coach, Letter, Runner
from tests.web.club import NOW
from tests.web.gate import ANN, BOB, GUS, HARRIERS, OPERATOR, OTHER, PEOPLE, gate_in

ROLES = (None, *PEOPLE)  # None: nobody is signed in
NOBODY_HERE = 999
TO_SIGN_IN = 303

# Whose pages they are. `anybody` may see them; `link` is for whoever holds a signed link, and refuses whoever has none
# in words (400; 404 where the page is a runner's own), or a form without its fields as what is not there (404);
# `signed in`, `runner`, `team`, `member` and `operator` are for those, and 404 for all others; `coaching` and `owning`
# for coaches and owners of a team; `strava` for Strava; `sign-in` is how one gets in.
ROUTES = {
    "GET /": "signed in",
    "GET /about": "anybody",
    "GET /answer": "link",
    "POST /answer": "link",
    "GET /check-in": "link",
    "POST /check-in": "link",
    "GET /check-ins": "link",
    "GET /connect/strava": "link",
    "POST /connect/strava": "link",
    "GET /connect/strava/confirm": "link",
    "POST /connect/strava/confirm": "link",
    "GET /connect/strava/done": "link",
    "POST /connect/strava/refuse": "link",
    "GET /evidence": "anybody",
    "GET /healthz": "anybody",
    "GET /healthz/deep": "anybody",
    "GET /join": "link",
    "POST /join": "link",
    "GET /leave": "link",
    "POST /leave/copy": "link",
    "POST /leave/disconnect": "link",
    "POST /leave/erase": "link",
    "GET /mails": "link",
    "POST /mails": "link",
    "GET /metrics": "anybody",
    "GET /my/events": "link",
    "POST /my/events": "link",
    "POST /my/events/remove": "link",
    "POST /my/injuries": "link",
    "POST /my/injuries/end": "link",
    "POST /my/injuries/remove": "link",
    "GET /my/run": "link",
    "POST /my/run": "link",
    "GET /my/settings": "link",
    "POST /my/settings": "link",
    "POST /my/settings/figures": "link",
    "GET /oauth/strava/callback": "link",
    "GET /operator": "operator",
    "GET /prevention": "anybody",
    "GET /runners": "operator",
    "GET /runners/{runner_id}": "runner",
    "GET /sessions": "signed in",
    "POST /sessions/end": "signed in",
    "POST /sessions/passkey": "signed in",
    "POST /sessions/passkey/answer": "signed in",
    "POST /sessions/passkey/remove": "signed in",
    "GET /sign-in": "sign-in",
    "POST /sign-in": "sign-in",
    "GET /sign-in/link": "sign-in",
    "POST /sign-in/link": "sign-in",
    "POST /sign-in/passkey": "sign-in",
    "POST /sign-in/passkey/answer": "sign-in",
    "POST /sign-in/strava": "sign-in",
    "GET /sign-in/strava/back": "sign-in",
    "POST /sign-out": "sign-in",
    "GET /stop": "link",
    "POST /stop": "link",
    "GET /teams/{team_id}": "team",
    "GET /teams/{team_id}/board.csv": "team",
    "POST /teams/{team_id}/coaches": "owning",
    "POST /teams/{team_id}/coaches/{coach_id}/remove": "owning",
    "POST /teams/{team_id}/coaches/{coach_id}/role": "owning",
    "GET /teams/{team_id}/compare": "team",
    "POST /teams/{team_id}/groups": "coaching",
    "POST /teams/{team_id}/groups/delete": "coaching",
    "POST /teams/{team_id}/groups/rename": "coaching",
    "GET /teams/{team_id}/heat-map": "team",
    "POST /teams/{team_id}/invitations": "coaching",
    "POST /teams/{team_id}/invitations/{number}/again": "coaching",
    "POST /teams/{team_id}/invitations/{number}/take-back": "coaching",
    "GET /teams/{team_id}/people": "team",
    "GET /teams/{team_id}/report": "team",
    "GET /teams/{team_id}/runners/{runner_id}": "member",
    "POST /teams/{team_id}/runners/{runner_id}/remove": "owning",
    "GET /webhooks/strava/{path}": "strava",
    "POST /webhooks/strava/{path}": "strava",
    "GET /your-data": "link",
    "POST /your-data": "link",
}
# Who sees which runner, team and member; everybody else gets 404, and nobody is led to the sign-in.
SEES = {
    "runner": {"runner": {ANN}, "other runner": {GUS}, "operator": {ANN, BOB, GUS}},
    "team": {
        "coach": {HARRIERS},
        "viewer": {HARRIERS},
        "owner": {HARRIERS},
        "other team's coach": {OTHER},
        "operator": {HARRIERS, OTHER},
    },
    "member": {  # Bob has not agreed to be seen by his team
        "coach": {(HARRIERS, ANN)},
        "viewer": {(HARRIERS, ANN)},
        "owner": {(HARRIERS, ANN)},
        "other team's coach": {(OTHER, GUS)},
        "operator": {(HARRIERS, ANN), (OTHER, GUS)},
    },
    "operator": {"operator": {()}},
    "signed in": {role: {()} for role in PEOPLE},
}
IDS = {
    "runner": (ANN, BOB, GUS, NOBODY_HERE),
    "team": (HARRIERS, OTHER, NOBODY_HERE),
    "member": tuple((t, r) for t in (HARRIERS, OTHER, NOBODY_HERE) for r in (ANN, BOB, GUS, NOBODY_HERE)),
    "operator": ((),),
    "signed in": ((),),
}


def test_every_route_has_a_row(gate):
    assert sorted(routes(gate.app)) == sorted(ROUTES)


@pytest.fixture(scope="module")
def browsers(tmp_path_factory):
    """A browser for each role, for what changes nothing."""
    with gate_in(tmp_path_factory.mktemp("gate")) as gate:
        yield browsers_of(gate)


def browsers_of(gate):
    return {role: gate.signed_in(PEOPLE[role]) if role else gate.browser() for role in ROLES}


def test_everybody_sees_what_is_theirs_and_of_the_rest_nothing_that_tells_it_from_what_is_not_there(browsers):
    for route, whose in ROUTES.items():
        for ids in IDS.get(whose, ()):
            method, path = addressed(route, ids)
            if method == "GET":
                for role, browser in browsers.items():
                    answer = browser.get(path)
                    if role is None:
                        assert (answer.status_code, answer.headers["location"][:14]) == (
                            TO_SIGN_IN,
                            "/sign-in?next=",
                        ), path
                    elif ids in SEES[whose].get(role, ()):
                        assert answer.status_code in ((200, 303) if path == "/" else (200,)), (role, path)
                    else:
                        assert answer.status_code == 404, (role, path)
                        assert plain(answer) == plain(browser.get("/nowhere")), (role, path)


def test_what_is_for_anybody_and_for_signing_in_answers_anybody_alike(browsers):
    for route, whose in ROUTES.items():
        method, path = route.split()
        if method == "GET" and whose in ("anybody", "sign-in"):
            answers = {role: browser.get(path).status_code for role, browser in browsers.items()}
            assert len(set(answers.values())) == 1, (path, answers)
            assert set(answers.values()) <= {200, 400, 503}, (path, answers)


def test_no_session_opens_what_is_for_whoever_holds_a_link(browsers):
    for route, whose in ROUTES.items():
        method, path = route.split()
        if whose == "link":
            for role, browser in browsers.items():
                answer = browser.request(method, path)
                assert answer.status_code in (400, 404, 422), (role, route)


def test_strava_is_not_told_from_others_by_a_session(browsers):
    for role, browser in browsers.items():
        for method in ("GET", "POST"):
            assert browser.request(method, "/webhooks/strava/guessed").status_code == 404, role


def test_a_form_of_somebody_who_is_not_signed_in_changes_nothing(gate):
    assert gate.browser().post("/sessions/end", data={"number": 1}).status_code == 401


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


def test_no_form_is_taken_from_another_site(browsers):
    for route, whose in ROUTES.items():
        method, path = addressed(route, (HARRIERS, 1))
        if method == "POST" and whose != "strava" and path != "/stop":  # mail programs press /stop by themselves
            for role, browser in browsers.items():
                answer = browser.post(path, headers={"Sec-Fetch-Site": "cross-site"})
                assert answer.status_code in (401, 403, 404), (role, route)
                assert "cross" not in answer.text


@pytest.mark.parametrize("method", ["HEAD", "OPTIONS", "PUT", "PATCH", "DELETE", "TRACE"])
def test_attack_1_other_methods_tell_nothing_of_what_is_there(browsers, method):
    for whose in ("runner", "team", "member"):
        route = next(route for route, of in ROUTES.items() if of == whose)
        paths = [addressed(route, ids)[1] for ids in IDS[whose]]
        answers = [browser.request(method, path) for browser in browsers.values() for path in paths]
        assert {answer.status_code for answer in answers} == {405}
        assert len({plain(answer) for answer in answers}) == 1


@pytest.mark.parametrize("ending", ["/", "//", "/.", "%2f", "%00", ";x=1", "?x=1#y", "/../1", ".json"])
def test_attack_1_other_spellings_of_an_address_open_nothing_more(browsers, ending):
    foreign = browsers["other runner"]
    for path in ("/runners/1", "/teams/1", "/teams/1/runners/1"):
        answer = foreign.get(f"{path}{ending}", follow_redirects=True)
        assert answer.status_code in (303, 404), path
        assert "Ann" not in answer.text


@pytest.mark.parametrize(
    "number", ["01", "+1", "1.0", "1e0", "%31", " 1", "１", "-1", "0", "9223372036854775808", "1,3"]
)
def test_attack_1_other_spellings_of_a_number_open_nothing_more(browsers, number):
    answer = browsers["other runner"].get(f"/runners/{number}")
    assert answer.status_code == 404
    assert plain(answer) == plain(browsers["other runner"].get("/nowhere"))


@pytest.mark.parametrize("host", ["evil.example", "club.example/?x=", "club.example.evil.example", "a/?x=", ""])
def test_attack_1_an_odd_host_is_refused_whoever_asks(browsers, host):
    for browser in browsers.values():
        assert browser.get("/runners/1", headers={"Host": host}).status_code == 400


@pytest.mark.parametrize("name", ["role", "is_operator", "is_admin", "team_id", "runner_ids", "via", "address"])
def test_attack_19_whoever_adds_a_field_has_no_more_rights_for_it(gate, name):
    browser = gate.browser()
    gate.ask(browser, PEOPLE["runner"], **({} if name == "address" else {name: "owner"}))
    sent = {"token": gate.token(), name: OPERATOR}
    assert browser.post("/sign-in/link", data=sent, params={name: OPERATOR}).status_code == 303
    assert browser.get("/runners", params={name: OPERATOR}).status_code == 404


def routes(app):
    """Method and path of everything that is answered.

    Mounted beside it are files for anybody, and the API, whose tokens are tested with it.
    """
    found = list(iter_route_contexts(app.routes))
    assert [each.path for each in found if not each.methods] == ["/static", "/api/v1"]
    return [f"{method} {each.path}" for each in found for method in each.methods or ()]


def addressed(route, ids):
    """Method and path, with these ids for what stands in braces."""
    method, path = route.split()
    for number in ids if isinstance(ids, tuple) else (ids,):
        path = re.sub(r"{\w+}", str(number), path, count=1)
    return method, path


def plain(answer):
    """A page without the number of its request, which is another one each time."""
    return answer.text.replace(answer.headers["x-request-id"], "")
