"""Signing in by mail: who gets a link, what it opens, and what it does not."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from email import message_from_bytes, policy
from urllib.parse import parse_qs, urlsplit

import pytest

from jobs import deliver, leaving
from monitor.store.sign_in_tables import SignedIn, SignInBegun
from monitor.store.tables import Letter
from monitor.web.sign_in import inside
from tests.web.club import NOW

COOKIE = "__Host-hamwatch"


def flags(answer, name):
    """What stands beside this cookie."""
    (found,) = [line for line in answer.headers.get_list("set-cookie") if line.startswith(f"{name}=")]
    return {part.strip().lower() for part in found.split(";")[1:]}


def test_whoever_is_not_signed_in_is_asked_to_and_then_led_to_what_they_wanted(gate):
    asked = gate.browser().get("/runners/1")
    assert asked.status_code == 303
    assert asked.headers["location"] == "/sign-in?next=%2Frunners%2F1"
    browser = gate.browser()
    assert 'name="next" value="/runners/1"' in browser.get(asked.headers["location"]).text
    gate.ask(browser, "ann@example.org", next="/runners/1")
    entered = browser.post("/sign-in/link", data={"token": gate.token()})
    assert entered.headers["location"] == "/runners/1"
    assert "Ann" in browser.get("/runners/1").text


def test_who_asked_for_a_part_of_a_board_is_led_to_that_part_and_no_key_is_written_down(gate):
    asked = gate.browser().get("/teams/1?state=CANNOT+SAY&name=%2F%2Fevil.example&key=secret")
    browser, [led_to] = gate.browser(), parse_qs(urlsplit(asked.headers["location"]).query)["next"]
    assert led_to == "/teams/1?state=CANNOT+SAY&name=%2F%2Fevil.example"
    gate.ask(browser, "ann@example.org", next=led_to)
    assert browser.post("/sign-in/link", data={"token": gate.token()}).headers["location"] == led_to


@pytest.mark.parametrize(
    "path", ["//evil.example", "/\\evil.example", "https://evil.example", "/\t/evil.example", "javascript:alert(1)", ""]
)
def test_attack_5_the_way_on_leads_to_a_page_of_ours(gate, path):
    assert inside(path) == "/"
    browser = gate.browser()
    gate.ask(browser, "ann@example.org", next=path)
    assert browser.post("/sign-in/link", data={"token": gate.token()}).headers["location"] == "/"


def test_attack_7_the_link_is_of_our_own_address_whatever_the_request_said(gate):
    browser = gate.browser()
    forged = {"Host": "localhost", "X-Forwarded-Host": "evil.example"}
    browser.post("/sign-in", data={"address": "ann@example.org"}, headers=forged)
    assert gate.token()
    assert "evil.example" not in gate.rows(Letter)[-1].message.decode()


def test_the_mail_goes_to_the_address_as_it_is_held_at_any_hour_and_names_no_list(gate):
    gate.now = NOW.replace(hour=2)
    gate.ask(gate.browser(), " ann@EXAMPLE.org ")
    assert deliver.run(gate.product, gate.now) == 1
    (letter,) = gate.rows(Letter)
    assert (letter.recipient, letter.state) == ("Ann@example.org", "sent")
    message = message_from_bytes(letter.message, policy=policy.default)
    assert message["List-Unsubscribe"] is None
    assert "ten minutes" in message.get_body(("plain",)).get_content()


def test_attack_7_opening_the_link_changes_nothing_and_pressing_the_button_elsewhere_neither(gate):
    browser = gate.browser()
    gate.ask(browser, "ann@example.org")
    scanner, link = gate.browser(), f"/sign-in/link?token={gate.token()}"
    for _ in range(3):
        assert scanner.get(link).status_code == 200
        scanner.head(link)
        pressed = scanner.post("/sign-in/link", data={"token": gate.token()})
        assert (pressed.status_code, "set-cookie" in pressed.headers) == (400, False)
    assert gate.rows(SignedIn) == []
    assert browser.post("/sign-in/link", data={"token": gate.token()}).status_code == 303


def test_attack_7_a_link_opens_once(gate):
    browser = gate.signed_in("ann@example.org")
    assert browser.post("/sign-in/link", data={"token": gate.token()}).status_code == 400
    assert len(gate.rows(SignedIn)) == 1


def test_attack_7_of_20_presses_at_once_one_wins(gate):
    browser = gate.browser()
    gate.ask(browser, "ann@example.org")
    token, cookies = gate.token(), dict(browser.cookies)

    def press(_number):
        other = gate.browser()
        other.cookies.update(cookies)
        return other.post("/sign-in/link", data={"token": token}).status_code

    with ThreadPoolExecutor(20) as pool:
        answers = sorted(pool.map(press, range(20)))
    assert answers == [303, *[400] * 19]
    assert len(gate.rows(SignedIn)) == 1


def test_attack_7_a_link_of_ten_minutes_is_too_old(gate):
    browser = gate.browser()
    gate.ask(browser, "ann@example.org")
    gate.now += timedelta(minutes=10)
    assert browser.post("/sign-in/link", data={"token": gate.token()}).status_code == 400


@pytest.mark.parametrize("token", ["", "guessed", "<script>alert(1)</script>"])
def test_attack_7_a_guess_opens_nothing_and_is_shown_as_text(gate, token):
    browser = gate.browser()
    gate.ask(browser, "ann@example.org")
    assert browser.post("/sign-in/link", data={"token": token}).status_code == 400
    assert "<script>" not in browser.get("/sign-in/link", params={"token": token}).text


def test_attack_7_what_is_kept_opens_nothing(gate):
    """Neither the token nor the nonce stands in the database, beside the mail while that is on its way."""
    browser = gate.browser()
    gate.ask(browser, "ann@example.org")
    (row,) = gate.rows(SignInBegun)
    assert len(gate.token()) >= 22  # 128 bit in base64
    kept = f"{row.digest} {row.browser} {row.caller} {row.address} {row.leads_to}"
    assert gate.token() not in kept
    assert browser.cookies["__Host-hamwatch-sign-in"] not in kept
    assert "203.0.113.7" not in kept


def test_attack_20_an_address_that_nobody_has_gets_the_very_same_answer_and_no_mail(gate):
    known, unknown = (gate.ask(gate.browser(), f"{name}@example.org") for name in ("ann", "eve"))
    assert unknown.status_code == known.status_code == 200
    assert unknown.text.replace("eve@", "ann@") == known.text
    assert flags(unknown, "__Host-hamwatch-sign-in") == flags(known, "__Host-hamwatch-sign-in")
    assert [letter.recipient for letter in gate.rows(Letter)] == ["Ann@example.org"]
    assert sorted(row.address for row in gate.rows(SignInBegun)) == ["ann@example.org", "eve@example.org"]


@pytest.mark.parametrize(
    "address", ["", "ann", "ann@example.org, evil@x", '"ann"@[127.0.0.1]', "ann@example.org\r\nBcc: evil@x", "a" * 300]
)
def test_whatever_is_no_single_address_is_asked_for_again(gate, address):
    answer = gate.ask(gate.browser(), address)
    assert answer.status_code == 400
    assert "give exactly one" in answer.text
    assert gate.rows(Letter) == []


@pytest.mark.parametrize("address", ["ann@example.org", "eve@example.org"], ids=["known", "unknown"])
def test_five_links_an_hour_go_to_one_address_whoever_asks(gate, address):
    asked = [gate.ask(gate.browser(f"203.0.113.{n}"), address).status_code for n in range(6)]
    assert asked == [200] * 5 + [429]
    gate.now += timedelta(hours=1)
    assert gate.ask(gate.browser(), address).status_code == 200


def test_attack_16_twenty_sign_ins_an_hour_begin_from_one_network_whatever_it_says_of_others(gate):
    for n in range(20):
        forged = {"X-Forwarded-For": f"198.51.100.{n}"}
        asked = gate.browser().post("/sign-in", data={"address": f"a{n}@example.org"}, headers=forged)
        assert asked.status_code == 200
    assert gate.ask(gate.browser(), "ann@example.org").status_code == 429
    assert gate.browser().post("/sign-in/strava").status_code == 429
    assert gate.ask(gate.browser("203.0.113.8"), "ann@example.org").status_code == 200


def test_attack_22_neither_token_nor_cookie_is_logged(gate, capsys):
    browser = gate.signed_in("ann@example.org")
    said = capsys.readouterr()
    assert "signed in" in said.out + said.err
    for secret in (gate.token(), browser.cookies[COOKIE], "ann@example.org"):
        assert secret not in said.out + said.err


def test_links_that_ended_are_taken_out_with_their_mails_and_the_count_an_hour_later(gate):
    gate.ask(gate.browser(), "ann@example.org")
    leaving.run(gate.product, NOW + timedelta(minutes=9))
    assert len(gate.rows(Letter)) == 1
    leaving.run(gate.product, NOW + timedelta(minutes=10))
    assert gate.rows(Letter) == []
    leaving.run(gate.product, NOW + timedelta(hours=1))
    assert gate.rows(SignInBegun) == []
