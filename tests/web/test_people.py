"""A team's people: nothing of whoever has not agreed, no form beyond a role, one answer whatever the address."""

import re
from datetime import timedelta
from email import message_from_bytes
from html import unescape

import pytest

from monitor.alerts.coach_digest import Line
from monitor.model import Level
from monitor.store.coach_digests import note_told
from monitor.store.consents import Subject, withdraw
from monitor.store.groups import groups_of, join_group
from monitor.store.invitation_limit import TO_AN_ADDRESS
from monitor.store.invitation_tables import Invitation
from monitor.store.outbox import queue_letter
from monitor.store.people import people, person
from monitor.store.tables import Coach, Letter, Runner
from tests.delivery.mailserver import mail
from tests.web.club import NOW
from tests.web.gate import ANN, BASE_URL, HARRIERS, PEOPLE
from tests.web.office import press
from tests.web.plain import text_of

PAGE = "/teams/1/people"
ZOE = {"name": "Zoe", "address": "zoe@example.org"}


@pytest.fixture
def coach(gate):
    return gate.signed_in(PEOPLE["coach"])


@pytest.fixture
def owner(gate):
    return gate.signed_in(PEOPLE["owner"])


def invited(gate):
    """What stands in the link of the latest invitation that waits in the outbox."""
    return re.search(rf"{BASE_URL}(/join\?invite=[\w-]+)", gate.latest_mail("invitation"))[1]


def test_it_names_coaches_roles_runners_and_since_when_they_agreed(coach):
    said = text_of(coach.get(PAGE).text)
    for each in ("Cora coach", "Olga owner", "Vera viewer", "Ann agreed since Sun 22 Nov 2026"):
        assert each in said
    assert "1 runner has not agreed yet" in said
    assert "Bob" not in said


@pytest.mark.parametrize(("role", "forms"), [("viewer", 0), ("coach", 5), ("owner", 13)])
def test_nobody_is_shown_a_form_that_their_role_may_not_send(gate, role, forms):
    with gate.product.database.writing() as db:
        join_group(db, ANN, "Track")
    page = gate.signed_in(PEOPLE[role]).get(PAGE).text
    assert page.count('<form method="post"') == forms
    assert ("cora@example.org" in page) == (role == "owner")


def test_attack_2_whoever_is_invited_is_seen_by_the_name_that_was_typed_and_by_nothing_else(gate, coach):
    coach.post("/teams/1/invitations", data={"name": "Bobby", "address": "bob@example.org"})
    said = text_of(coach.get(PAGE).text)
    assert "Bobby , bob@example.org not agreed yet, invited on Sun 22 Nov 2026" in said
    assert "the link ends on Sun 29 Nov 2026" in said
    for path in (PAGE, "/teams/1", "/teams/1/heat-map", "/teams/1/report", "/teams/1/compare", "/teams/1/board.csv"):
        assert "Bob" not in coach.get(path).text.replace("Bobby", ""), path
    assert coach.get("/teams/1/runners/2").status_code == 404
    assert "bob@example.org" not in gate.signed_in(PEOPLE["viewer"]).get(PAGE).text


def test_an_invitation_is_mailed_accepted_once_and_then_the_runner_is_seen(gate, coach):
    coach.post("/teams/1/invitations", data=ZOE)
    zoe, link = gate.browser(), invited(gate)
    assert "Cora" in zoe.get(link).text
    assert press(zoe, zoe.get(link), name="Zoe").status_code == 303
    assert zoe.get(link).status_code == 400
    said = text_of(coach.get(PAGE).text)
    assert "Zoe agreed since" in said
    assert "No invitation waits" in said


def test_attack_20_an_address_that_somebody_has_gets_the_very_same_answer(gate, coach):
    answers, pages = set(), set()
    for address in ("ann@example.org", "gus@example.org", PEOPLE["operator"], "nobody@example.org"):
        sent = coach.post("/teams/1/invitations", data={"name": "Somebody", "address": address})
        answers.add((sent.status_code, sent.text, sent.headers["location"]))
        page = coach.get(PAGE).text
        pages.add(re.sub(r"invitations/\d+", "", page.replace(address, "").partition("<footer")[0]))
        number = re.search(r"invitations/(\d+)/take-back", page)[1]
        coach.post(f"/teams/1/invitations/{number}/take-back")
    assert len(answers) == len(pages) == 1


def test_attack_9_no_form_of_another_site_and_no_json_changes_anything(gate, coach):
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "", "Origin": "https://evil.example"}):
        assert coach.post("/teams/1/invitations", data=ZOE, headers=headers).status_code == 403
    json = {"Content-Type": "text/plain"}
    assert coach.post("/teams/1/invitations", content='{"name": "Zoe"}', headers=json).status_code == 404
    assert coach.get("/teams/1/invitations").status_code == 405
    assert gate.rows(Invitation) == []


def test_attack_19_a_field_that_no_form_has_decides_nothing(gate, coach, owner):
    more = {"role": "owner", "team_id": 2, "runner_id": 3, "consent": "yes", "id": 99, "ends_at": "2099-01-01"}
    coach.post("/teams/1/invitations", data=ZOE | more)
    [row] = gate.rows(Invitation)
    assert (row.id, row.team_id, row.runner_id, row.ends_at) == (1, HARRIERS, None, NOW + timedelta(days=7))
    zoe = gate.browser()
    press(zoe, zoe.get(invited(gate)), name="Zoe", team_id=2, role="owner", email="olga@example.org", runner_id=2)
    joined = gate.rows(Runner)[-1]
    assert (joined.email, joined.team_id) == ("zoe@example.org", HARRIERS)
    owner.post("/teams/1/coaches/1/role", data={"role": "viewer", "team_id": 2, "email": "evil@example.org"})
    cora = gate.rows(Coach)[0]
    assert (cora.team_id, cora.email, cora.role) == (HARRIERS, "cora@example.org", "viewer")


def test_what_is_sent_again_has_a_new_link_and_what_is_taken_back_none(gate, coach):
    coach.post("/teams/1/invitations", data=ZOE)
    first = invited(gate)
    coach.post("/teams/1/invitations/1/again")
    second = invited(gate)
    assert len([row for row in gate.rows(Letter) if row.kind == "invitation"]) == 1, "the first is not mailed any more"
    assert [gate.browser().get(link).status_code for link in (first, second)] == [400, 200]
    coach.post("/teams/1/invitations/1/take-back")
    assert gate.browser().get(second).status_code == 400
    assert [row for row in gate.rows(Letter) if row.kind == "invitation"] == []


def test_one_mail_too_many_is_told_in_words_and_the_operator_is_not_counted(gate, coach):
    for _ in range(TO_AN_ADDRESS):
        assert coach.post("/teams/1/invitations", data=ZOE).status_code == 303
    refused = coach.post("/teams/1/invitations/1/again")
    assert refused.status_code == 400
    assert "20 invitations a day, and 3 of them to one address" in refused.text
    admin = gate.signed_in(PEOPLE["operator"])
    assert admin.post("/teams/1/invitations/1/again").status_code == 303


@pytest.mark.parametrize("given", [{"name": " "}, {"address": "zoe"}, {"address": "a@x.org\nBcc: b@x.org"}])
def test_a_name_or_an_address_that_cannot_be_is_said_and_nobody_is_invited(gate, coach, given):
    answer = coach.post("/teams/1/invitations", data=ZOE | given)
    assert answer.status_code == 400
    assert gate.rows(Invitation) == []


def test_the_mail_does_not_repeat_what_was_typed_as_a_name(gate, coach):
    coach.post("/teams/1/invitations", data=ZOE | {"name": "Win at https://evil.example now"})
    invited(gate)
    assert b"evil" not in gate.rows(Letter)[-1].message


def test_a_runner_who_is_taken_out_keeps_their_pages_and_is_told(gate, owner, coach):
    ann = gate.signed_in(PEOPLE["runner"])
    owner.post("/teams/1/runners/1/remove")
    assert "Ann" not in coach.get(PAGE).text
    assert coach.get("/teams/1/runners/1").status_code == 404
    assert ann.get("/runners/1").status_code == 200
    letter = gate.rows(Letter)[-1]
    assert (letter.kind, letter.runner_id, letter.recipient) == ("left-team", ANN, "Ann <Ann@example.org>")
    assert "no longer in Harriers" in message_from_bytes(letter.message)["Subject"]


def test_a_runner_leaves_by_a_button_that_their_settings_lead_to(gate, coach):
    ann = gate.signed_in(PEOPLE["runner"])
    mine = unescape(re.search(r'href="(/my/settings\?key=[^"]+)"', ann.get("/runners/1").text)[1])
    there = unescape(re.search(r'href="(/your-data\?key=[^"]+)#team"', ann.get(mine).text)[1])
    assert press(ann, ann.get(there), act="leave-team").status_code == 303
    assert "Harriers" not in ann.get(there).text
    assert "Ann" not in coach.get(PAGE).text
    with gate.product.database.reading() as db:
        assert person(db, ANN).team_id is None


def test_groups_are_made_filled_renamed_and_ended(gate, coach):
    def groups():
        with gate.product.database.reading() as db:
            return groups_of(db)

    coach.post("/teams/1/groups", data={"name": "Track", "runners": [ANN]})
    assert groups() == {ANN: ("Track",)}
    assert "Track Ann" in text_of(coach.get(PAGE).text)
    coach.post("/teams/1/groups/rename", data={"name": "Track", "new": "Hills & <b>valleys"})
    assert groups() == {ANN: ("Hills & <b>valleys",)}
    assert "<b>valleys" not in coach.get(PAGE).text
    coach.post("/teams/1/groups", data={"name": "Hills & <b>valleys"})
    assert groups() == {}
    assert coach.post("/teams/1/groups", data={"name": "Empty"}).status_code == 400
    assert coach.post("/teams/1/groups", data={"name": "Track", "runners": [2]}).status_code == 400


def test_a_group_of_those_who_have_not_agreed_is_not_there(gate, coach):
    with gate.product.database.writing() as db:
        join_group(db, ANN, "Hidden")
        withdraw(db, ANN, Subject.TEAM, NOW)
    assert coach.post("/teams/1/groups/delete", data={"name": "Hidden"}).status_code == 404
    assert "Hidden" not in coach.get(PAGE).text


def test_a_digest_that_waits_goes_with_the_runner_who_leaves(gate, owner):
    with gate.product.database.writing() as db:
        letter = queue_letter(db, None, "coach", "coach/1/2026-11-22", mail(), NOW, NOW, coach_id=1)
        line = Line(ANN, "Ann", "single_session_spike", Level.STRONG, "too far")
        note_told(db, db.get(Coach, 1), letter, [line], NOW.date())
    owner.post("/teams/1/runners/1/remove")
    assert "coach" not in {row.kind for row in gate.rows(Letter)}


def test_a_team_that_is_not_there_is_not_there_for_whose_everything_is(gate):
    admin = gate.signed_in(PEOPLE["operator"])
    assert admin.get("/teams/9/people").status_code == 404
    assert admin.post("/teams/9/invitations", data=ZOE).status_code == 404
    with gate.product.database.reading() as db:
        assert len(people(db)) == 3
