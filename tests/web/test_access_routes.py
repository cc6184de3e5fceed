"""Every route of the product, asked by everybody with their own ids and with those of others.

One table says what each answer is. A new route fails here until it has a row.
"""

from fastapi.routing import iter_route_contexts

from tests.web.gate import HARRIERS
from tests.web.rights import IDS, ROUTES, SEES, addressed, plain

TO_SIGN_IN = 303


def test_every_route_has_a_row(gate):
    assert sorted(routes(gate.app)) == sorted(ROUTES)


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


def test_no_form_is_taken_from_another_site(browsers):
    for route, whose in ROUTES.items():
        method, path = addressed(route, (HARRIERS, 1))
        if method == "POST" and whose != "strava" and path != "/stop":  # mail programs press /stop by themselves
            for role, browser in browsers.items():
                answer = browser.post(path, headers={"Sec-Fetch-Site": "cross-site"})
                assert answer.status_code in (401, 403, 404), (role, route)
                assert "cross" not in answer.text


def routes(app):
    """Method and path of everything that is answered.

    Mounted beside it are files for anybody, and the API, whose tokens are tested with it.
    """
    found = list(iter_route_contexts(app.routes))
    assert [each.path for each in found if not each.methods] == ["/static", "/api/v1"]
    return [f"{method} {each.path}" for each in found for method in each.methods or ()]
