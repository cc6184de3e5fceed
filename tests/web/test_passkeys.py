"""Passkeys: made by whoever is signed in, asked for at the sign-in, refused wherever something is not right."""

import json
import re
from dataclasses import replace
from datetime import timedelta
from html import unescape

import pytest

from monitor.store.sign_in_tables import Passkey, SignedIn
from tests.web.device import PRESENT, Device
from tests.web.gate import BASE_URL, OPERATOR, Gate

ANN = "ann@example.org"


def asked(page):
    """What the page has the device do, and its token."""
    options = json.loads(unescape(re.search(r'data-options="([^"]+)"', page.text)[1]))
    return options, re.search(r'name="token" value="([^"]+)"', page.text)[1]


def add(browser, device):
    options, token = asked(browser.post("/sessions/passkey"))
    return browser.post("/sessions/passkey/answer", data={"token": token, "answer": device.makes(options)})


def enter(browser, device, **more):
    options, token = asked(browser.post("/sign-in/passkey", data=more))
    return browser.post("/sign-in/passkey/answer", data={"token": token, "answer": device.signs(options)})


@pytest.fixture
def device(gate):
    """A device with a passkey of Ann's."""
    made = Device(BASE_URL)
    assert add(gate.signed_in(ANN), made).headers["location"] == "/sessions"
    return made


def test_whoever_has_a_passkey_signs_in_with_it_as_who_they_are(gate, device):
    browser = gate.browser()
    entered = enter(browser, device, next="/runners/1")
    assert entered.headers["location"] == "/runners/1"
    assert [browser.get(path).status_code for path in ("/runners/1", "/runners/2")] == [200, 404]
    assert gate.rows(SignedIn)[-1].via == "passkey"
    assert gate.rows(Passkey)[0].uses == 1


def test_only_the_two_pages_that_need_it_run_a_script_and_only_ours(gate):
    browser = gate.signed_in(ANN)
    for page in (browser.post("/sign-in/passkey"), browser.post("/sessions/passkey")):
        policy = page.headers["content-security-policy"]
        assert policy.endswith("; script-src 'self'")
        assert "unsafe" not in policy
        assert re.findall(r"<script[^>]*>", page.text) == ['<script src="/static/passkey.js">']
    for path in ("/sign-in", "/sessions", "/runners/1"):
        assert "script-src" not in browser.get(path).headers["content-security-policy"]


def test_the_device_must_ask_who_presses_and_is_told_which_passkeys_are_there(gate, device):
    browser = gate.signed_in(ANN)
    made, _ = asked(browser.post("/sessions/passkey"))
    assert made["authenticatorSelection"]["userVerification"] == "required"
    assert len(made["excludeCredentials"]) == 1
    signs, _ = asked(browser.post("/sign-in/passkey"))
    assert (signs["userVerification"], signs["rpId"]) == ("required", "club.example")
    assert not signs.get("allowCredentials")  # nobody learns who has one


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param({"origin": "https://evil.example"}, id="on another site"),
        pytest.param({"flags": PRESENT}, id="without asking who presses"),
        pytest.param({"credential": b"another number"}, id="with a passkey that we do not know"),
        pytest.param({"key": Device(BASE_URL).key}, id="with another key"),
        pytest.param({"uses": -1}, id="by a copy that has signed less often"),
    ],
)
def test_a_passkey_that_signs_wrongly_opens_nothing(gate, device, wrong):
    enter(gate.browser(), device)
    before = len(gate.rows(SignedIn))
    answer = enter(gate.browser(), replace(device, **wrong))
    assert (answer.status_code, "set-cookie" in answer.headers) == (400, False)
    assert len(gate.rows(SignedIn)) == before


def test_a_signature_is_taken_once_for_ten_minutes_and_in_the_browser_that_asked(gate, device):
    browser = gate.browser()
    options, token = asked(browser.post("/sign-in/passkey"))
    given = {"token": token, "answer": device.signs(options)}
    assert gate.browser().post("/sign-in/passkey/answer", data=given).status_code == 400
    gate.now += timedelta(minutes=10)
    assert browser.post("/sign-in/passkey/answer", data=given).status_code == 400
    gate.now -= timedelta(minutes=10)
    assert browser.post("/sign-in/passkey/answer", data=given).status_code == 303
    assert browser.post("/sign-in/passkey/answer", data=given).status_code == 400


def test_a_signature_for_another_challenge_opens_nothing(gate, device):
    browser = gate.browser()
    first, _ = asked(browser.post("/sign-in/passkey"))
    _, token = asked(browser.post("/sign-in/passkey"))
    given = {"token": token, "answer": device.signs(first)}
    assert browser.post("/sign-in/passkey/answer", data=given).status_code == 400


@pytest.mark.parametrize("answer", ["", "{}", "[]", "null", '{"id": 1}', "not JSON", "x" * 20_001])
def test_what_is_no_answer_of_a_device_is_refused(gate, answer):
    browser = gate.signed_in(ANN)
    for asks in ("/sign-in/passkey", "/sessions/passkey"):
        _, token = asked(browser.post(asks))
        refused = browser.post(f"{asks}/answer", data={"token": token, "answer": answer})
        assert refused.status_code in (400, 404)
    assert gate.rows(Passkey) == []


@pytest.mark.parametrize("wrong", [{"origin": "https://evil.example"}, {"flags": PRESENT}])
def test_a_passkey_that_is_made_wrongly_is_not_kept(gate, wrong):
    assert add(gate.signed_in(ANN), replace(Device(BASE_URL), **wrong)).status_code == 400
    assert gate.rows(Passkey) == []


def test_nobody_takes_over_a_passkey_of_somebody_else(gate, device):
    assert add(gate.signed_in("gus@example.org"), device).status_code == 400
    assert [row.address for row in gate.rows(Passkey)] == [ANN]


def test_a_passkey_that_was_removed_opens_nothing_and_only_its_owner_removes_it(gate, device):
    assert gate.signed_in("gus@example.org").post("/sessions/passkey/remove", data={"number": 1}).status_code == 404
    assert gate.signed_in(ANN).post("/sessions/passkey/remove", data={"number": 1}).status_code == 303
    assert enter(gate.browser(), device).status_code == 400


def needing_one(gate):
    """The same club, whose operator needs a passkey."""
    web = gate.product.settings.web.model_copy(update={"operator_passkey": True})
    settings = gate.product.settings.model_copy(update={"web": web})
    return Gate(replace(gate.product, settings=settings), gate.sandbox)


def test_where_the_operator_needs_a_passkey_a_mailed_link_makes_nobody_the_operator(gate):
    strict = needing_one(gate)
    by_mail, device = strict.signed_in(OPERATOR), Device(BASE_URL)
    assert by_mail.get("/runners").status_code == 404
    assert "only after you have signed in with a passkey" in by_mail.get("/sessions").text
    assert add(by_mail, device).status_code == 303
    assert by_mail.get("/runners").status_code == 404
    assert enter(by_mail, device).status_code == 303
    assert by_mail.get("/runners").status_code == 200


def test_and_once_there_is_one_a_mailed_link_adds_and_removes_none(gate):
    strict = needing_one(gate)
    first, second = Device(BASE_URL), Device(BASE_URL, credential=b"another device")
    add(strict.signed_in(OPERATOR), first)
    thief = strict.signed_in(OPERATOR)
    assert thief.post("/sessions/passkey").status_code == 404
    assert thief.post("/sessions/passkey/remove", data={"number": 1}).status_code == 404
    owner = strict.browser()
    enter(owner, first)
    assert add(owner, second).status_code == 303
    assert len(strict.rows(Passkey)) == 2
