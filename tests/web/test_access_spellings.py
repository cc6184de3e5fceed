"""Other spellings of what is asked for, or of who asks, open nothing more."""

import pytest

from tests.web.gate import OPERATOR, PEOPLE
from tests.web.rights import IDS, ROUTES, addressed, plain


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
