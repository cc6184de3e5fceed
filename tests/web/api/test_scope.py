"""Who sees and may do what: every route of the API, with every kind of token, for oneself and for strangers."""

import pytest
import sqlalchemy as sa

from monitor.store.coaches import add_coach
from monitor.store.consents import Subject, withdraw
from monitor.store.log import events
from monitor.web.api.app import PATH
from tests.web.api.conftest import ALICE, BOB, GUS, HARRIERS, NOBODY, OTHER
from tests.web.club import NOW, browser_of

EVENT = {"kind": "holiday", "first_day": "2026-11-23"}
BODIES = {"check-ins": {"participation": 1}, "answer": {"say": "fine"}, "events": EVENT}
FOUND = ("single_session_spike", "2026-11-21")


def routes(api):
    """Every route of the description that is about one runner: method, path, and a body for it."""
    for path, methods in browser_of(api.app()).get(f"{PATH}/openapi.json").json()["paths"].items():
        if "{runner_id}" in path:
            for method in methods:
                yield method.upper(), path, BODIES.get(path.rsplit("/", 1)[1])


def ask(caller, method, path, body, runner_id):
    rule, day = FOUND
    filled = path.format(runner_id=runner_id, rule=rule, day=day, event_id=1)
    return caller.ask(method, filled, **({"json": body} if body and method == "POST" else {}))


@pytest.mark.parametrize("whose", [{"runner_id": ALICE}, {"coach_id": 1}], ids=["runner", "coach"])
def test_a_stranger_is_answered_like_nobody_on_every_route(api, whose):
    caller = api.caller(**whose)
    found = list(routes(api))
    assert len(found) >= 9
    for method, path, body in found:
        stranger, nobody = (ask(caller, method, path, body, id_) for id_ in (GUS, NOBODY))
        assert (stranger.status_code, stranger.content) == (404, nobody.content), (method, path)
        assert nobody.status_code == 404


@pytest.mark.parametrize("whose", [{"runner_id": ALICE}, {"coach_id": 1}], ids=["runner", "coach"])
def test_attack_20_the_same_is_asked_for_a_stranger_as_for_nobody_so_that_time_tells_no_more(api, whose):
    said, caller = [], api.caller(**whose)
    sa.event.listen(api.database.engine, "before_cursor_execute", lambda *given: said.append(given[2]))

    def asked_for(route, number):
        said.clear()
        ask(caller, *route, number)
        return list(said)

    with api.database.writing() as db:
        withdraw(db, BOB, Subject.TEAM, NOW)
    board = ("GET", "/teams/{runner_id}/board", None)
    for route, hidden in [(board, {OTHER}), *((each, {GUS, BOB}) for each in routes(api))]:
        nobody = asked_for(route, NOBODY)
        assert nobody, route
        assert all(asked_for(route, number) == nobody for number in hidden), route


def test_a_team_mate_is_a_stranger_to_a_runner(api, alice):
    for method, path, body in routes(api):
        assert ask(alice, method, path, body, BOB).status_code == 404, (method, path)


def test_every_route_without_a_token_is_a_401_with_nothing_in_it(api, alice):
    for token in ("", "hamwatch_wrong", alice.token[:-1]):
        alice.token = token
        for method, path, body in routes(api):
            for runner_id in (ALICE, NOBODY):
                answer = ask(alice, method, path, body, runner_id)
                assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer"), (method, path)


def test_a_body_that_cannot_be_read_is_not_read_without_a_token(api, alice):
    alice.token = "wrong"
    answer = alice.ask("POST", "/runners/1/check-ins", content="{", headers={"Content-Type": "application/json"})
    assert answer.status_code == 401


def test_what_changes_something_needs_more_than_a_token_that_reads(api):
    reader = api.caller(runner_id=ALICE, read_only=True)
    for method, path, body in routes(api):
        answer = ask(reader, method, path, body, ALICE)
        assert (answer.status_code == 403) == (method != "GET"), (method, path)
    with api.database.reading() as db:
        assert events(db, ALICE) == {}


def test_a_coach_reads_of_their_team_what_its_page_shows_and_writes_nothing(api, coach):
    may = {path for method, path, body in routes(api) if ask(coach, method, path, body, ALICE).status_code == 200}
    assert {path.removeprefix("/runners/{runner_id}") for path in may} == {"", "/findings", "/metrics", "/headroom"}
    assert {ask(coach, *route, ALICE).status_code for route in routes(api)} == {200, 403}


def test_a_coach_no_longer_sees_whoever_has_withdrawn(api, coach):
    assert coach.get(f"/runners/{ALICE}").status_code == 200
    with api.database.writing() as db:
        withdraw(db, ALICE, Subject.TEAM, NOW)
    for method, path, body in routes(api):
        assert ask(coach, method, path, body, ALICE).content == ask(coach, method, path, body, NOBODY).content
    board = coach.get(f"/teams/{HARRIERS}/board").json()
    assert board["not_agreed"] == 1
    assert "Alice" not in [each["name"] for each in board["runners"]]


def test_boards_are_for_coaches_of_the_team_and_the_operator(alice, coach, operator):
    assert [each.get("/teams").json() for each in (alice, coach)] == [[], [{"id": HARRIERS, "name": "Harriers"}]]
    assert [each["id"] for each in operator.get("/teams").json()] == [HARRIERS, OTHER]
    assert [alice.get(f"/teams/{team}/board").status_code for team in (HARRIERS, OTHER, NOBODY)] == [404, 404, 404]
    assert [coach.get(f"/teams/{team}/board").status_code for team in (HARRIERS, OTHER, NOBODY)] == [200, 404, 404]
    assert [operator.get(f"/teams/{team}/board").status_code for team in (HARRIERS, OTHER, NOBODY)] == [200, 200, 404]


def test_the_list_of_runners_holds_whom_the_token_shows(alice, coach, operator):
    listed = [sorted(each["id"] for each in caller.get("/runners").json()) for caller in (alice, coach, operator)]
    assert listed == [[ALICE], [1, 2, 3, 4, 5, 6, 7], [1, 2, 3, 4, 5, 6, 7, 8]]


def test_a_coach_sees_no_run_of_stravas_api_unless_it_is_shared(api):
    with api.database.writing() as db:
        other = add_coach(db, "Otto", "otto@example.org", "Other").id
    hidden = api.caller(coach_id=other).get(f"/runners/{GUS}").json()
    assert hidden["verdict"]["verdict"] == "CANNOT SAY"
    assert hidden["verdict"]["reason"].startswith("hidden")
    assert api.caller().get(f"/runners/{GUS}").json()["from_strava"]


def test_a_cookie_opens_nothing(api, alice):
    alice.client.cookies.set("session", alice.token)
    assert alice.client.get("/api/v1/me").status_code == 401


def test_a_token_tells_whose_it_is(alice, coach, operator):
    told = [caller.get("/me").json() for caller in (alice, coach, operator)]
    assert [(each["holder"], each["runner_id"], each["team_id"]) for each in told] == [
        ("runner", ALICE, None),
        ("coach", None, HARRIERS),
        ("operator", None, None),
    ]


@pytest.mark.parametrize("method", ["HEAD", "OPTIONS", "PUT", "PATCH"])
def test_another_way_to_ask_tells_nothing_of_anybody(alice, method):
    answers = [alice.ask(method, f"/runners/{id_}") for id_ in (ALICE, GUS, NOBODY)]
    assert [each.status_code for each in answers] == [405, 405, 405]
    assert len({each.content for each in answers}) == 1


@pytest.mark.parametrize("path", ["/runners/8/", "//runners/8", "/runners/8%2f", "/runners/8;/metrics", "/Runners/8"])
def test_another_way_to_write_an_address_leads_nowhere(operator, path):
    assert operator.get(path).status_code in (404, 422)
