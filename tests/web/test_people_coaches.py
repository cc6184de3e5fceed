"""Who coaches a team, decided by its owner on the page of its people."""

import pytest

from monitor.store.tables import Letter
from tests.web.gate import PEOPLE
from tests.web.plain import text_of

PAGE = "/teams/1/people"


@pytest.fixture
def owner(gate):
    return gate.signed_in(PEOPLE["owner"])


def test_the_only_owner_can_neither_go_nor_step_down(gate, owner):
    for form, data in (("role", {"role": "coach"}), ("remove", {})):
        answer = owner.post(f"/teams/1/coaches/3/{form}", data=data)
        assert (answer.status_code, "the only owner" in answer.text) == (400, True)
    assert owner.post("/teams/1/coaches/1/role", data={"role": "owner"}).status_code == 303
    assert owner.post("/teams/1/coaches/3/role", data={"role": "viewer"}).status_code == 303
    assert owner.post("/teams/1/coaches/1/remove").status_code == 404, "what ended has ended at the next request"


def test_a_coach_who_is_added_signs_in_and_one_who_is_removed_sees_nothing(gate, owner):
    new = {"name": "Nora", "address": "nora@example.org", "role": "coach", "timezone": "Europe/Oslo"}
    assert owner.post("/teams/1/coaches", data=new).status_code == 303
    nora = gate.signed_in("nora@example.org")
    assert nora.get(PAGE).status_code == 200
    owner.post("/teams/1/coaches/5/remove")
    assert nora.get(PAGE).status_code in (303, 404)
    assert owner.post("/teams/1/coaches", data=new | {"role": "admin"}).status_code == 400


def test_who_decided_it_stands_in_the_mail_and_the_page_says_where_nobody_is_told(gate, owner):
    def pressed(browser, role):
        browser.post("/teams/1/coaches/1/role", data={"role": role})
        return gate.latest_mail("appointment")

    assert "Olga (olga@example.org) changed" in pressed(owner, "viewer")
    assert "Whoever runs Hamwatch" in pressed(gate.signed_in(PEOPLE["operator"]), "owner")
    assert "Saved." in text_of(owner.get(f"{PAGE}?saved=yes").text)
    pressed(owner, "viewer")
    answer = owner.post("/teams/1/coaches/1/remove")
    assert "They are not told of it by mail" in owner.get(answer.headers["location"]).text
    assert "cora@example.org" not in owner.get(PAGE).text
    assert b"Ann" not in b"".join(row.message for row in gate.rows(Letter) if row.kind == "appointment")
