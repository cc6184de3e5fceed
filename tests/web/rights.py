"""Every route of the product and whose it is, in one table; who sees what; and the roles, each in a browser."""

import re

from tests.web.gate import ANN, BOB, GUS, HARRIERS, OTHER, PEOPLE

ROLES = (None, *PEOPLE)  # None: nobody is signed in
NOBODY_HERE = 999

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


def browsers_of(gate):
    return {role: gate.signed_in(PEOPLE[role]) if role else gate.browser() for role in ROLES}


def addressed(route, ids):
    """Method and path, with these ids for what stands in braces."""
    method, path = route.split()
    for number in ids if isinstance(ids, tuple) else (ids,):
        path = re.sub(r"{\w+}", str(number), path, count=1)
    return method, path


def plain(answer):
    """A page without the number of its request, which is another one each time."""
    return answer.text.replace(answer.headers["x-request-id"], "")
